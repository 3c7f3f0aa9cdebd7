#ifndef LABGRAPH_SERVER_KV_OVERLAY_H_
#define LABGRAPH_SERVER_KV_OVERLAY_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "server/kv/store.h"

namespace labgraph::kv {

// Changes not yet written, laid over a snapshot: reads see both, so that a
// commit's later steps see its earlier ones. The work can be undone back to a mark.
// Not thread-safe. A cursor may be used while the overlay changes: where it stands, key
// and value stay as they were; each move sees every change made before it. A
// cursor past an end stays there until it seeks.
class Overlay final : public Reader {
 public:
  // `base` must outlive the overlay and not change.
  explicit Overlay(const Reader* base) : base_(base) {}
  Overlay(const Overlay&) = delete;
  Overlay& operator=(const Overlay&) = delete;

  absl::StatusOr<absl::optional<std::string>> Get(Keyspace keyspace,
                                                  absl::string_view key) const override;
  std::unique_ptr<Cursor> NewCursor(Keyspace keyspace) const override;

  void Put(Keyspace keyspace, absl::string_view key, absl::string_view value);
  // Deleting what is not there is no error.
  void Delete(Keyspace keyspace, absl::string_view key);

  // A point to which RollBack can return.
  using Mark = size_t;
  Mark SetMark() const { return undo_.size(); }
  // Undoes every change made since the mark. Marks set after it may not be used again.
  void RollBack(Mark mark);

  // All changes, one operation per key, as one batch.
  Batch ToBatch() const;
  bool empty() const { return changes_.empty(); }

 private:
  friend class OverlayCursor;

  // What a key holds now; absent: deleted.
  using Changes = std::map<std::string, absl::optional<std::string>, std::less<>>;
  // How to take back one change. The place stays good: a key leaves `changes_`
  // only when its first change is undone, which is after all its later ones.
  struct Undo {
    Keyspace keyspace;
    Changes::iterator change;
    absl::optional<absl::optional<std::string>> before;  // absent: key was unchanged
  };

  // The changes of a keyspace; an empty map where there are none.
  const Changes& ChangesIn(Keyspace keyspace) const;
  void Set(Keyspace keyspace, absl::string_view key, absl::optional<std::string> value);

  const Reader* const base_;
  std::map<Keyspace, Changes> changes_;  // no keyspace without changes
  std::vector<Undo> undo_;
  uint64_t version_ = 0;  // counts changes and roll-backs; tells a cursor to look again
};

}  // namespace labgraph::kv

#endif  // LABGRAPH_SERVER_KV_OVERLAY_H_
