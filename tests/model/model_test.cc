// The graph against a naive model: random commits, every way of reading compared at the
// newest and at earlier revisions, and lists read page by page while commits go on; over
// stores in memory and on disk, which are opened anew in between.

#include "tests/model/model.h"

#include <algorithm>
#include <deque>
#include <filesystem>
#include <iostream>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/keys/keyspaces.h"
#include "server/keys/rows.h"
#include "server/kv/memory_store.h"
#include "server/kv/rocksdb_store.h"
#include "tests/model/comparison.h"
#include "tests/model/generator.h"
#include "tests/model/page_walk.h"
#include "tests/testing/effort.h"
#include "tests/testing/random_seed.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_graph.h"

namespace labgraph::model {
namespace {

using testing::Effort;
using ::testing::IsEmpty;
using testing::TestGraph;

// One row for each name and alias.
class NameRows final : public graph::EntityIndex {
 public:
  std::set<std::string> Keys(keys::EntityNumber number,
                             const v1::Entity& entity) const override {
    std::set<std::string> keys;
    for (const auto& [lang, name] : entity.names())
      keys.insert(keys::TextKey(name, number));
    for (const v1::Alias& alias : entity.aliases()) {
      keys.insert(keys::TextKey(alias.text(), number));
    }
    return keys;
  }
};

// What was done, for the record.
struct Tally {
  size_t stores = 0;
  size_t commits = 0;
  size_t mutations = 0;
  size_t reads = 0;
  size_t pages = 0;
  size_t openings = 0;  // after the first of each store
  size_t compactions = 0;
};

// A backend, and how a run on it goes. The model copies itself with every revision, so
// there are many stores with a few thousand each.
struct Backend {
  const char* name;
  int stores;
  int soak_stores;
  int commits;  // to each store
  int commits_between_openings;
};

// One store and its model, from the first commit to the last.
class StoreRun {
 public:
  StoreRun(const Backend& backend, uint64_t seed, Tally* tally)
      : backend_(backend),
        in_memory_(absl::string_view(backend.name) == "Memory"),
        generator_(seed),
        directory_(absl::StrCat(::testing::TempDir(), "/model-", seed)),
        tally_(*tally) {
    graph_ = std::make_unique<TestGraph>(NewStore(), SchemaText(), &index_);
  }
  ~StoreRun() {
    graph_.reset();
    std::filesystem::remove_all(directory_);
  }

  void Go() {
    constexpr int kCommitsBetweenComparisons = 40;
    constexpr int kCommitsBetweenCompactions = 300;
    ++tally_.stores;
    for (int i = 1; i <= backend_.commits; ++i) {
      Commit();
      if (i % backend_.commits_between_openings == 0) OpenAnew();
      if (i % kCommitsBetweenComparisons == 0) {
        const uint64_t oldest = std::max<uint64_t>(model_.oldest(), 1);
        Compare(model_.head());
        Compare(oldest + generator_.Below(model_.head() - oldest + 1));
      }
      if (i % kCommitsBetweenCompactions == 0) CompactHistory();
      ReadPages();
      if (::testing::Test::HasFailure()) return;  // what follows would only repeat it
    }
    CheckEnd();
  }

 private:
  std::unique_ptr<kv::Store> NewStore() {
    if (in_memory_) return kv::NewMemoryStore(keys::Names().size());
    kv::RocksDbOptions options;
    options.path = directory_;
    auto store = kv::OpenRocksDb(options, keys::Names());
    EXPECT_OK(store);
    return *std::move(store);
  }

  // Closes graph and store and opens both; the store in memory stays.
  void OpenAnew() {
    ++tally_.openings;
    if (in_memory_) return graph_->Reopen();
    graph_.reset();
    graph_ = std::make_unique<TestGraph>(NewStore(), "", &index_);
  }

  void Commit() {
    const v1::CommitRequest request =
        generator_.NextCommit(model_.At(model_.head()), model_.head());
    const Expected expected = model_.Commit(request);
    const auto response = graph_->graph().Commit(request);
    ++tally_.commits;
    tally_.mutations += static_cast<size_t>(request.mutations_size());
    if (expected.reason != v1::ERROR_REASON_UNSPECIFIED) {
      EXPECT_EQ(ReasonOf(response.status()), expected.reason) << response.status() << "\n"
                                                              << request.DebugString();
      EXPECT_THAT(FieldOf(response.status()), ::testing::StartsWith(expected.failed));
      return;
    }
    ASSERT_OK(response) << request.DebugString();
    EXPECT_EQ(response->revision(), model_.head());
    for (size_t i = 0; i < expected.outcomes.size(); ++i) {
      EXPECT_EQ(response->results(static_cast<int>(i)).outcome(), expected.outcomes[i])
          << request.mutations(static_cast<int>(i)).DebugString();
    }
  }

