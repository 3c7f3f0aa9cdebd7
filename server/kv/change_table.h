#ifndef LABGRAPH_SERVER_KV_CHANGE_TABLE_H_
#define LABGRAPH_SERVER_KV_CHANGE_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

namespace labgraph::kv {

// What an overlay changed in one keyspace: at most one change of each key, in the order
// in which the keys were first changed. Most keyspaces of a bulk load are only added to,
// so lookups by key and the order of keys are made when they are first asked for, and
// kept from then on. Not thread-safe, not even for reading.
class ChangeTable {
 public:
  struct Change {
    absl::string_view key;                    // kept by the overlay
    absl::optional<absl::string_view> value;  // absent: deleted
  };
  using Index = uint32_t;
  using Order = absl::btree_map<absl::string_view, Index>;

  size_t size() const { return changes_.size(); }
  // Valid until the table changes. REQUIRES: index < size().
  Change& at(Index index) { return changes_[index]; }
  const Change& at(Index index) const { return changes_[index]; }

  // The place of the key's change; nullopt where the key is as it was.
  absl::optional<Index> Find(absl::string_view key) const;
  // REQUIRES: there is no change of the key.
  Index Append(const Change& change);
  // REQUIRES: size() > 0.
  void RemoveLast();

  // Places by key. Iterators are good while version() stays the same.
  const Order& order() const;
  // Counts the keys that came and went.
  uint64_t version() const { return version_; }

  // All changes by key; at most the size's logarithm slower than reading them.
  std::vector<Index> Sorted() const;

 private:
  std::vector<Change> changes_;
  uint64_t version_ = 0;
  mutable bool hashed_ = false;  // by_key_ is complete
  mutable absl::flat_hash_map<absl::string_view, Index> by_key_;
  mutable bool ordered_ = false;  // order_ is complete
  mutable Order order_;
};

}  // namespace labgraph::kv

#endif  // LABGRAPH_SERVER_KV_CHANGE_TABLE_H_
