#include "server/graph/edge_scan.h"

#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/graph/versioned_writer.h"
#include "server/graph/write_buffer.h"
#include "server/keys/keyspaces.h"
#include "server/kv/memory_store.h"
#include "tests/testing/random_seed.h"
#include "tests/testing/status_matchers.h"

namespace labgraph::graph {
namespace {

using testing::FailsWith;

constexpr keys::EntityNumber kNode = 7;

// The edges of a node at one revision: facet and revision by predicate, neighbour and
// statement.
using Edges = std::map<keys::EdgeKey, std::pair<keys::FacetNumber, keys::Revision>>;

class EdgeScanTest : public ::testing::Test {
 protected:
  EdgeScanTest() : store_(kv::NewMemoryStore(keys::Names().size())) {
    // Edges of other nodes, which no scan may touch.
    Commit([](VersionedWriter& writer) {
      for (const keys::EntityNumber node : {kNode - 1, kNode + 1}) {
        EXPECT_OK(writer.PutEdge(keys::kOut, {node, 1, 1, 1000 + node}, 1));
      }
    });
  }

  template <typename Write>
  void Commit(Write write) {
    const auto snapshot = store_->GetSnapshot();
    WriteBuffer buffer(snapshot.get());
    VersionedWriter writer(&buffer, ++head_);
    write(writer);
    ASSERT_OK_AND_ASSIGN(const kv::Batch batch, buffer.ToBatch());
    EXPECT_OK(store_->Write(batch));
    history_.push_back(now_);
  }

  void Put(VersionedWriter& writer, const keys::EdgeKey& key, keys::FacetNumber facet) {
    EXPECT_OK(writer.PutEdge(keys::kOut, key, facet));
    now_[key] = {facet, writer.revision()};
  }
  void Delete(VersionedWriter& writer, const keys::EdgeKey& key) {
    EXPECT_OK(writer.DeleteEdge(keys::kOut, key));
    now_.erase(key);
  }

  const Edges& Model(keys::Revision revision) const { return history_[revision - 1]; }

  // What a scan gives. Fails the test where runs are empty or out of order.
  Edges Scan(keys::Revision revision, absl::optional<schema::PredicateNumber> predicate,
             absl::optional<keys::EdgeKey> start = absl::nullopt) const {
    const auto snapshot = store_->GetSnapshot();
    EdgeScan scan(VersionedReader(snapshot.get(), revision, revision == head_),
                  keys::kOut, kNode, predicate);
    if (start.has_value()) scan.StartAt(*start);
    Edges edges;
    while (scan.NextRun()) {
      EXPECT_FALSE(scan.edges().empty());
      for (const keys::Edge& edge : scan.edges()) {
        const keys::EdgeKey key{kNode, scan.predicate(), edge.neighbor, edge.statement};
        EXPECT_TRUE(edges.empty() || edges.rbegin()->first < key)
            << "out of order or twice";
        edges[key] = {edge.facet, edge.revision};
      }
    }
    EXPECT_OK(scan.status());
    return edges;
  }

  size_t SegmentCount() const {
    const auto snapshot = store_->GetSnapshot();
    size_t count = 0;
    const auto cursor = snapshot->NewCursor(keys::kOut);
    for (cursor->Seek(keys::EdgePrefix(kNode));
         cursor->Valid() && cursor->key() < keys::EdgePrefix(kNode + 1); cursor->Next()) {
      std::vector<keys::Edge> edges;
      EXPECT_TRUE(keys::DecodeSegment(cursor->value(), &edges));
      EXPECT_FALSE(edges.empty());
      EXPECT_LE(edges.size(), keys::kSegmentEdges);
      ++count;
    }
    return count;
  }

