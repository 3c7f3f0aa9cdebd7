#ifndef LABGRAPH_SERVER_BASE_FAILPOINT_H_
#define LABGRAPH_SERVER_BASE_FAILPOINT_H_

// Places in the code at which an operator's drill or a test can have something go wrong:
// an error, the death of the process, a delay. They are in every build, since what is
// proved should be what runs; while none is set, one costs the load of one number.
//
//   RETURN_IF_ERROR(failpoint::Reach(Failpoint::kWriteBegin));

#include <atomic>
#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace labgraph {

// Where. The names by which they are set stand in failpoint.cc.
enum class Failpoint : uint8_t {
  // A store is opened: before RocksDB sees the directory, and when it is open but not yet
  // given to the caller.
  kOpenBegin,
  kOpenEnd,
  // A batch: before any of it is written, and when it is on disk but not yet reported. An
  // error of kWriteEnd leaves a batch that new snapshots see, although it failed.
  kWriteBegin,
  kWriteEnd,
  // A batch that is ingested: before its files are written, before they become part of
  // the database, and before they are removed from where they were made.
  kIngestFiles,
  kIngestAdd,
  kIngestRemove,
  // A purge: before memory is written out, before keyspaces are rewritten, and before
  // files out of use are removed.
  kPurgeFlush,
  kPurgeCompact,
  kPurgeRemove,
  // A backup: before it, after each part that was copied, and when it is complete but not
  // yet reported.
  kBackupBegin,
  kBackupCopy,
  kBackupEnd,
  // A restore: before it, when the files are beside the place, and when all but the last
  // step is done.
  kRestoreBegin,
  kRestoreMove,
  kRestoreEnd,
};

namespace failpoint {

// The name of each, in the order of the enumeration.
absl::Span<const absl::string_view> Names();

// Sets failpoints, in place of those set before: "<name>=<action>[@<n>]", several parted
// by commas. Actions: error (STORAGE_FAILED), crash (the process ends at once with exit
// code 137, nothing is flushed), delay(<ms>). With @n only the n-th time the point is
// reached counts, else every time. An empty text sets none. Thread-safe.
// Errors: FIELD_INVALID, which sets none.
absl::Status Configure(absl::string_view text);

// How often a point was reached since the last Configure that set any.
uint64_t Reached(Failpoint point);

// Failpoints for the time this lives; none afterwards.
class Scope {
 public:
  // REQUIRES: Configure takes `text`.
  explicit Scope(absl::string_view text);
  ~Scope();
  Scope(const Scope&) = delete;
  Scope& operator=(const Scope&) = delete;
};

// Whether any is set.
extern std::atomic<bool> any_set;
absl::Status ReachSlowly(Failpoint point);

// Does what is set for `point`: OK where that is nothing. Thread-safe.
inline absl::Status Reach(Failpoint point) {
  if (!any_set.load(std::memory_order_relaxed)) return absl::OkStatus();
  return ReachSlowly(point);
}

}  // namespace failpoint
}  // namespace labgraph

#endif  // LABGRAPH_SERVER_BASE_FAILPOINT_H_
