#ifndef LABGRAPH_SERVER_SEARCH_NAME_INDEX_H_
#define LABGRAPH_SERVER_SEARCH_NAME_INDEX_H_

#include <set>
#include <string>

#include "absl/strings/string_view.h"
#include "server/graph/entity_index.h"

namespace labgraph::search {

// What the keys of kText hold, all of it folded:
//
// clang-format off
//   text(word) be64(entity)        a word of a name, an alias or the key of the id, and
//                                  two or three such words written as one
//   text(0x01 name) be64(entity)   a whole name, alias or key, words by single spaces
// clang-format on
//
// No word begins with a byte below '0', so whole names sort before every word.
inline constexpr char kWholeNameMark = '\x01';
inline constexpr absl::string_view kFirstWord = "0";

// Most words of a name that are also indexed as one.
inline constexpr size_t kConcatenatedWords = 3;

// The term of a whole name. `name` is folded, see JoinWords.
std::string WholeNameTerm(absl::string_view name);

// The part of an entity id after its kind.
absl::string_view KeyOfId(absl::string_view id);

// Entities by the words of their names. Thread-safe.
class NameIndex final : public graph::EntityIndex {
 public:
  std::set<std::string> Keys(keys::EntityNumber number,
                             const v1::Entity& entity) const override;
};

}  // namespace labgraph::search

#endif  // LABGRAPH_SERVER_SEARCH_NAME_INDEX_H_
