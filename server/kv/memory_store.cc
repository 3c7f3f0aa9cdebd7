#include "server/kv/memory_store.h"

#include <cassert>
#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "server/kv/versioned_table.h"

namespace labgraph::kv {
namespace {

// What store, snapshots and cursors share. A reader holds the lock while it looks for a
// row; the row and the value it found stay in place while its snapshot is pinned.
struct State {
  explicit State(size_t keyspaces) : tables(keyspaces) {}

  const VersionedTable::Rows& Rows(Keyspace keyspace) const
      ABSL_SHARED_LOCKS_REQUIRED(mutex) {
    assert(keyspace < tables.size());
    return tables[keyspace].rows();
  }

  void DropUnpinned() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) {
    const uint64_t oldest = pinned.empty() ? sequence : *pinned.begin();
    for (VersionedTable& table : tables) table.DropBefore(oldest);
  }

  absl::Mutex mutex;
  std::vector<VersionedTable> tables ABSL_GUARDED_BY(mutex);
  uint64_t sequence ABSL_GUARDED_BY(mutex) = 0;           // of the newest batch
  std::multiset<uint64_t> pinned ABSL_GUARDED_BY(mutex);  // one for each snapshot
};

class MemoryCursor final : public Cursor {
 public:
  MemoryCursor(State* state, Keyspace keyspace, uint64_t sequence)
      : state_(state), keyspace_(keyspace), sequence_(sequence) {}

  void Seek(absl::string_view key) override {
    absl::ReaderMutexLock lock(&state_->mutex);
    row_ = state_->Rows(keyspace_).lower_bound(key);
    SettleForward();
  }

  void SeekForPrev(absl::string_view key) override {
    absl::ReaderMutexLock lock(&state_->mutex);
    row_ = state_->Rows(keyspace_).upper_bound(key);
    SettleBackward();
  }

  void Next() override {
    absl::ReaderMutexLock lock(&state_->mutex);
    ++row_;
    SettleForward();
  }

  void Prev() override {
    absl::ReaderMutexLock lock(&state_->mutex);
    SettleBackward();
  }

  bool Valid() const override { return value_ != nullptr; }
  absl::Status status() const override { return absl::OkStatus(); }
  absl::string_view key() const override { return row_->first; }
  absl::string_view value() const override { return *value_; }

 private:
  // Stops at the first visible row from `row_` on.
  void SettleForward() ABSL_SHARED_LOCKS_REQUIRED(state_->mutex) {
    value_ = nullptr;
    for (const auto end = state_->Rows(keyspace_).end(); row_ != end; ++row_) {
      value_ = VersionedTable::ValueAt(row_->second, sequence_);
      if (value_ != nullptr) return;
    }
  }

  // Stops at the last visible row before `row_`.
  void SettleBackward() ABSL_SHARED_LOCKS_REQUIRED(state_->mutex) {
    value_ = nullptr;
    const auto begin = state_->Rows(keyspace_).begin();
    while (row_ != begin && value_ == nullptr) {
      --row_;
      value_ = VersionedTable::ValueAt(row_->second, sequence_);
    }
  }

  State* const state_;
  const Keyspace keyspace_;
  const uint64_t sequence_;
  VersionedTable::Rows::const_iterator row_;
  const std::string* value_ = nullptr;  // at `row_`; null past an end
};

class MemorySnapshot final : public Snapshot {
 public:
  explicit MemorySnapshot(State* state) : state_(state), sequence_(Pin(state)) {}

  ~MemorySnapshot() override {
    absl::MutexLock lock(&state_->mutex);
    state_->pinned.erase(state_->pinned.find(sequence_));
    state_->DropUnpinned();
  }

  absl::StatusOr<absl::optional<std::string>> Get(Keyspace keyspace,
                                                  absl::string_view key) const override {
    absl::ReaderMutexLock lock(&state_->mutex);
    const VersionedTable::Rows& rows = state_->Rows(keyspace);
    const auto row = rows.find(key);
    if (row == rows.end()) return absl::nullopt;
    const std::string* value = VersionedTable::ValueAt(row->second, sequence_);
    if (value == nullptr) return absl::nullopt;
    return *value;
  }

  std::unique_ptr<Cursor> NewCursor(Keyspace keyspace) const override {
    return std::make_unique<MemoryCursor>(state_, keyspace, sequence_);
  }

 private:
  static uint64_t Pin(State* state) {
    absl::MutexLock lock(&state->mutex);
    state->pinned.insert(state->sequence);
    return state->sequence;
  }

  State* const state_;
  const uint64_t sequence_;
};

class MemoryStore final : public Store {
 public:
  explicit MemoryStore(size_t keyspaces) : state_(keyspaces) {}

  std::shared_ptr<const Snapshot> GetSnapshot() const override {
    return std::make_shared<MemorySnapshot>(&state_);
  }

  absl::Status Write(const Batch& batch) override {
    absl::MutexLock lock(&state_.mutex);
    ++state_.sequence;
    for (const Batch::Operation& operation : batch.operations()) {
      assert(operation.keyspace < state_.tables.size());
      absl::optional<std::string> value;
      if (operation.value.has_value()) value = std::string(*operation.value);
      state_.tables[operation.keyspace].Set(operation.key, std::move(value),
                                            state_.sequence);
    }
    state_.DropUnpinned();
    return absl::OkStatus();
  }

  // There are no files.
  absl::StatusOr<bool> Purge(absl::Span<const Keyspace> keyspaces,
                             const Snapshot& since) override {
    return true;
  }

 private:
  mutable State state_;
};

}  // namespace

std::unique_ptr<Store> NewMemoryStore(size_t keyspaces) {
  return std::make_unique<MemoryStore>(keyspaces);
}

}  // namespace labgraph::kv
