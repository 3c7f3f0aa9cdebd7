#include "server/kv/arena.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace labgraph::kv {
namespace {

// The first block is small, for what holds little; each is twice the one before.
constexpr size_t kFirstBlock = 1 << 10;
constexpr size_t kMaxBlock = 1 << 20;

}  // namespace

Arena::Arena(Arena&& other) noexcept
    : blocks_(std::move(other.blocks_)),
      next_(std::exchange(other.next_, nullptr)),
      left_(std::exchange(other.left_, 0)) {
  other.blocks_.clear();
}

Arena& Arena::operator=(Arena&& other) noexcept {
  blocks_ = std::move(other.blocks_);
  next_ = std::exchange(other.next_, nullptr);
  left_ = std::exchange(other.left_, 0);
  other.blocks_.clear();
  return *this;
}

absl::string_view Arena::Copy(absl::string_view bytes) {
  if (bytes.empty()) return absl::string_view("", 0);
  if (bytes.size() > left_) {
    const size_t grown = kFirstBlock << std::min<size_t>(blocks_.size(), 10);
    left_ = std::max(bytes.size(), std::min(grown, kMaxBlock));
    // Not make_unique, which would fill the block with zeros first.
    blocks_.emplace_back(new char[left_]);
    next_ = blocks_.back().get();
  }
  char* const copy = next_;
  std::memcpy(copy, bytes.data(), bytes.size());
  next_ += bytes.size();
  left_ -= bytes.size();
  return {copy, bytes.size()};
}

}  // namespace labgraph::kv
