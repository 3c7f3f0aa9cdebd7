#include "server/graph/committer.h"

#include <atomic>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/barrier.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/base/limits.h"
#include "server/keys/keys.h"
#include "server/keys/keyspaces.h"
#include "server/kv/memory_store.h"
#include "tests/testing/faulty_store.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_graph.h"
#include "tests/unit/graph/crime_schema.h"

namespace labgraph::graph {
namespace {

using ::testing::Each;
using testing::FailsWith;
using testing::FaultyStore;
using ::testing::IsEmpty;
using testing::TestGraph;

constexpr int kThreads = 16;

// Runs `work(thread)` on all threads at once.
template <typename Work>
void RunTogether(Work work) {
  auto* barrier = new absl::Barrier(kThreads);
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&work, barrier, thread] {
      if (barrier->Block()) delete barrier;
      work(thread);
    });
  }
  for (std::thread& thread : threads) thread.join();
}

std::unique_ptr<FaultyStore> NewStore() {
  return std::make_unique<FaultyStore>(kv::NewMemoryStore(keys::Names().size()));
}

TEST(CommitterTest, CommitsOfManyThreadsAreOneSequence) {
  constexpr int kCommits = 30;
  std::unique_ptr<FaultyStore> owned = NewStore();
  TestGraph graph(std::move(owned), kCrimeSchema);
  graph.PutEntities({"lab/hub"});
  const uint64_t before = graph.head();
  absl::Mutex mu;
  std::map<uint64_t, std::string> made;  // statement by the revision that made it
  RunTogether([&](int thread) {
    for (int i = 0; i < kCommits; ++i) {
      const std::string id = absl::StrCat("t", thread, "-", i);
      const std::string lab = absl::StrCat("lab/", id);
      // Every fourth one is wrong, in the midst of the others.
      const bool wrong = i % 4 == 3;
      const auto response = graph.Commit(absl::StrCat(
          "mutations { put_entity { id: '", lab,
          "' } } mutations { put_statement { id: '", id, "' subject: '", lab,
          "' predicate: 'part_of' object: '", wrong ? "lab/none" : "lab/hub", "' } }"));
      if (wrong) {
        EXPECT_THAT(response, FailsWith(v1::ERROR_REASON_REFERENCE_NOT_FOUND));
        continue;
      }
      ASSERT_OK(response);
      EXPECT_EQ(response->results_size(), 2);
      EXPECT_EQ(response->results(1).outcome(), v1::OUTCOME_CREATED);
      EXPECT_GE(graph.head(), response->revision())
          << "acknowledged before it can be read";
      absl::MutexLock lock(&mu);
      EXPECT_TRUE(made.emplace(response->revision(), id).second)
          << "a revision given twice";
    }
  });
  const size_t good = kThreads * (kCommits - kCommits / 4);
  EXPECT_EQ(made.size(), good);
  EXPECT_EQ(graph.head(), before + good) << "revisions leave no gap";
  for (const auto& [revision, id] : made) {
    EXPECT_EQ(graph.Statement(id).created_revision(), revision);
  }
  EXPECT_THAT(graph.Verify(), IsEmpty());
}

// Commits that begin while a write is held, and what became of them.
class WaitingCommits {
 public:
  WaitingCommits(TestGraph* graph, FaultyStore* store) : graph_(*graph), store_(*store) {
    store_.HoldWrites(true);
    Start("lab/held");
    store_.AwaitHeldWrite();
  }

  void Start(absl::string_view entity) {
    v1::CommitRequest& request = requests_.emplace_back();
    request.add_mutations()->mutable_put_entity()->set_id(std::string(entity));
    Start(&request);
  }
  // The request must outlive this.
  void Start(v1::CommitRequest* request) {
    ++begun_;
    graph_.graph().StartCommit(request, &responses_.emplace_back(),
                               [this](const absl::Status& status) {
                                 absl::MutexLock lock(&mu_);
                                 statuses_.push_back(status);
                               });
  }

  // What became of all, in the order in which they ended.
  std::vector<absl::Status> Release() {
    store_.HoldWrites(false);
    absl::MutexLock lock(&mu_);
    mu_.Await(absl::Condition(
        +[](WaitingCommits* self) ABSL_EXCLUSIVE_LOCKS_REQUIRED(self->mu_) {
          return self->statuses_.size() == self->begun_;
        },
        this));
    return statuses_;
  }

  const v1::CommitResponse& last_response() const { return responses_.back(); }

 private:
  TestGraph& graph_;
  FaultyStore& store_;
  std::deque<v1::CommitRequest> requests_;
  std::deque<v1::CommitResponse> responses_;
  size_t begun_ = 0;
  absl::Mutex mu_;
  std::vector<absl::Status> statuses_ ABSL_GUARDED_BY(mu_);
};

