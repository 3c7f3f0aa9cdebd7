#include "server/adjacency/reader.h"

#include <atomic>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/adjacency/warmer.h"
#include "tests/testing/random_seed.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_graph.h"

namespace labgraph::adjacency {
namespace {

using graph::EdgeDirection;
using ::testing::IsEmpty;

constexpr char kSchema[] = R"(
  kinds { name: "node" }
  predicates { name: "to" }
  predicates { name: "via" }
)";
constexpr size_t kBudget = 64 << 20;

// An edge with its predicate.
struct NamedEdge {
  schema::PredicateNumber predicate;
  graph::Neighbor neighbor;
  keys::StatementNumber statement;
  keys::FacetNumber facet;
  friend bool operator==(const NamedEdge&, const NamedEdge&) = default;
};

std::vector<NamedEdge> Stored(const graph::View& view, EdgeDirection direction,
                              keys::EntityNumber node) {
  std::vector<NamedEdge> edges;
  graph::EdgeScan scan = view.records().Edges(direction, node);
  while (scan.NextRun()) {
    for (const keys::Edge& edge : scan.edges()) {
      edges.push_back({scan.predicate(), static_cast<graph::Neighbor>(edge.neighbor),
                       edge.statement, edge.facet});
    }
  }
  EXPECT_OK(scan.status());
  return edges;
}

std::vector<NamedEdge> InBlock(const EdgeBlock& block) {
  std::vector<NamedEdge> edges;
  for (const EdgeBlock::Group& group : block.groups()) {
    const graph::EdgeRun run = block.Run(group);
    for (size_t i = 0; i < run.size; ++i) {
      edges.push_back(
          {run.predicate, run.neighbors[i], run.statements[i], run.FacetAt(i)});
    }
  }
  EXPECT_EQ(edges.size(), block.edges());
  return edges;
}

Warmed Warm(Cache& cache, Warmer::OpenView open) {
  Warmed how = Warmed::kFailed;
  std::atomic<bool> done = false;
  Warmer warmer(&cache, std::move(open), [&](Warmed warmed) {
    how = warmed;
    done = true;
    done.notify_all();
  });
  done.wait(false);
  return how;
}

class ReaderTest : public ::testing::Test {
 protected:
  ReaderTest() {
    graph_.PutEntities({"node/a", "node/b", "node/c"});
    graph_.Do(R"(put_statement { id: "ab" subject: "node/a" predicate: "to"
                                 object: "node/b" })");
    graph_.Do(R"(put_statement { id: "ac" subject: "node/a" predicate: "via"
                                 object: "node/c" rank: RANK_PREFERRED })");
    graph_.Do(R"(put_statement { id: "ac2" subject: "node/a" predicate: "via"
                                 object: "node/c" })");
  }

  keys::EntityNumber Number(absl::string_view id) {
    return *graph_.Read()->records().ResolveEntity(id, "id");
  }

  Cache cache_{kBudget};
  testing::TestGraph graph_{kSchema, nullptr, &cache_};
};

TEST_F(ReaderTest, ABlockHoldsTheEdgesOfTheStore) {
  const auto view = graph_.Read();
  Reader reader(&cache_, &view->records());
  for (const absl::string_view id : {"node/a", "node/b", "node/c"}) {
    for (const EdgeDirection direction : {EdgeDirection::kOut, EdgeDirection::kIn}) {
      const auto block = reader.Edges(direction, Number(id));
      ASSERT_OK(block);
      EXPECT_EQ(InBlock(**block), Stored(*view, direction, Number(id)));
    }
  }
}

TEST_F(ReaderTest, TheSecondReadIsTheSameBlock) {
  const auto view = graph_.Read();
  Reader reader(&cache_, &view->records());
  const EdgeBlock* const first = *reader.Edges(EdgeDirection::kOut, Number("node/a"));
  Reader other(&cache_, &view->records());
  EXPECT_EQ(*other.Edges(EdgeDirection::kOut, Number("node/a")), first);
}