  std::unique_ptr<kv::Store> store_;
  keys::Revision head_ = 0;
  Edges now_;
  std::vector<Edges> history_;  // by revision, from 1
};

TEST_F(EdgeScanTest, ASegmentSplitsWhenItGrowsTooLarge) {
  const auto put = [&](uint64_t count) {
    Commit([&](VersionedWriter& writer) {
      for (uint64_t i = now_.size(); i < count; ++i)
        Put(writer, {kNode, 1, i + 1, i + 1}, 1);
    });
  };
  put(keys::kSegmentEdges);
  EXPECT_EQ(SegmentCount(), 1u);
  put(keys::kSegmentEdges + 1);
  EXPECT_EQ(SegmentCount(), 2u);
  for (keys::Revision revision = 1; revision <= head_; ++revision) {
    EXPECT_EQ(Scan(revision, 1), Model(revision));
  }
}

TEST_F(EdgeScanTest, ManyStatementsWithOneNeighbourSplitToo) {
  Commit([&](VersionedWriter& writer) {
    for (uint64_t i = 1; i <= 2 * keys::kSegmentEdges; ++i)
      Put(writer, {kNode, 1, 5, i}, 1);
  });
  EXPECT_GE(SegmentCount(), 2u);
  EXPECT_EQ(Scan(head_, absl::nullopt), Model(head_));
  const keys::EdgeKey start{kNode, 1, 5, keys::kSegmentEdges};
  EXPECT_EQ(Scan(head_, 1, start).begin()->first, start);
}

TEST_F(EdgeScanTest, AnEmptiedNodeKeepsItsPast) {
  Commit([&](VersionedWriter& writer) {
    for (uint64_t i = 1; i <= 600; ++i) Put(writer, {kNode, 1, i, i}, 1);
  });
  Commit([&](VersionedWriter& writer) {
    for (uint64_t i = 1; i <= 600; ++i) Delete(writer, {kNode, 1, i, i});
  });
  EXPECT_EQ(SegmentCount(), 0u);
  EXPECT_EQ(Scan(head_, absl::nullopt), Edges());
  EXPECT_EQ(Scan(head_ - 1, absl::nullopt).size(), 600u);
}

TEST_F(EdgeScanTest, ARevisionThatUndoesItsOwnEdgeLeavesNoTrace) {
  Commit([&](VersionedWriter& writer) {
    Put(writer, {kNode, 1, 5, 5}, 1);
    Put(writer, {kNode, 1, 5, 5}, 2);
    Put(writer, {kNode, 1, 6, 6}, 1);
    Delete(writer, {kNode, 1, 6, 6});
    Delete(writer, {kNode, 1, 9, 9});  // was never there
  });
  Commit([](VersionedWriter&) {});
  EXPECT_EQ(Scan(head_ - 1, 1), (Edges{{{kNode, 1, 5, 5}, {2, head_ - 1}}}));
  EXPECT_EQ(Scan(head_, 1), Scan(head_ - 1, 1));
}

// Random edges of a few predicates, so many that segments split, against a copy of each
// revision: whole scans, scans of one predicate, and scans from somewhere.
TEST_F(EdgeScanTest, AgreesWithANaiveHistory) {
  const uint64_t seed = testing::RandomSeed();
  SCOPED_TRACE(absl::StrCat("LABGRAPH_SEED=", seed));
  std::mt19937_64 random(seed);
  const auto random_key = [&] {
    return keys::EdgeKey{kNode, static_cast<uint32_t>(1 + random() % 3),
                         1 + random() % 200, 1 + random() % 10};
  };
  for (int i = 0; i < 80; ++i) {
    Commit([&](VersionedWriter& writer) {
      for (uint64_t n = random() % 150; n > 0; --n) {
        const keys::EdgeKey key = random_key();
        if (random() % 4 == 0) {
          Delete(writer, key);
        } else {
          Put(writer, key, static_cast<keys::FacetNumber>(1 + random() % 5));
        }
      }
    });
  }
  EXPECT_GT(SegmentCount(), 3u);
  for (keys::Revision revision = 1; revision <= head_; ++revision) {
    SCOPED_TRACE(absl::StrCat("revision ", revision));
    const Edges& all = Model(revision);
    EXPECT_EQ(Scan(revision, absl::nullopt), all);
    const uint32_t predicate = 1 + random() % 4;
    const auto of_predicate = [&](uint64_t neighbor, uint64_t statement) {
      return Edges(all.lower_bound({kNode, predicate, neighbor, statement}),
                   all.lower_bound({kNode, predicate + 1, 0, 0}));
    };
    EXPECT_EQ(Scan(revision, predicate), of_predicate(0, 0));
    for (int i = 0; i < 5; ++i) {
      keys::EdgeKey start = random_key();
      EXPECT_EQ(Scan(revision, absl::nullopt, start),
                Edges(all.lower_bound(start), all.end()));
      start.predicate = predicate;
      EXPECT_EQ(Scan(revision, predicate, start),
                of_predicate(start.neighbor, start.statement));
    }
  }
}

TEST_F(EdgeScanTest, DamageIsAnError) {
  kv::Batch batch;
  batch.Put(keys::kOut, keys::EdgeKey{kNode, 1, 0, 0}.Encode(), "\x05 no segment");
  ASSERT_OK(store_->Write(batch));
  const auto snapshot = store_->GetSnapshot();
  EdgeScan scan(VersionedReader(snapshot.get(), head_, true), keys::kOut, kNode,
                absl::nullopt);
  EXPECT_FALSE(scan.NextRun());
  EXPECT_THAT(scan.status(), FailsWith(v1::ERROR_REASON_STORAGE_CORRUPT));
  EXPECT_FALSE(scan.NextRun());
}

}  // namespace
}  // namespace labgraph::graph
