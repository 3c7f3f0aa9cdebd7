#ifndef LABGRAPH_SEED_ENCODED_PART_H_
#define LABGRAPH_SEED_ENCODED_PART_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "seed/bulk/encoded_run.h"
#include "seed/mutation_part.h"

namespace labgraph::seed {

// Gathers encoded mutations until a request of an import is full. A single one that is
// too large has a part of its own, which the server refuses in its own words. Not
// thread-safe.
class EncodedPart {
 public:
  explicit EncodedPart(WriteLimits limits) : limits_(limits) {}

  bool empty() const { return lines_.empty(); }
  // Line of every mutation.
  const std::vector<int>& lines() const { return lines_; }
  // Bytes of the file whose mutations are all written once this part is.
  uint64_t position() const { return position_; }

  // Adds mutation number `index` of the run, or leaves it out where it repeats one of the
  // part. False, and nothing was done, where there is no room.
  bool Add(const EncodedRun& run, size_t index);

  // The part's mutations in wire format, as fields of labgraph.v1.ImportRequest. Empties
  // the part.
  std::string Take();

 private:
  bool HasRoomFor(absl::string_view mutation) const;

  const WriteLimits limits_;
  std::string bytes_;
  std::vector<int> lines_;
  uint64_t position_ = 0;
  // The mutations that others may repeat.
  absl::flat_hash_set<std::string> repeated_;
};

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_ENCODED_PART_H_
