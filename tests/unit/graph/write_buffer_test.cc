// Edges that are packed together make the segments that they would have made one by one.

#include "server/graph/write_buffer.h"

#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/graph/versioned_writer.h"
#include "server/keys/keyspaces.h"
#include "server/kv/memory_store.h"
#include "tests/testing/faulty_store.h"
#include "tests/testing/random_seed.h"
#include "tests/testing/status_matchers.h"

namespace labgraph::graph {
namespace {

using testing::FailsWith;
using testing::FaultyStore;
using ::testing::IsEmpty;

using Rows = std::vector<std::pair<std::string, std::string>>;

Rows Segments(const kv::Reader& reader, kv::Keyspace keyspace = keys::kOut) {
  Rows rows;
  const auto cursor = reader.NewCursor(keyspace);
  for (cursor->Seek(""); cursor->Valid(); cursor->Next()) {
    rows.emplace_back(cursor->key(), cursor->value());
  }
  EXPECT_OK(cursor->status());
  return rows;
}

class WriteBufferTest : public ::testing::Test {
 protected:
  std::unique_ptr<WriteBuffer> NewBuffer() {
    snapshot_ = store_.GetSnapshot();
    return std::make_unique<WriteBuffer>(snapshot_.get());
  }

  void Write(WriteBuffer& buffer) {
    ASSERT_OK_AND_ASSIGN(const kv::Batch batch, buffer.ToBatch());
    ASSERT_OK(store_.Write(batch));
  }