TEST_F(ReaderTest, AnEarlierRevisionIsReadFromTheStore) {
  const auto view = graph_.Read();
  Reader reader(&cache_, &view->records());
  ASSERT_OK(reader.Edges(EdgeDirection::kOut, Number("node/a")));
  const auto before = graph_.Read("revision: 3");
  Reader earlier(&cache_, &before->records());
  const auto block = earlier.Edges(EdgeDirection::kOut, Number("node/a"));
  ASSERT_OK(block);
  EXPECT_EQ((*block)->edges(), 1u);
}

TEST_F(ReaderTest, AWriteIsSeenByReadersAfterItAndNotByThoseBefore) {
  const auto before = graph_.Read();
  Reader earlier(&cache_, &before->records());
  ASSERT_EQ((*earlier.Edges(EdgeDirection::kOut, Number("node/a")))->edges(), 3u);
  graph_.Do(R"(retract_statement { id: "ab" })");
  const auto after = graph_.Read();
  Reader later(&cache_, &after->records());
  EXPECT_EQ((*later.Edges(EdgeDirection::kOut, Number("node/a")))->edges(), 2u);
  EXPECT_EQ((*earlier.Edges(EdgeDirection::kOut, Number("node/a")))->edges(), 3u);
}

TEST_F(ReaderTest, CardsTellKindIdAndVisibility) {
  const auto view = graph_.Read();
  for (Cache* cache : {&cache_, static_cast<Cache*>(nullptr)}) {
    Reader reader(cache, &view->records());
    for (int i = 0; i < 2; ++i) {
      const auto card = reader.Card(Number("node/b"));
      ASSERT_OK(card);
      ASSERT_TRUE(card->has_value());
      EXPECT_EQ((*card)->id, "node/b");
      EXPECT_EQ((*card)->visibility, "public");
      EXPECT_EQ((*card)->kind, view->ontology().FindKind("node")->number);
    }
    EXPECT_FALSE(reader.Card(999)->has_value());
  }
}

TEST_F(ReaderTest, AChangedVisibilityIsOnTheNextCard) {
  const auto view = graph_.Read();
  ASSERT_OK(Reader(&cache_, &view->records()).Card(Number("node/b")));
  graph_.Do(R"(put_entity { id: "node/b" visibility: "politie" })");
  const auto after = graph_.Read();
  Reader reader(&cache_, &after->records());
  EXPECT_EQ((*reader.Card(Number("node/b")))->visibility, "politie");
}

TEST_F(ReaderTest, WithoutACacheEdgesAreLeftToTheStore) {
  const auto view = graph_.Read();
  Reader reader(nullptr, &view->records());
  const auto block = reader.Edges(EdgeDirection::kOut, Number("node/a"));
  ASSERT_OK(block);
  EXPECT_EQ(*block, nullptr);
}

TEST_F(ReaderTest, TheWarmerBringsInEveryEntity) {
  EXPECT_EQ(Warm(cache_, [&] { return graph_.Read(); }), Warmed::kAll);
  EXPECT_EQ(cache_.stats().entries, 9u);  // three parts of three entities
}

// The cache makes room before it is seen full: the warmer went on to the end and dropped
// what it had brought in.
TEST_F(ReaderTest, TheWarmerEndsWhereTheCacheMakesRoom) {
  v1::CommitRequest entities;
  for (int i = 0; i < 2000; ++i) {
    entities.add_mutations()->mutable_put_entity()->set_id(absl::StrCat("node/n", i));
  }
  ASSERT_OK(graph_.graph().Commit(entities));
  Cache small(size_t{16} << 10);
  EXPECT_EQ(Warm(small, [&] { return graph_.Read(); }), Warmed::kFull);
  const Cache::Stats stats = small.stats();
  EXPECT_LT(stats.evicted, stats.entries);
}

TEST_F(ReaderTest, AWarmerThatCannotReadSaysSo) {
  EXPECT_EQ(Warm(cache_, [] { return nullptr; }), Warmed::kFailed);
}

// Random commits in one thread; in others, readers that compare memory with the store at
// their own revision.
class ConcurrentTest : public ::testing::TestWithParam<size_t> {};

