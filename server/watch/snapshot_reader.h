#ifndef LABGRAPH_SERVER_WATCH_SNAPSHOT_READER_H_
#define LABGRAPH_SERVER_WATCH_SNAPSHOT_READER_H_

#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "labgraph/v1/history.pb.h"
#include "server/graph/record_filter.h"
#include "server/graph/view.h"

namespace labgraph::watch {

// Reads the whole store as it is at one revision, piece by piece: the schema, then
// entities, statements, and ids that lead to another entity. Between two pieces it keeps
// the store's state alive and knows the key where it goes on; nothing else. Not
// thread-safe.
class SnapshotReader {
 public:
  // Rows that one call looks at, at most.
  static constexpr size_t kRowsPerCall = 2000;

  explicit SnapshotReader(std::unique_ptr<graph::View> view) : view_(std::move(view)) {}

  keys::Revision revision() const { return view_->revision(); }

  // How a call of Read ended.
  enum class Piece {
    kFull,        // the part is large enough to be sent
    kUnfinished,  // it has room for more, which another call gives
    kLast,        // nothing is left
  };

  // Adds to `part` what comes next and passes the filter and may be seen. Errors:
  // STORAGE_FAILED, STORAGE_CORRUPT. REQUIRES: not called after kLast.
  absl::StatusOr<Piece> Read(const graph::RecordFilter& filter, v1::SnapshotPart* part);

 private:
  enum class Stage { kSchema, kEntities, kStatements, kRedirects };

  // Goes through the rows of a keyspace from where the call before ended; true at their
  // end. `add` adds the record of a row, given its key and value, and gives its bytes, 0
  // for none.
  template <typename Add>
  absl::StatusOr<bool> Scan(kv::Keyspace keyspace, Add add);
  absl::StatusOr<bool> ScanEntities(const graph::RecordFilter& filter,
                                    v1::SnapshotPart* part);
  absl::StatusOr<bool> ScanStatements(const graph::RecordFilter& filter,
                                      v1::SnapshotPart* part);
  absl::StatusOr<bool> ScanRedirects(const graph::RecordFilter& filter,
                                     v1::SnapshotPart* part);
  // Goes on with the stage after this one.
  void Enter(Stage stage);
  bool HasRoom() const;

  const std::unique_ptr<graph::View> view_;
  Stage stage_ = Stage::kSchema;
  std::string next_key_;  // of the keyspace of stage_
  size_t looked_at_ = 0;  // rows, in this call
  size_t bytes_ = 0;      // in the part
};

}  // namespace labgraph::watch

#endif  // LABGRAPH_SERVER_WATCH_SNAPSHOT_READER_H_
