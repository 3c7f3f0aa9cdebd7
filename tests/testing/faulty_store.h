#ifndef LABGRAPH_TESTS_TESTING_FAULTY_STORE_H_
#define LABGRAPH_TESTS_TESTING_FAULTY_STORE_H_

#include <atomic>
#include <memory>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "server/base/errors.h"
#include "server/kv/store.h"

namespace labgraph::testing {

// A store that fails when told to, and otherwise does what the one behind it does.
class FaultyStore final : public kv::Store {
 public:
  static constexpr int kNone = -1;

  explicit FaultyStore(std::unique_ptr<kv::Store> store) : store_(std::move(store)) {}

  // Whether writes fail from now on, leaving nothing behind.
  void FailWrites(bool fail) { fail_writes_ = fail; }
  // The keyspace whose cursors fail from now on, in snapshots old and new.
  void FailCursors(int keyspace) { failing_keyspace_ = keyspace; }
  // The same of Get.
  void FailGets(int keyspace) { failing_gets_ = keyspace; }
  int writes() const { return writes_; }
  // Writes wait from now on, until they are released.
  void HoldWrites(bool hold) {
    absl::MutexLock lock(&mu_);
    hold_ = hold;
  }
  // Returns when a write waits.
  void AwaitHeldWrite() {
    absl::MutexLock lock(&mu_);
    mu_.Await(absl::Condition(&waits_));
  }

  std::shared_ptr<const kv::Snapshot> GetSnapshot() const override {
    return std::make_shared<FaultySnapshot>(this, store_->GetSnapshot());
  }

  absl::Status Write(const kv::Batch& batch) override {
    {
      absl::MutexLock lock(&mu_);
      waits_ = hold_;
      mu_.Await(absl::Condition(
          +[](bool* hold) { return !*hold; }, &hold_));
      waits_ = false;
    }
    if (fail_writes_) return errors::StorageFailed("The disk is full.");
    ++writes_;
    return store_->Write(batch);
  }

  absl::StatusOr<bool> Purge(absl::Span<const kv::Keyspace> keyspaces,
                             const kv::Snapshot& since) override {
    return store_->Purge(keyspaces, static_cast<const FaultySnapshot&>(since).behind());
  }

 private:
  class BrokenCursor final : public kv::Cursor {
   public:
    void Seek(absl::string_view) override {}
    void SeekForPrev(absl::string_view) override {}
    void Next() override {}
    void Prev() override {}
    bool Valid() const override { return false; }
    absl::Status status() const override {
      return errors::StorageFailed("The disk cannot be read.");
    }
    absl::string_view key() const override { return ""; }
    absl::string_view value() const override { return ""; }
  };

  class FaultySnapshot final : public kv::Snapshot {
   public:
    FaultySnapshot(const FaultyStore* owner, std::shared_ptr<const kv::Snapshot> snapshot)
        : owner_(owner), snapshot_(std::move(snapshot)) {}
    const kv::Snapshot& behind() const { return *snapshot_; }
    absl::StatusOr<absl::optional<std::string>> Get(
        kv::Keyspace keyspace, absl::string_view key) const override {
      if (keyspace == owner_->failing_gets_) {
        return errors::StorageFailed("The disk cannot be read.");
      }
      return snapshot_->Get(keyspace, key);
    }
    std::unique_ptr<kv::Cursor> NewCursor(kv::Keyspace keyspace) const override {
      if (keyspace == owner_->failing_keyspace_) return std::make_unique<BrokenCursor>();
      return snapshot_->NewCursor(keyspace);
    }

   private:
    const FaultyStore* const owner_;
    const std::shared_ptr<const kv::Snapshot> snapshot_;
  };

  const std::unique_ptr<kv::Store> store_;
  absl::Mutex mu_;
  bool hold_ ABSL_GUARDED_BY(mu_) = false;
  bool waits_ ABSL_GUARDED_BY(mu_) = false;
  std::atomic<bool> fail_writes_ = false;
  std::atomic<int> failing_keyspace_ = kNone;
  std::atomic<int> failing_gets_ = kNone;
  std::atomic<int> writes_ = 0;
};

}  // namespace labgraph::testing

#endif  // LABGRAPH_TESTS_TESTING_FAULTY_STORE_H_