TEST(CommitterTest, CommitsThatWaitTogetherShareAWrite) {
  std::unique_ptr<FaultyStore> owned = NewStore();
  FaultyStore* store = owned.get();
  TestGraph graph(std::move(owned), kCrimeSchema);
  const int before = store->writes();
  WaitingCommits commits(&graph, store);
  for (int i = 0; i < kThreads; ++i) commits.Start(absl::StrCat("lab/r", i));
  EXPECT_THAT(
      commits.Release(),
      Each(::testing::ResultOf([](const absl::Status& s) { return s.ok(); }, true)));
  EXPECT_EQ(store->writes() - before, 2);
  EXPECT_EQ(commits.last_response().revision(), graph.head());
}

TEST(CommitterTest, NoMoreThanItsLimitWait) {
  std::unique_ptr<FaultyStore> owned = NewStore();
  FaultyStore* store = owned.get();
  TestGraph graph(std::move(owned), kCrimeSchema);
  WaitingCommits commits(&graph, store);
  for (uint64_t i = 0; i < limits::kCommits.value; ++i) commits.Start("lab/a");
  commits.Start("lab/refused");
  const std::vector<absl::Status> ended = commits.Release();
  EXPECT_THAT(ended.front(), FailsWith(v1::ERROR_REASON_BUSY));
  for (size_t i = 1; i < ended.size(); ++i) EXPECT_OK(ended[i]);
  EXPECT_EQ(graph.Entity("lab/a").id(), "lab/a");
  EXPECT_EQ(graph.Entity("lab/refused").id(), "");
  graph.PutEntities({"lab/later"});
}

// A request that takes `bytes` of memory, all but one mutation's of it as room for more.
v1::CommitRequest LargeRequest(absl::string_view entity, size_t bytes) {
  v1::Mutation mutation;
  mutation.mutable_put_entity()->set_id(std::string(entity));
  v1::CommitRequest request;
  // A pointer for each mutation, and the header of the list of them.
  const size_t taken = request.SpaceUsedLong() + mutation.SpaceUsedLong() + sizeof(void*);
  request.mutable_mutations()->Reserve(static_cast<int>((bytes - taken) / sizeof(void*)));
  *request.add_mutations() = mutation;
  EXPECT_LE(request.SpaceUsedLong(), bytes);
  EXPECT_GT(request.SpaceUsedLong(), bytes - 64);
  return request;
}

TEST(CommitterTest, NoMoreBytesThanItsLimitWait) {
  constexpr size_t kHalf = Committer::kMaxWaitingBytes / 2;
  v1::CommitRequest half = LargeRequest("lab/half", kHalf);
  v1::CommitRequest rest = LargeRequest("lab/rest", kHalf - 4096);  // and "lab/held"
  v1::CommitRequest above = LargeRequest("lab/above", 8192);
  v1::CommitRequest alone =
      LargeRequest("lab/alone", Committer::kMaxWaitingBytes + (size_t{1} << 20));
  std::unique_ptr<FaultyStore> owned = NewStore();
  FaultyStore* store = owned.get();
  TestGraph graph(std::move(owned), kCrimeSchema);
  {
    WaitingCommits commits(&graph, store);
    commits.Start(&half);
    commits.Start(&rest);
    commits.Start(&above);
    const std::vector<absl::Status> ended = commits.Release();
    EXPECT_THAT(ended.front(), FailsWith(v1::ERROR_REASON_BUSY));
    for (size_t i = 1; i < ended.size(); ++i) EXPECT_OK(ended[i]);
  }
  EXPECT_EQ(graph.Entity("lab/rest").id(), "lab/rest");
  EXPECT_EQ(graph.Entity("lab/above").id(), "");
  EXPECT_OK(graph.graph().Commit(above)) << "there is room again";
  EXPECT_OK(graph.graph().Commit(alone)) << "one alone may be larger";
}

TEST(CommitterTest, ARetryInTheSameGroupIsAnsweredToo) {
  TestGraph graph(kCrimeSchema);
  std::atomic<int> replayed = 0;
  RunTogether([&](int) {
    const auto response =
        graph.Commit("mutations { put_entity { id: 'lab/a' } } request_id: 'same'");
    ASSERT_OK(response);
    EXPECT_EQ(response->revision(), 2u);
    EXPECT_EQ(response->results(0).outcome(), v1::OUTCOME_CREATED);
    if (response->replayed()) ++replayed;
  });
  EXPECT_EQ(replayed, kThreads - 1);
}

TEST(CommitterTest, ReadersSeeWholeCommits) {
  TestGraph graph(kCrimeSchema);
  graph.PutEntities({"lab/hub"});
  std::atomic<bool> done = false;
  std::thread reader([&] {
    while (!done) {
      const std::unique_ptr<View> view = graph.Read();
      // Each commit makes an entity and its statement.
      EXPECT_EQ(view->head().state.entities, view->head().state.statements + 1);
      EdgeScan scan = view->records().Edges(
          EdgeDirection::kIn, view->records().ResolveEntity("lab/hub", "").value());
      uint64_t edges = 0;
      while (scan.NextRun()) edges += scan.edges().size();
      EXPECT_OK(scan.status());
      EXPECT_EQ(edges, view->head().state.statements);
    }
  });
  for (int i = 0; i < 100; ++i) {
    ASSERT_OK(
        graph.Commit(absl::StrCat("mutations { put_entity { id: 'lab/l", i,
                                  "' } } mutations { put_statement { subject: ", "'lab/l",
                                  i, "' predicate: 'part_of' object: 'lab/hub' } }")));
  }
  done = true;
  reader.join();
}