  // Forgets a part of what there is, at most all but the newest.
  void CompactHistory() {
    const uint64_t kept = model_.head() - model_.oldest();
    const uint64_t oldest = model_.oldest() + 1 + generator_.Below(kept);
    ASSERT_OK_AND_ASSIGN(const auto response, graph_->graph().CompactHistory(oldest));
    model_.CompactHistory(oldest);
    EXPECT_EQ(response.oldest_revision(), oldest);
    v1::ReadOptions before;
    before.set_revision(oldest - 1);
    if (oldest == 1) return;  // 0 is the newest
    EXPECT_THAT(graph_->graph().Read(before, graph::ReadFilter::Mode::kList),
                testing::FailsWith(v1::ERROR_REASON_REVISION_COMPACTED));
    ++tally_.compactions;
  }

  void Compare(uint64_t revision) {
    SCOPED_TRACE(absl::StrCat("revision ", revision, " of ", model_.head()));
    Comparison comparison(*graph_, model_.At(revision), revision);
    comparison.Entities();
    comparison.Statements();
    comparison.Neighbors();
    comparison.Sources();
    comparison.ValidAt(generator_.RandomDay());
    tally_.reads += comparison.reads();
  }

  // Begins a list now and then, and reads on in the one that waits longest.
  void ReadPages() {
    constexpr size_t kListsAtOnce = 4;
    if (lists_.size() < kListsAtOnce && generator_.Below(4) == 0) {
      // Its first page is of the revision that it was chosen for.
      lists_.push_front(std::make_unique<PageWalk>(model_, generator_));
    } else if (lists_.empty() || generator_.Below(2) == 0) {
      return;
    }
    std::unique_ptr<PageWalk> list = std::move(lists_.front());
    lists_.pop_front();
    ++tally_.pages;
    if (list->ReadPage(graph_->graph())) lists_.push_back(std::move(list));
  }

  void CheckEnd() {
    EXPECT_EQ(graph_->head(), model_.head());
    EXPECT_EQ(graph_->graph().head()->state.statements,
              model_.At(model_.head()).statements.size());
    EXPECT_THAT(graph_->Verify(), IsEmpty());
  }

  const Backend& backend_;
  const bool in_memory_;
  Generator generator_;
  Model model_;
  NameRows index_;
  const std::string directory_;
  Tally& tally_;
  std::unique_ptr<TestGraph> graph_;
  std::deque<std::unique_ptr<PageWalk>> lists_;  // the one that waits longest first
};

class ModelTest : public ::testing::TestWithParam<Backend> {};

TEST_P(ModelTest, AgreesWithTheGraph) {
  const uint64_t seed = testing::RandomSeed();
  RecordProperty("seed", absl::StrCat(seed));
  std::cout << "LABGRAPH_SEED=" << seed << std::endl;
  const Backend& backend = GetParam();
  const int stores = Effort(backend.stores, backend.soak_stores);
  Tally tally;
  for (int i = 0; i < stores && !HasFailure(); ++i) {
    // Each store's own seed makes it the first of another run.
    SCOPED_TRACE(absl::StrCat("LABGRAPH_SEED=", seed + i));
    StoreRun(backend, seed + i, &tally).Go();
  }
  std::cout << tally.mutations << " mutations in " << tally.commits << " commits to "
            << tally.stores << " stores, opened anew " << tally.openings
            << " times, their history compacted " << tally.compactions << " times; "
            << tally.reads << " reads and " << tally.pages << " pages compared"
            << std::endl;
}

// Of 2.5 mutations a commit: 200,000 in all, and 10 million in a soak.
INSTANTIATE_TEST_SUITE_P(Backends, ModelTest,
                         ::testing::Values(Backend{"Memory", 36, 1800, 2000, 500},
                                           Backend{"RocksDb", 8, 400, 1000, 100}),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace labgraph::model