  FaultyStore store_{kv::NewMemoryStore(keys::Names().size())};
  std::shared_ptr<const kv::Snapshot> snapshot_;
};

NewEdge Edge(keys::EntityNumber node, keys::EntityNumber neighbor,
             keys::StatementNumber statement) {
  return {{node, 1, neighbor, statement}, /*facet=*/1, /*revision=*/1};
}

TEST_F(WriteBufferTest, PackingTogetherIsAsPackingOneByOne) {
  const uint64_t seed = testing::RandomSeed();
  SCOPED_TRACE(seed);
  std::mt19937_64 random(seed);
  FaultyStore other(kv::NewMemoryStore(keys::Names().size()));
  keys::StatementNumber statement = 0;
  std::vector<keys::EdgeKey> present;
  for (int round = 0; round < 12; ++round) {
    const auto together = NewBuffer();
    const auto snapshot = other.GetSnapshot();
    WriteBuffer one_by_one(snapshot.get());
    const keys::Revision revision = round + 1;
    VersionedWriter fast(together.get(), revision);
    VersionedWriter slow(&one_by_one, revision);
    // All below some neighbour go: whole segments, and often the first of a list.
    const keys::EntityNumber lowest = random() % 2500;
    const auto below =
        std::partition(present.begin(), present.end(),
                       [&](const keys::EdgeKey& key) { return key.neighbor >= lowest; });
    for (auto gone = below; gone != present.end(); ++gone) {
      for (const kv::Keyspace keyspace : {keys::kOut, keys::kIn}) {
        ASSERT_OK(fast.DeleteEdge(keyspace, *gone));
        ASSERT_OK(slow.DeleteEdge(keyspace, *gone));
      }
    }
    present.erase(below, present.end());
    // So many at once that both keyspaces are packed side by side, every third time.
    const bool at_once = round % 3 == 2;
    for (int i = 0; i < (at_once ? 6000 : 2000); ++i) {
      // A few nodes get most of the edges, enough for many segments.
      const uint64_t node = 1 + random() % (random() % 4 == 0 ? 50 : 2);
      const uint32_t predicate = 1 + random() % 2;
      const keys::EdgeKey key{node, predicate, 1 + random() % 5000, ++statement};
      for (const kv::Keyspace keyspace : {keys::kOut, keys::kIn}) {
        fast.AddEdge(keyspace, key, 1);
        ASSERT_OK(slow.PutEdge(keyspace, key, 1));
      }
      present.push_back(key);
      // Somebody looks at segments in between.
      if (!at_once && random() % 700 == 0) {
        ASSERT_EQ(Segments(*together), Segments(one_by_one));
      }
    }
    Write(*together);
    ASSERT_OK_AND_ASSIGN(const kv::Batch batch, one_by_one.ToBatch());
    ASSERT_OK(other.Write(batch));
    for (const kv::Keyspace keyspace : {keys::kOut, keys::kIn}) {
      ASSERT_EQ(Segments(*store_.GetSnapshot(), keyspace),
                Segments(*other.GetSnapshot(), keyspace));
    }
  }
  EXPECT_GT(Segments(*store_.GetSnapshot()).size(), 60u);
}

TEST_F(WriteBufferTest, AnEdgeBelowTheFirstSegmentThatIsLeft) {
  constexpr keys::EntityNumber kNeighbors = 600;  // two segments
  const auto buffer = NewBuffer();
  for (keys::EntityNumber i = 1; i <= kNeighbors; ++i) {
    buffer->AddEdge(keys::kOut, Edge(1, 1000 + i, i));
  }
  ASSERT_EQ(Segments(*buffer).size(), 2u);
  VersionedWriter writer(buffer.get(), 2);
  keys::StatementNumber next = 1;
  while (Segments(*buffer).size() > 1) {
    ASSERT_OK(writer.DeleteEdge(keys::kOut, {1, 1, 1000 + next, next}));
    ++next;
  }
  ASSERT_LT(next, kNeighbors);
  buffer->AddEdge(keys::kOut, Edge(1, 5, 1000));
  ASSERT_OK_AND_ASSIGN(const kv::Batch batch, buffer->ToBatch());
  EXPECT_EQ(Segments(*buffer).size(), 2u);
  ASSERT_OK(writer.DeleteEdge(keys::kOut, {1, 1, 5, 1000}));
  EXPECT_EQ(Segments(*buffer).size(), 1u);
}

TEST_F(WriteBufferTest, RollBackTakesBackEdgesPackedAndNot) {
  const auto buffer = NewBuffer();
  buffer->AddEdge(keys::kOut, Edge(1, 2, 1));
  const WriteBuffer::Mark first = buffer->SetMark();
  buffer->AddEdge(keys::kOut, Edge(1, 3, 2));
  const Rows both = Segments(*buffer);  // packs
  buffer->AddEdge(keys::kOut, Edge(1, 4, 3));
  buffer->AddEdge(keys::kIn, Edge(4, 1, 3));
  buffer->RollBack(first);
  EXPECT_THAT(Segments(*buffer, keys::kIn), IsEmpty());
  const Rows one = Segments(*buffer);
  EXPECT_NE(one, both);
  EXPECT_EQ(one.size(), 1u) << "the edge from before the mark waits again";
  buffer->AddEdge(keys::kOut, Edge(1, 3, 2));
  EXPECT_EQ(Segments(*buffer), both);
}

TEST_F(WriteBufferTest, DroppedMarksLeaveWhatWasDone) {
  const auto buffer = NewBuffer();
  buffer->AddEdge(keys::kOut, Edge(1, 2, 1));
  const Rows packed = Segments(*buffer);
  buffer->DropMarks();
  const WriteBuffer::Mark mark = buffer->SetMark();
  buffer->AddEdge(keys::kOut, Edge(1, 3, 2));
  buffer->RollBack(mark);
  EXPECT_EQ(Segments(*buffer), packed);
  Write(*buffer);
  EXPECT_EQ(Segments(*store_.GetSnapshot()), packed);
}

TEST_F(WriteBufferTest, EmptyMeansThatNothingIsToBeWritten) {
  const auto buffer = NewBuffer();
  EXPECT_TRUE(buffer->empty());
  const WriteBuffer::Mark mark = buffer->SetMark();
  buffer->AddEdge(keys::kIn, Edge(1, 2, 1));
  EXPECT_FALSE(buffer->empty());
  buffer->RollBack(mark);
  EXPECT_TRUE(buffer->empty());
  buffer->Put(keys::kMeta, "key", "value");
  EXPECT_FALSE(buffer->empty());
}

TEST_F(WriteBufferTest, SegmentsThatCannotBeReadAreAnError) {
  store_.FailCursors(keys::kOut);
  const auto buffer = NewBuffer();
  buffer->AddEdge(keys::kOut, Edge(1, 2, 1));
  const auto cursor = buffer->NewCursor(keys::kOut);
  cursor->Seek("");
  EXPECT_FALSE(cursor->Valid());
  EXPECT_THAT(cursor->status(), FailsWith(v1::ERROR_REASON_STORAGE_FAILED));
  EXPECT_THAT(buffer->Get(keys::kOut, "key"), FailsWith(v1::ERROR_REASON_STORAGE_FAILED));
  EXPECT_THAT(buffer->ToBatch(), FailsWith(v1::ERROR_REASON_STORAGE_FAILED));
}

TEST_F(WriteBufferTest, DamagedSegmentsAreAnError) {
  kv::Batch batch;
  batch.Put(keys::kOut, keys::EdgeKey{1, 1, 0, 0}.Encode(), "?");
  ASSERT_OK(store_.Write(batch));
  const auto buffer = NewBuffer();
  buffer->AddEdge(keys::kOut, Edge(1, 2, 1));
  EXPECT_THAT(buffer->ToBatch(), FailsWith(v1::ERROR_REASON_STORAGE_CORRUPT));
}

TEST_F(WriteBufferTest, AnErrorOfEitherSideIsAnErrorOfBoth) {
  for (const kv::Keyspace failing : {keys::kOut, keys::kIn}) {
    store_.FailCursors(failing);
    const auto buffer = NewBuffer();
    for (keys::StatementNumber i = 1; i <= 6000; ++i) {
      buffer->AddEdge(keys::kOut, Edge(1, i, i));
      buffer->AddEdge(keys::kIn, Edge(i, 1, i));
    }
    EXPECT_THAT(buffer->ToBatch(), FailsWith(v1::ERROR_REASON_STORAGE_FAILED));
    store_.FailCursors(FaultyStore::kNone);
    ASSERT_OK_AND_ASSIGN(const kv::Batch batch, buffer->ToBatch());
    EXPECT_EQ(batch.operations().size(), 6000u + Segments(*buffer).size());
  }
}

}  // namespace
}  // namespace labgraph::graph