// --- A store that fails -------------------------------------------------------

class FailingStoreTest : public ::testing::Test {
 protected:
  FailingStoreTest() : store_(new FaultyStore(kv::NewMemoryStore(keys::Names().size()))) {
    graph_ =
        std::make_unique<TestGraph>(std::unique_ptr<kv::Store>(store_), kCrimeSchema);
    graph_->PutEntities({"lab/a"});
  }

  FaultyStore* const store_;  // owned by graph_
  std::unique_ptr<TestGraph> graph_;
};

TEST_F(FailingStoreTest, AFailedWriteAcknowledgesNothingAndEndsWriting) {
  store_->FailWrites(true);
  RunTogether([&](int thread) {
    EXPECT_THAT(graph_->Commit(
                    absl::StrCat("mutations { put_entity { id: 'lab/x", thread, "' } }")),
                FailsWith(v1::ERROR_REASON_STORAGE_FAILED));
  });
  EXPECT_EQ(graph_->head(), 2u);
  EXPECT_EQ(graph_->Entity("lab/x0").id(), "");
  store_->FailWrites(false);
  EXPECT_THAT(graph_->Commit("mutations { put_entity { id: 'lab/b' } }"),
              FailsWith(v1::ERROR_REASON_STORAGE_FAILED))
      << "what the failed write left on disk is not known";
  EXPECT_THAT(graph_->ApplySchema("schema { kinds { name: 'new' } }"),
              FailsWith(v1::ERROR_REASON_STORAGE_FAILED));
  EXPECT_EQ(graph_->Entity("lab/a").id(), "lab/a") << "reads go on";
}

TEST_F(FailingStoreTest, AFailedWriteOfForgettingEndsWritingToo) {
  ASSERT_OK(graph_->graph().CompactHistory(2));
  // A row that went long ago, for the next run to remove.
  kv::Batch leftover;
  leftover.Put(keys::kPast, keys::PastKey(keys::kEntity, keys::EntityKey(1), 1), "\x01");
  ASSERT_OK(store_->Write(leftover));
  int told = 0;
  graph_->graph().OnWritesStopped([&told] { ++told; });
  store_->FailCursors(keys::kPast);
  EXPECT_FALSE(graph_->graph().CompactHistory(2).ok());
  EXPECT_EQ(told, 0) << "a failed read ends nothing";
  store_->FailCursors(FaultyStore::kNone);
  store_->FailWrites(true);
  EXPECT_THAT(graph_->graph().CompactHistory(2),
              FailsWith(v1::ERROR_REASON_STORAGE_FAILED));
  EXPECT_EQ(told, 1);
  EXPECT_FALSE(graph_->Commit("mutations { put_entity { id: 'lab/b' } }").ok());
  EXPECT_EQ(told, 1) << "it is told once";
}

TEST_F(FailingStoreTest, ANewGraphWritesOn) {
  store_->FailWrites(true);
  EXPECT_FALSE(graph_->Commit("mutations { put_entity { id: 'lab/b' } }").ok());
  store_->FailWrites(false);
  graph_->Reopen();
  graph_->PutEntities({"lab/b"});
  EXPECT_EQ(graph_->Entity("lab/b").created_revision(), 3u);
  EXPECT_THAT(graph_->Verify(), IsEmpty());
}

TEST_F(FailingStoreTest, AnAnswerThatCannotBeKeptUndoesItsCommit) {
  store_->FailCursors(keys::kRequest);
  EXPECT_THAT(graph_->Commit("mutations { put_entity { id: 'lab/b' } } request_id: 'r'"),
              FailsWith(v1::ERROR_REASON_STORAGE_FAILED));
  store_->FailCursors(FaultyStore::kNone);
  graph_->PutEntities({"lab/c"});
  EXPECT_EQ(graph_->Entity("lab/b").id(), "");
  EXPECT_EQ(graph_->Entity("lab/c").created_revision(), 3u);
  EXPECT_THAT(graph_->Verify(), IsEmpty());
}

TEST_F(FailingStoreTest, AFailedReadIsNoAnswer) {
  graph_->PutEntities({"lab/b"});
  graph_->Do("put_statement { subject: 'lab/a' predicate: 'part_of' object: 'lab/b' }");
  store_->FailCursors(keys::kOut);
  EXPECT_THAT(graph_->Try("delete_entity { id: 'lab/a' cascade: true }"),
              FailsWith(v1::ERROR_REASON_STORAGE_FAILED));
  EXPECT_THAT(graph_->Try("put_statement { subject: 'lab/b' predicate: 'part_of' "
                          "object: 'lab/a' }"),
              FailsWith(v1::ERROR_REASON_STORAGE_FAILED))
      << "a cycle that cannot be seen is not taken for none";
  store_->FailCursors(FaultyStore::kNone);
  EXPECT_THAT(graph_->Verify(), IsEmpty());
}

}  // namespace
}  // namespace labgraph::graph
