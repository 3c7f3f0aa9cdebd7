#ifndef LABGRAPH_SERVER_GRAPH_VERSION_WALK_H_
#define LABGRAPH_SERVER_GRAPH_VERSION_WALK_H_

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "server/graph/record_versions.h"
#include "server/keys/keys.h"
#include "server/keys/keyspaces.h"
#include "server/kv/store.h"

namespace labgraph::graph {

// The versions of the records that an id has or had, from the newest to the oldest, each
// read when it is asked for. Not thread-safe.
class VersionWalk {
 public:
  struct Range {
    keys::Revision oldest;  // versions that went by it are left out
    keys::Revision newest;  // versions that came after it are left out, but for one
  };

  // `numbers`: those of the records, ascending. `reader` must outlive the walk.
  VersionWalk(const kv::Reader* reader, RecordType type, std::vector<uint64_t> numbers,
              Range range)
      : reader_(*reader),
        type_(type),
        range_(range),
        numbers_(std::move(numbers)),
        past_(reader_.NewCursor(keys::kPast)) {}

  // The next older version; nullopt behind the last. Of each record the first one may
  // have come after the range. Errors: STORAGE_FAILED, STORAGE_CORRUPT.
  absl::StatusOr<absl::optional<VersionRow>> Next();

 private:
  // Goes to the newest version of the record `number_` in the range; gives it if it
  // stands, otherwise the cursor is at it.
  absl::StatusOr<absl::optional<VersionRow>> Enter();
  // The version at the cursor; nullopt where there is none of the record.
  absl::StatusOr<absl::optional<VersionRow>> TakePast();

  const kv::Reader& reader_;
  const RecordType type_;
  const Range range_;
  std::vector<uint64_t> numbers_;  // still to be walked
  const std::unique_ptr<kv::Cursor> past_;
  uint64_t number_ = 0;  // being walked; 0: none
};

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_VERSION_WALK_H_
