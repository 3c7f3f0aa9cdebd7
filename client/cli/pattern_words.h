#ifndef LABGRAPH_CLIENT_CLI_PATTERN_WORDS_H_
#define LABGRAPH_CLIENT_CLI_PATTERN_WORDS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "client/cli/hops.h"
#include "labgraph/v1/read_options.pb.h"

// The single words of a pattern; pattern_text.h has the grammar.

namespace labgraph::cli {

// "lab", "lab:KINDS", ":KIND", "goods=IDS" or an id.
struct EntityWord {
  std::string name;  // empty: it is just an id
  std::vector<std::string> kinds;
  std::vector<std::string> ids;
};

// Usage error where the word is none.
absl::StatusOr<EntityWord> ReadEntityWord(absl::string_view word);

// "-targets->", "<-p,q*1..3-" or "--".
struct ArrowWord {
  v1::Direction direction = v1::DIRECTION_OUT;
  std::vector<std::string> predicates;
  absl::optional<Hops> hops;
};

// Usage error where the word is none.
absl::StatusOr<ArrowWord> ReadArrowWord(absl::string_view word);

// Whether it can be the name of a variable.
bool IsVariableName(absl::string_view text);

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_PATTERN_WORDS_H_
