// Batches so large that they are written as sorted files.

#include <atomic>
#include <filesystem>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/kv/rocksdb_store_fixture.h"

namespace labgraph::kv {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

using RocksDbLargeBatchTest = RocksDbStoreTest;

TEST_F(RocksDbLargeBatchTest, LargeBatchesReplaceAndDeleteWhatIsThere) {
  constexpr int kCount = 1000;
  const auto check = [&](const Reader& reader) {
    EXPECT_EQ(Value(reader, kLeft, "deleted"), "absent");
    EXPECT_EQ(Value(reader, kLeft, "kept"), "before");
    EXPECT_EQ(Value(reader, kLeft, "twice"), "second");
    EXPECT_EQ(Value(reader, kRight, "gone"), "absent");
    EXPECT_EQ(Value(reader, kLeft, "key100001").substr(0, 5), "large");
    EXPECT_EQ(Value(reader, kLeft, "key100500"), "small");
    // All of the batch, "kept" and "twice".
    EXPECT_EQ(Dump(reader, kLeft).size(), kCount + 2);
  };
  {
    ASSERT_OK_AND_ASSIGN(const auto store, Open());
    Batch before;
    for (const char* key : {"deleted", "kept", "key100001", "twice"}) {
      before.Put(kLeft, key, "before");
    }
    ASSERT_OK(store->Write(before));
    const auto old = store->GetSnapshot();
    Batch large;
    large.Put(kLeft, "twice", "first");
    AddMany(large, kLeft, kCount, "large");
    large.Delete(kLeft, "deleted");
    large.Put(kRight, "gone", "soon");
    large.Delete(kRight, "gone");
    large.Put(kLeft, "twice", "second");
    ASSERT_OK(store->Write(large));
    EXPECT_EQ(Value(*old, kLeft, "deleted"), "before") << "a snapshot does not change";
    EXPECT_EQ(Dump(*old, kLeft).size(), 4u);
    Batch after;
    after.Put(kLeft, "key100500", "small");
    ASSERT_OK(store->Write(after));
    check(*store->GetSnapshot());
  }
  ASSERT_OK_AND_ASSIGN(const auto store, Open());
  check(*store->GetSnapshot());
}

TEST_F(RocksDbLargeBatchTest, LargeBatchesOfManyThreadsAreEachSeenWhole) {
  constexpr int kThreads = 4;
  ASSERT_OK_AND_ASSIGN(const auto store, Open());
  std::atomic<bool> done = false;
  std::thread reader([&] {
    while (!done) {
      const auto snapshot = store->GetSnapshot();
      EXPECT_EQ(Dump(*snapshot, kLeft).size(), Dump(*snapshot, kRight).size());
    }
  });
  std::vector<std::thread> writers;
  for (int thread = 0; thread < kThreads; ++thread) {
    writers.emplace_back([&, thread] {
      for (int round = 0; round < 3; ++round) {
        Batch batch;
        for (int i = 0; i < 8; ++i) {
          const std::string key = absl::StrCat(thread, "/", round, "/", i);
          batch.Put(kLeft, key, std::string(kLargeBytes / 16, 'l'));
          batch.Put(kRight, key, std::string(kLargeBytes / 16, 'r'));
        }
        EXPECT_OK(store->Write(batch));
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  done = true;
  reader.join();
  EXPECT_EQ(Dump(*store->GetSnapshot(), kLeft).size(), kThreads * 3 * 8);
}

TEST_F(RocksDbLargeBatchTest, FailedLargeWriteStopsWritingUntilReopened) {
  {
    ASSERT_OK_AND_ASSIGN(const auto store, Open());
    Batch acknowledged;
    acknowledged.Put(kLeft, "acknowledged", "value");
    ASSERT_OK(store->Write(acknowledged));
    Batch large;
    large.Put(kLeft, "first", "value");
    std::mt19937 random(1);  // what cannot be compressed below the limit
    for (int i = 0; i < 100; ++i) {
      std::string value(kLargeBytes / 100, '\0');
      for (char& byte : value) byte = static_cast<char>(random());
      large.Put(kRight, absl::StrCat(i), value);
    }
    absl::Status failure;
    {
      const FileSizeLimit limit(16 << 10);
      failure = store->Write(large);
    }
    EXPECT_THAT(failure, FailsWith(v1::ERROR_REASON_STORAGE_FAILED));
    EXPECT_THAT(std::string(failure.message()), HasSubstr("File too large"));
    EXPECT_THAT(std::string(failure.message()), HasSubstr("restart the server"));
    EXPECT_EQ(store->Write(acknowledged), failure);
    EXPECT_THAT(Dump(*store->GetSnapshot(), kLeft),
                ElementsAre(Pair("acknowledged", "value")));
  }
  ASSERT_OK_AND_ASSIGN(const auto store, Open());
  EXPECT_THAT(Dump(*store->GetSnapshot(), kLeft),
              ElementsAre(Pair("acknowledged", "value")));
  Batch large;
  AddMany(large, kRight, 1000, "later");
  ASSERT_OK(store->Write(large));
  EXPECT_EQ(Dump(*store->GetSnapshot(), kRight).size(), 1000u);
}

TEST_F(RocksDbLargeBatchTest, LargeBatchWithoutRoomForItsFilesFails) {
  ASSERT_OK_AND_ASSIGN(const auto store, Open());
  Touch("ingest");  // where the directory should be
  Batch large;
  AddMany(large, kLeft, 1000, "large");
  EXPECT_THAT(store->Write(large), FailsWith(v1::ERROR_REASON_STORAGE_FAILED));
  EXPECT_THAT(Dump(*store->GetSnapshot(), kLeft), ::testing::IsEmpty());
}

TEST_F(RocksDbLargeBatchTest, FilesOfAnInterruptedLargeWriteAreRemoved) {
  MakeDatabase({"meta", "left", "right"});
  fs::create_directory(File("ingest"));
  Touch("ingest/1-2.sst");
  ASSERT_OK_AND_ASSIGN(const auto store, Open());
  EXPECT_FALSE(fs::exists(File("ingest/1-2.sst")));
  Batch large;
  AddMany(large, kLeft, 1000, "large");
  ASSERT_OK(store->Write(large));
  EXPECT_TRUE(fs::is_empty(File("ingest")));
}

}  // namespace
}  // namespace labgraph::kv
