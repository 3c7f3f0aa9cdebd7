// Purging: no file of the store holds what was deleted or replaced, keys included.

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/kv/rocksdb_store_fixture.h"

namespace labgraph::kv {
namespace {

using ::testing::IsEmpty;
using testing::IsOkAndHolds;

constexpr char kSecretKey[] = "secret-key-of-a-witness";
constexpr char kSecretValue[] = "secret-value-of-a-witness";

class RocksDbPurgeTest : public RocksDbStoreTest {
 protected:
  RocksDbPurgeTest() { EXPECT_OK(Reopen()); }

  absl::Status Reopen() {
    store_.reset();
    auto store = Open();
    if (store.ok()) store_ = *std::move(store);
    return store.status();
  }

  void Put(absl::string_view key, absl::string_view value) {
    Batch batch;
    batch.Put(kLeft, key, value);
    batch.Put(kRight, absl::StrCat("beside ", key), "not purged");
    ASSERT_OK(store_->Write(batch));
  }
  void Delete(absl::string_view key) {
    Batch batch;
    batch.Delete(kLeft, key);
    ASSERT_OK(store_->Write(batch));
  }
  absl::StatusOr<bool> Purge() { return store_->Purge({kLeft}, *store_->GetSnapshot()); }

  // Files in which the secret stands, in its key or its value.
  std::vector<std::string> Holding(absl::string_view secret = "secret-") {
    std::vector<std::string> files;
    for (const auto& [path, content] : Listing()) {
      if (absl::StrContains(content, secret)) files.push_back(path);
    }
    return files;
  }

  std::unique_ptr<Store> store_;
};

// Compressed blocks would hide it.
std::string Incompressible(int i) {
  std::string text;
  for (int n = 0; n < 40; ++n) {
    text.push_back(static_cast<char>(33 + (i * 7919 + n * n * 104729) % 90));
  }
  return text;
}

TEST_F(RocksDbPurgeTest, ADeletedRowIsGoneFromTheLog) {
  Put(kSecretKey, kSecretValue);
  Put("other", "value");
  Delete(kSecretKey);
  EXPECT_THAT(Holding(), ::testing::Not(IsEmpty())) << "the test must be able to fail";
  EXPECT_THAT(Purge(), IsOkAndHolds(true));
  EXPECT_THAT(Holding("secret-value"), IsEmpty());
  Put("later", "value");
  EXPECT_EQ(Value(*store_->GetSnapshot(), kLeft, "other"), "value");
}

TEST_F(RocksDbPurgeTest, DeletedRowsAreGoneFromTablesAndManifest) {
  for (int round = 0; round < 3; ++round) {
    // The secret is the first and the last key of a file, so that the manifest tells it.
    Put(kSecretKey, absl::StrCat(kSecretValue, Incompressible(round)));
    ASSERT_OK(Reopen());  // moves the log into a table
    for (int i = 0; i < 100; ++i) Put(absl::StrCat("key", i), Incompressible(i));
    ASSERT_OK(Reopen());
    EXPECT_THAT(Holding("secret-key"), ::testing::Not(IsEmpty()));
    Batch batch;
    batch.Delete(kLeft, kSecretKey);
    batch.Delete(kRight, absl::StrCat("beside ", kSecretKey));
    ASSERT_OK(store_->Write(batch));
    EXPECT_THAT(store_->Purge({kLeft, kRight}, *store_->GetSnapshot()),
                IsOkAndHolds(true));
    EXPECT_THAT(Holding(), IsEmpty()) << "round " << round;
  }
  ASSERT_OK(Reopen());
  EXPECT_THAT(Holding(), IsEmpty());
  EXPECT_EQ(Dump(*store_->GetSnapshot(), kLeft).size(), 100u);
}

TEST_F(RocksDbPurgeTest, NothingIsLeftOfAKeyspaceWithoutRows) {
  Put(kSecretKey, kSecretValue);
  ASSERT_OK(Reopen());
  Batch batch;
  batch.Delete(kLeft, kSecretKey);
  batch.Delete(kRight, absl::StrCat("beside ", kSecretKey));
  ASSERT_OK(store_->Write(batch));
  EXPECT_THAT(store_->Purge({kLeft, kRight}, *store_->GetSnapshot()), IsOkAndHolds(true));
  EXPECT_THAT(Holding(), IsEmpty());
}

TEST_F(RocksDbPurgeTest, IngestedRowsAreGoneAsWell) {
  Batch large;
  AddMany(large, kLeft, 100, "filler");
  large.Put(kLeft, kSecretKey, kSecretValue);
  ASSERT_OK(store_->Write(large));
  Delete(kSecretKey);
  EXPECT_THAT(Purge(), IsOkAndHolds(true));
  EXPECT_THAT(Holding(), IsEmpty());
}

TEST_F(RocksDbPurgeTest, AReplacedValueIsGone) {
  Put("key", kSecretValue);
  ASSERT_OK(Reopen());
  Put("key", "new");
  EXPECT_THAT(Purge(), IsOkAndHolds(true));
  EXPECT_THAT(Holding(), IsEmpty());
  EXPECT_EQ(Value(*store_->GetSnapshot(), kLeft, "key"), "new");
}

TEST_F(RocksDbPurgeTest, AnOlderSnapshotIsWaitedFor) {
  Put("key", kSecretValue);
  auto reader = store_->GetSnapshot();
  Delete("key");
  EXPECT_THAT(Purge(), IsOkAndHolds(false));
  EXPECT_EQ(Value(*reader, kLeft, "key"), kSecretValue);
  reader.reset();
  EXPECT_THAT(Purge(), IsOkAndHolds(true));
  EXPECT_THAT(Holding(), IsEmpty());
}

TEST_F(RocksDbPurgeTest, ASnapshotFromAfterTheDeletionIsNot) {
  Put("key", kSecretValue);
  Delete("key");
  const auto since = store_->GetSnapshot();
  const auto reader = store_->GetSnapshot();
  Put("later", "value");
  EXPECT_THAT(store_->Purge({kLeft}, *since), IsOkAndHolds(true));
  EXPECT_THAT(Holding(), IsEmpty());
}

TEST_F(RocksDbPurgeTest, ACursorHoldsTheFilesItReads) {
  Put("key", kSecretValue);
  Put("other", "value");
  ASSERT_OK(Reopen());
  Delete("key");
  const auto snapshot = store_->GetSnapshot();
  auto cursor = snapshot->NewCursor(kLeft);
  cursor->Seek("");
  EXPECT_THAT(store_->Purge({kLeft}, *snapshot), IsOkAndHolds(false));
  EXPECT_EQ(At(*cursor), "other=value");
  cursor.reset();
  EXPECT_THAT(store_->Purge({kLeft}, *snapshot), IsOkAndHolds(true));
  EXPECT_THAT(Holding(), IsEmpty());
}

}  // namespace
}  // namespace labgraph::kv
