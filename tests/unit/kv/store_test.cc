// What every Store must do.

#include "server/kv/store.h"

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/kv/test_stores.h"

namespace labgraph::kv {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

class StoreTest : public ::testing::TestWithParam<Backend> {
 protected:
  Store& store() { return *test_store_.store; }

  void Put(Keyspace keyspace, absl::string_view key, absl::string_view value) {
    Batch batch;
    batch.Put(keyspace, key, value);
    ASSERT_OK(store().Write(batch));
  }
  void Delete(Keyspace keyspace, absl::string_view key) {
    Batch batch;
    batch.Delete(keyspace, key);
    ASSERT_OK(store().Write(batch));
  }

 private:
  TestStore test_store_ = GetParam().make();
};

TEST_P(StoreTest, NewStoreIsEmpty) {
  const auto snapshot = store().GetSnapshot();
  for (Keyspace keyspace = 0; keyspace < std::size(kTestKeyspaces); ++keyspace) {
    EXPECT_THAT(Dump(*snapshot, keyspace), IsEmpty());
    EXPECT_THAT(DumpBackward(*snapshot, keyspace), IsEmpty());
  }
}

TEST_P(StoreTest, PutReplacesAndDeleteRemoves) {
  Put(kLeft, "key", "one");
  EXPECT_EQ(Value(*store().GetSnapshot(), kLeft, "key"), "one");
  Put(kLeft, "key", "two");
  EXPECT_EQ(Value(*store().GetSnapshot(), kLeft, "key"), "two");
  Delete(kLeft, "key");
  EXPECT_EQ(Value(*store().GetSnapshot(), kLeft, "key"), "absent");
  Delete(kLeft, "key");
  Delete(kLeft, "never there");
  EXPECT_THAT(Dump(*store().GetSnapshot(), kLeft), IsEmpty());
  Put(kLeft, "key", "three");
  EXPECT_EQ(Value(*store().GetSnapshot(), kLeft, "key"), "three");
}

TEST_P(StoreTest, BatchIsAppliedInOrder) {
  Put(kLeft, "was there", "old");
  Batch batch;
  batch.Put(kLeft, "put, deleted", "x");
  batch.Delete(kLeft, "put, deleted");
  batch.Delete(kLeft, "was there");
  batch.Put(kLeft, "was there", "new");
  batch.Put(kLeft, "put twice", "first");
  batch.Put(kRight, "put twice", "other keyspace");
  batch.Put(kLeft, "put twice", "second");
  ASSERT_OK(store().Write(batch));
  EXPECT_THAT(Dump(*store().GetSnapshot(), kLeft),
              ElementsAre(Pair("put twice", "second"), Pair("was there", "new")));
  EXPECT_THAT(Dump(*store().GetSnapshot(), kRight),
              ElementsAre(Pair("put twice", "other keyspace")));
}

TEST_P(StoreTest, EmptyBatchChangesNothing) {
  Put(kLeft, "key", "value");
  ASSERT_OK(store().Write(Batch()));
  EXPECT_THAT(Dump(*store().GetSnapshot(), kLeft), ElementsAre(Pair("key", "value")));
}

TEST_P(StoreTest, SnapshotsStayAsTheyWere) {
  const auto empty = store().GetSnapshot();
  Put(kLeft, "a", "1");
  Put(kLeft, "b", "1");
  const auto ones = store().GetSnapshot();
  Put(kLeft, "a", "2");
  Delete(kLeft, "b");
  Put(kLeft, "c", "2");
  const auto twos = store().GetSnapshot();
  Delete(kLeft, "a");
  Delete(kLeft, "c");

  EXPECT_THAT(Dump(*empty, kLeft), IsEmpty());
  EXPECT_THAT(Dump(*ones, kLeft), ElementsAre(Pair("a", "1"), Pair("b", "1")));
  EXPECT_THAT(DumpBackward(*ones, kLeft), ElementsAre(Pair("b", "1"), Pair("a", "1")));
  EXPECT_EQ(Value(*ones, kLeft, "c"), "absent");
  EXPECT_THAT(Dump(*twos, kLeft), ElementsAre(Pair("a", "2"), Pair("c", "2")));
  EXPECT_EQ(Value(*twos, kLeft, "b"), "absent");
  EXPECT_THAT(Dump(*store().GetSnapshot(), kLeft), IsEmpty());
}

TEST_P(StoreTest, SnapshotOutlivesOlderAndNewerOnes) {
  Put(kLeft, "a", "1");
  auto older = store().GetSnapshot();
  Put(kLeft, "a", "2");
  const auto kept = store().GetSnapshot();
  Delete(kLeft, "a");
  auto newer = store().GetSnapshot();
  older.reset();
  EXPECT_EQ(Value(*kept, kLeft, "a"), "2");
  newer.reset();
  Put(kLeft, "a", "3");
  EXPECT_EQ(Value(*kept, kLeft, "a"), "2");
}

TEST_P(StoreTest, OpenCursorDoesNotSeeLaterWrites) {
  for (const char* key : {"a", "b", "c", "d"}) Put(kLeft, key, "old");
  const auto snapshot = store().GetSnapshot();
  const auto cursor = snapshot->NewCursor(kLeft);
  cursor->Seek("b");
  const absl::string_view key = cursor->key();
  const absl::string_view value = cursor->value();
  for (const char* gone : {"a", "b", "c"}) Delete(kLeft, gone);
  for (const char* added : {"aa", "bb", "d", "e"}) Put(kLeft, added, "new");
  EXPECT_EQ(key, "b");
  EXPECT_EQ(value, "old");
  cursor->Next();
  EXPECT_EQ(At(*cursor), "c=old");
  cursor->Next();
  EXPECT_EQ(At(*cursor), "d=old");
  cursor->Next();
  EXPECT_EQ(At(*cursor), "end");
  cursor->SeekForPrev("az");
  EXPECT_EQ(At(*cursor), "a=old");
}

TEST_P(StoreTest, LargeBatchIsWrittenWhole) {
  Batch batch;
  for (int i = 0; i < 20000; ++i) {
    batch.Put(i % 2 == 0 ? kLeft : kRight, absl::StrCat("key", i), std::string(200, 'v'));
  }
  ASSERT_OK(store().Write(batch));
  EXPECT_EQ(Dump(*store().GetSnapshot(), kLeft).size(), 10000);
  EXPECT_EQ(Dump(*store().GetSnapshot(), kRight).size(), 10000);
}

// Each batch gives all of these keys the same value, in two keyspaces.
constexpr int kKeysPerBatch = 20;

Batch SameValue(int value) {
  Batch batch;
  for (int i = 0; i < kKeysPerBatch; ++i) {
    batch.Put(kLeft, absl::StrCat(i), absl::StrCat(value));
    batch.Put(kRight, absl::StrCat(i), absl::StrCat(value));
  }
  return batch;
}

// The value that all keys have in this snapshot; -1 where they differ.
int CommonValue(const Reader& reader) {
  const std::string value = Value(reader, kRight, "7");
  Entries entries = Dump(reader, kLeft);
  for (const auto& entry : Dump(reader, kRight)) entries.push_back(entry);
  for (const auto& entry : entries) {
    if (entry.second != value) return -1;
  }
  return entries.size() == 2 * kKeysPerBatch ? std::stoi(value) : -1;
}

TEST_P(StoreTest, ReadersInManyThreadsSeeWholeBatchesInOrder) {
  constexpr int kReaders = 4;
  constexpr int kBatches = 300;
  ASSERT_OK(store().Write(SameValue(0)));
  std::atomic<int> written = 0;
  std::vector<std::thread> readers;
  for (int i = 0; i < kReaders; ++i) {
    readers.emplace_back([&] {
      for (int last = 0; last < kBatches;) {
        const int at_least = written;
        const int value = CommonValue(*store().GetSnapshot());
        ASSERT_GE(value, at_least);
        ASSERT_GE(value, last);
        last = value;
      }
    });
  }
  for (int value = 1; value <= kBatches; ++value) {
    EXPECT_OK(store().Write(SameValue(value)));
    written = value;
  }
  for (std::thread& reader : readers) reader.join();
}

TEST_P(StoreTest, OneSnapshotServesManyThreads) {
  ASSERT_OK(store().Write(SameValue(1)));
  const auto snapshot = store().GetSnapshot();
  std::vector<std::thread> readers;
  for (int i = 0; i < 4; ++i) {
    readers.emplace_back([&] {
      for (int round = 0; round < 50; ++round) EXPECT_EQ(CommonValue(*snapshot), 1);
    });
  }
  for (int value = 2; value <= 50; ++value) EXPECT_OK(store().Write(SameValue(value)));
  for (std::thread& reader : readers) reader.join();
}

TEST_P(StoreTest, WritersInManyThreadsLoseNothing) {
  constexpr int kWriters = 4;
  constexpr int kBatches = 50;
  std::vector<std::thread> writers;
  for (int writer = 0; writer < kWriters; ++writer) {
    writers.emplace_back([&, writer] {
      for (int i = 0; i < kBatches; ++i) {
        Batch batch;
        batch.Put(kLeft, absl::StrCat(writer, "/", i), "x");
        EXPECT_OK(store().Write(batch));
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(Dump(*store().GetSnapshot(), kLeft).size(), kWriters * kBatches);
}

INSTANTIATE_TEST_SUITE_P(Stores, StoreTest, ::testing::ValuesIn(kBackends),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace labgraph::kv
