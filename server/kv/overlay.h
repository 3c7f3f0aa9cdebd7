#ifndef LABGRAPH_SERVER_KV_OVERLAY_H_
#define LABGRAPH_SERVER_KV_OVERLAY_H_

#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "server/kv/arena.h"
#include "server/kv/change_table.h"
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
  // As Put, without a look at what is there. REQUIRES: there is no such key in the base
  // and no change of it here.
  void PutNew(Keyspace keyspace, absl::string_view key, absl::string_view value);
  // Deleting what is not there is no error.
  void Delete(Keyspace keyspace, absl::string_view key);

  // A point to which RollBack can return.
  using Mark = size_t;
  Mark SetMark() const { return undo_.size(); }
  // Undoes every change made since the mark. Marks set after it may not be used again.
  void RollBack(Mark mark);
  // Keeps every change made so far: no mark set before may be used again, and what it
  // takes to return there is given up.
  void DropMarks() {
    undo_.clear();
    replaced_.clear();
  }

  // All changes, one operation per key, in order of keyspaces and keys. The batch holds
  // views: the overlay must outlive it and not change meanwhile.
  Batch ToBatch() const;
  bool empty() const;
  // Whether nothing in the keyspace is changed.
  bool empty(Keyspace keyspace) const { return Table(keyspace).size() == 0; }

 private:
  friend class OverlayCursor;

  // How to take back one change. Small, for there are as many as changes.
  struct Undo {
    ChangeTable::Index index;
    Keyspace keyspace;
    // The first change of its key; it is the last in its table when its turn comes.
    // Otherwise what was there before is the last of replaced_.
    bool is_first;
  };

  // The changes of a keyspace. The reference lives as long as the overlay.
  ChangeTable& Table(Keyspace keyspace) const;
  void Set(Keyspace keyspace, absl::string_view key,
           absl::optional<absl::string_view> value);

  const Reader* const base_;
  Arena arena_;                             // keeps keys and values
  mutable std::deque<ChangeTable> tables_;  // by keyspace, as far as any was asked for
  std::vector<Undo> undo_;
  std::vector<absl::optional<absl::string_view>> replaced_;
};

}  // namespace labgraph::kv

#endif  // LABGRAPH_SERVER_KV_OVERLAY_H_
