#ifndef LABGRAPH_SERVER_KV_VERSIONED_TABLE_H_
#define LABGRAPH_SERVER_KV_VERSIONED_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <map>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

namespace labgraph::kv {

// An ordered map that can be read as it was at earlier sequence numbers.
// Not thread-safe: changing needs it alone, reading may go on in parallel.
// What is visible at a sequence stays where it is in memory until DropBefore is
// called with a later one.
class VersionedTable {
 public:
  struct Version {
    uint64_t sequence;
    absl::optional<std::string> value;  // absent: deleted
  };
  using Versions = std::list<Version>;  // oldest first, never empty
  using Rows = std::map<std::string, Versions, std::less<>>;

  // Gives the key this value, or deletes it, from `sequence` on.
  // REQUIRES: `sequence` is not below any used before and above any given to DropBefore.
  void Set(absl::string_view key, absl::optional<std::string> value, uint64_t sequence);

  // Frees what no read at `oldest` or later can see.
  void DropBefore(uint64_t oldest);

  const Rows& rows() const { return rows_; }

  // The value that a row has at `sequence`; null where it has none. Valid until
  // DropBefore is called with a later sequence.
  static const std::string* ValueAt(const Versions& versions, uint64_t sequence);

 private:
  // A version that took the place of another. Its row outlives the entry: a row goes only
  // with its last version, whose entry is the row's last in the queue.
  struct Replacement {
    uint64_t sequence;
    Rows::iterator row;
  };

  void DropReplaced(const Replacement& replacement);

  Rows rows_;
  std::deque<Replacement> replacements_;  // by sequence
};

}  // namespace labgraph::kv

#endif  // LABGRAPH_SERVER_KV_VERSIONED_TABLE_H_
