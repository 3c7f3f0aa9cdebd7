#ifndef LABGRAPH_SERVER_KV_OVERLAY_CURSOR_H_
#define LABGRAPH_SERVER_KV_OVERLAY_CURSOR_H_

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "server/kv/change_table.h"
#include "server/kv/store.h"

namespace labgraph::kv {

// Merges a cursor over the base with the changes of an overlay. A change hides the base's
// entry of the same key.
class OverlayCursor final : public Cursor {
 public:
  // `changes` must outlive the cursor.
  OverlayCursor(std::unique_ptr<Cursor> base, const ChangeTable* changes)
      : base_(std::move(base)), changes_(changes) {}

  void Seek(absl::string_view key) override;
  void SeekForPrev(absl::string_view key) override;
  void Next() override { Move(Direction::kForward); }
  void Prev() override { Move(Direction::kBackward); }

  bool Valid() const override { return at_ != At::kNone; }
  absl::Status status() const override { return base_->status(); }

  absl::string_view key() const override;
  absl::string_view value() const override;

 private:
  enum class Direction { kForward, kBackward };
  // Where the current entry comes from.
  enum class At { kNone, kBase, kChange };

  void Move(Direction direction);
  void MoveBase(Direction direction);
  // Places `bound_` so that every change still ahead lies beyond `key`, or also at it.
  void BoundChanges(absl::string_view key, bool inclusive);
  // The nearest change ahead, or null.
  const ChangeTable::Change* ChangeAhead() const;
  void PassChange();
  // Stops at the nearest entry ahead that is not deleted.
  void Settle();
  // How far ahead the base's entry is compared with `change`; negative: it comes first.
  int CompareBase(const ChangeTable::Change& change) const;

  const std::unique_ptr<Cursor> base_;
  const ChangeTable* const changes_;

  Direction direction_ = Direction::kForward;
  At at_ = At::kNone;
  // At::kChange only: the base stands at an entry of the same key, which is hidden.
  bool hides_base_ = false;
  // Forward, the changes ahead begin here; backward, they end before here.
  // Good only while the table has the version seen.
  ChangeTable::Order::const_iterator bound_;
  uint64_t version_seen_ = 0;
  // Copies of the current entry at At::kChange, since the table may change it
  // meanwhile.
  std::string key_;
  std::string value_;
};

}  // namespace labgraph::kv

#endif  // LABGRAPH_SERVER_KV_OVERLAY_CURSOR_H_
