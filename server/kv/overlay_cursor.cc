#include "server/kv/overlay_cursor.h"

#include <iterator>

namespace labgraph::kv {

void OverlayCursor::Seek(absl::string_view key) {
  direction_ = Direction::kForward;
  BoundChanges(key, /*inclusive=*/true);
  base_->Seek(key);
  Settle();
}

void OverlayCursor::SeekForPrev(absl::string_view key) {
  direction_ = Direction::kBackward;
  BoundChanges(key, /*inclusive=*/true);
  base_->SeekForPrev(key);
  Settle();
}

void OverlayCursor::Move(Direction direction) {
  const bool turns = direction != direction_;
  direction_ = direction;
  // The changes first: the key they are looked up by may be the base's, which moves away.
  if (turns || version_seen_ != changes_->version()) {
    BoundChanges(key(), /*inclusive=*/false);
  } else if (at_ == At::kChange) {
    PassChange();
  }
  if (at_ == At::kBase || hides_base_) {
    MoveBase(direction);
  } else if (turns) {
    // The base stands beyond the current key on the side it came from, or nowhere.
    if (direction == Direction::kForward) {
      base_->Seek(key_);
    } else {
      base_->SeekForPrev(key_);
    }
  }
  Settle();
}

void OverlayCursor::MoveBase(Direction direction) {
  if (direction == Direction::kForward) {
    base_->Next();
  } else {
    base_->Prev();
  }
}

absl::string_view OverlayCursor::key() const {
  return at_ == At::kBase ? base_->key() : key_;
}

absl::string_view OverlayCursor::value() const {
  return at_ == At::kBase ? base_->value() : value_;
}

void OverlayCursor::BoundChanges(absl::string_view key, bool inclusive) {
  const ChangeTable::Order& order = changes_->order();
  version_seen_ = changes_->version();
  const bool before_key = inclusive == (direction_ == Direction::kForward);
  bound_ = before_key ? order.lower_bound(key) : order.upper_bound(key);
}

const ChangeTable::Change* OverlayCursor::ChangeAhead() const {
  const ChangeTable::Order& order = changes_->order();
  if (direction_ == Direction::kForward) {
    return bound_ == order.end() ? nullptr : &changes_->at(bound_->second);
  }
  return bound_ == order.begin() ? nullptr : &changes_->at(std::prev(bound_)->second);
}

void OverlayCursor::PassChange() {
  if (direction_ == Direction::kForward) {
    ++bound_;
  } else {
    --bound_;
  }
}

void OverlayCursor::Settle() {
  at_ = At::kNone;
  hides_base_ = false;
  while (true) {
    // An error of the base ends the walk: the changes alone would be a wrong answer.
    if (!base_->Valid() && !base_->status().ok()) return;
    const ChangeTable::Change* const change = ChangeAhead();
    const int order = change == nullptr ? -1 : CompareBase(*change);
    if (order < 0) {
      if (base_->Valid()) at_ = At::kBase;
      return;
    }
    if (change->value.has_value()) {
      at_ = At::kChange;
      hides_base_ = order == 0;
      key_ = std::string(change->key);
      value_ = std::string(*change->value);
      return;
    }
    if (order == 0) MoveBase(direction_);
    PassChange();
  }
}

int OverlayCursor::CompareBase(const ChangeTable::Change& change) const {
  if (!base_->Valid()) return 1;
  const int order = base_->key().compare(change.key);
  return direction_ == Direction::kForward ? order : -order;
}

}  // namespace labgraph::kv