void Write(testing::TestGraph& graph, std::mt19937_64& random, int nodes) {
  v1::CommitRequest request;
  const auto id = [&] { return absl::StrCat("node/n", random() % nodes); };
  for (int i = 0; i < 4; ++i) {
    const std::string statement = absl::StrCat("e", random() % 500, "-", i);
    if (random() % 3 == 0) {
      request.add_mutations()->mutable_retract_statement()->set_id(statement);
      continue;
    }
    v1::Statement* put = request.add_mutations()->mutable_put_statement();
    put->set_id(statement);
    // The ends follow from the id, so that a put of it again only changes its facet.
    put->set_subject(absl::StrCat("node/n", std::hash<std::string>()(statement) % nodes));
    put->set_object(
        absl::StrCat("node/n", std::hash<std::string>()(statement) / 7 % nodes));
    put->set_predicate(i % 2 == 0 ? "to" : "via");
    if (random() % 2 == 0) put->set_rank(v1::RANK_PREFERRED);
  }
  v1::Entity* entity = request.add_mutations()->mutable_put_entity();
  entity->set_id(id());
  entity->set_visibility(random() % 2 == 0 ? "public" : "politie");
  ASSERT_OK(graph.graph().Commit(request));
}

// Whether memory and store agree about `node`, as far as they are read.
::testing::AssertionResult Agree(Reader& reader, const graph::View& view,
                                 keys::EntityNumber node) {
  for (const EdgeDirection direction : {EdgeDirection::kOut, EdgeDirection::kIn}) {
    const auto block = reader.Edges(direction, node);
    if (!block.ok()) return ::testing::AssertionFailure() << block.status();
    if (InBlock(**block) != Stored(view, direction, node)) {
      return ::testing::AssertionFailure()
             << "edges of " << node << " differ at revision " << view.revision();
    }
  }
  const auto card = reader.Card(node);
  const auto record = view.records().ReadEntity(node);
  if (!card.ok() || !record.ok()) return ::testing::AssertionFailure() << card.status();
  if (card->has_value() != record->has_value() ||
      (card->has_value() && (*card)->visibility != (*record)->entity.visibility())) {
    return ::testing::AssertionFailure()
           << "card of " << node << " differs at revision " << view.revision();
  }
  return ::testing::AssertionSuccess();
}

TEST_P(ConcurrentTest, MemoryAgreesWithTheStoreWhileCommitsGoOn) {
  constexpr int kNodes = 40;
  constexpr int kCommits = 400;
  const uint64_t seed = testing::RandomSeed();
  SCOPED_TRACE(absl::StrCat("LABGRAPH_SEED=", seed));
  Cache cache(GetParam());
  testing::TestGraph graph(kSchema, nullptr, &cache);
  v1::CommitRequest entities;
  for (int i = 0; i < kNodes; ++i) {
    entities.add_mutations()->mutable_put_entity()->set_id(absl::StrCat("node/n", i));
  }
  ASSERT_OK(graph.graph().Commit(entities));

  std::atomic<bool> done = false;
  std::vector<std::string> failures[3];
  std::vector<std::thread> readers;
  for (size_t t = 0; t < std::size(failures); ++t) {
    readers.emplace_back([&, t] {
      std::mt19937_64 random(seed + 1 + t);
      while (!done && failures[t].empty()) {
        v1::ReadOptions options;
        const uint64_t head = graph.head();
        if (t == 2) options.set_revision(2 + random() % (head - 1));
        const auto view = *graph.graph().Read(options, graph::ReadFilter::Mode::kList);
        Reader reader(&cache, &view->records());
        for (int i = 0; i < kNodes; ++i) {
          const auto agree = Agree(reader, *view, 1 + random() % kNodes);
          if (!agree) failures[t].push_back(agree.message());
        }
      }
    });
  }
  std::mt19937_64 random(seed);
  for (int i = 0; i < kCommits; ++i) Write(graph, random, kNodes);
  done = true;
  for (std::thread& reader : readers) reader.join();
  for (const auto& failed : failures) EXPECT_THAT(failed, IsEmpty());
}

// All fits, and next to nothing does.
INSTANTIATE_TEST_SUITE_P(Budgets, ConcurrentTest,
                         ::testing::Values(kBudget, size_t{16} << 10));

}  // namespace
}  // namespace labgraph::adjacency
