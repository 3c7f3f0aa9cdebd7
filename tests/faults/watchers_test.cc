// Watchers who lose their connection at any moment still have, in the end, exactly what
// the store holds.

#include <atomic>
#include <iostream>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "gtest/gtest.h"
#include "labgraph/connect.h"
#include "labgraph/watch.h"
#include "tests/faults/watched_copy.h"
#include "tests/faults/watched_server.h"
#include "tests/testing/effort.h"
#include "tests/testing/random_seed.h"

namespace labgraph::faults {
namespace {

using Type = client::WatchEvent::Type;

// Few, so that commits meet; the store stays small however long the test is.
constexpr int kLabs = 300;
constexpr int kTeams = 10;
constexpr char kKept[] = "team/0";  // never deleted, as some watch it
// Watchers on one connection: a server takes 256 calls on each.
constexpr int kWatchersPerConnection = 100;

class Random {
 public:
  explicit Random(uint64_t seed) : random_(seed) {}
  int Below(int bound) { return static_cast<int>(random_() % bound); }
  bool OneIn(int n) { return Below(n) == 0; }

 private:
  std::mt19937_64 random_;
};

std::string RandomId(Random& random) {
  return random.OneIn(10) ? absl::StrCat("team/", random.Below(kTeams))
                          : absl::StrCat("lab/", random.Below(kLabs));
}

v1::Mutation RandomMutation(Random& random) {
  v1::Mutation mutation;
  const int choice = random.Below(100);
  if (choice < 35) {
    v1::Entity* entity = mutation.mutable_put_entity();
    entity->set_id(RandomId(random));
    (*entity->mutable_names())["en"] = absl::StrCat("name ", random.Below(1000));
  } else if (choice < 75) {
    v1::Statement* statement = mutation.mutable_put_statement();
    statement->set_subject(RandomId(random));
    statement->set_predicate(random.OneIn(2) ? "knows" : "likes");
    statement->set_object(RandomId(random));
    if (random.OneIn(2)) statement->add_sources()->set_document(RandomId(random));
  } else if (choice < 85) {
    const std::string id = RandomId(random);
    mutation.mutable_delete_entity()->set_id(id == kKept ? "lab/0" : id);
    mutation.mutable_delete_entity()->set_cascade(true);
  } else if (choice < 95) {
    mutation.mutable_merge_entities()->set_from(
        absl::StrCat("lab/", random.Below(kLabs)));
    mutation.mutable_merge_entities()->set_into(
        absl::StrCat("lab/", random.Below(kLabs)));
  } else {
    mutation.mutable_unmerge_entity()->set_id(absl::StrCat("lab/", random.Below(kLabs)));
  }
  return mutation;
}

// Refused ones are no harm. Now and then one that is told in many parts.
v1::CommitRequest RandomCommit(Random& random) {
  v1::CommitRequest request;
  if (random.OneIn(20)) {
    for (int i = 0; i < kLabs; ++i) {
      v1::Entity* entity = request.add_mutations()->mutable_put_entity();
      entity->set_id(absl::StrCat("lab/", i));
      (*entity->mutable_descriptions())["en"] =
          std::string(500 + random.Below(1000), 'x');
    }
    return request;
  }
  for (int i = random.Below(3); i >= 0; --i) {
    *request.add_mutations() = RandomMutation(random);
  }
  return request;
}

class WatchersTest : public ::testing::Test {
 protected:
  // Keeps a copy with a connection that breaks `breaks` times, then waits for the end.
  void Watch(int number, int breaks, uint64_t seed);
  client::Watch Begin(int number, const WatchedCopy& copy, Random& random);
  // Reads events of one call, until it breaks off by itself; true when all was told.
  bool ReadOn(client::WatchRange& events, WatchedCopy& copy, int& breaks, Random& random);

  // Writes until every watcher has had its breaks, restarts and forgets in between.
  void Write(uint64_t seed);
  void FallBehind(Random& random);
  // Now and then erases a statement that the commit put.
  void Erase(const absl::StatusOr<v1::CommitResponse>& committed, Random& random);

  std::shared_ptr<client::Connection> Connect(int number);
  static v1::RecordFilter FilterOf(int number);
  uint64_t head() { return server_.graph().head()->state.head; }

  // Impatient, but not so that with many watchers on few cores none gets through.
  static watch::Patience Impatience() {
    const absl::Duration stall = absl::Milliseconds(testing::Effort(50, 5000));
    return {stall, 5 * stall, absl::Milliseconds(10)};
  }

  WatchedServer server_{Impatience()};
  std::atomic<int> breaking_ = 0;   // watchers that have breaks ahead of them
  std::atomic<uint64_t> end_ = 0;   // the last revision, once it is known
  std::atomic<int> snapshots_ = 0;  // begun
  std::atomic<int> broken_snapshots_ = 0;
  std::atomic<int> changes_ = 0;
  std::atomic<int> erased_ = 0;

  absl::Mutex mu_;
  uint64_t written_ ABSL_GUARDED_BY(mu_) = 0;
  bool done_ ABSL_GUARDED_BY(mu_) = false;
};

std::shared_ptr<client::Connection> WatchersTest::Connect(int number) {
  client::ConnectOptions options;
  options.user_agent = absl::StrCat("watchers-", number / kWatchersPerConnection);
  return client::Connect(server_.address(), options);
}

// Every third keeps only a part of the store.
v1::RecordFilter WatchersTest::FilterOf(int number) {
  v1::RecordFilter filter;
  if (number % 9 == 2) filter.add_kinds("team");
  if (number % 9 == 5) filter.add_predicates("likes");
  if (number % 9 == 8) filter.add_entities(kKept);
  return filter;
}

client::Watch WatchersTest::Begin(int number, const WatchedCopy& copy, Random& random) {
  client::Watch watch;
  const v1::RecordFilter filter = FilterOf(number);
  watch.Kinds({filter.kinds().begin(), filter.kinds().end()})
      .Predicates({filter.predicates().begin(), filter.predicates().end()})
      .Entities({filter.entities().begin(), filter.entities().end()});
  if (copy.resume_token().empty() || random.OneIn(4)) return watch.Snapshot();
  return watch.Resume(copy.resume_token());
}

// Lets the head run ahead, so that much is to be told at once, or is forgotten.
void WatchersTest::FallBehind(Random& random) {
  const uint64_t ahead = head() + 5 + random.Below(30);
  absl::MutexLock lock(&mu_);
  const auto reached = [&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
    return written_ >= ahead || done_;
  };
  mu_.Await(absl::Condition(&reached));
}

bool WatchersTest::ReadOn(client::WatchRange& events, WatchedCopy& copy, int& breaks,
                          Random& random) {
  while (true) {
    const auto event = events.Next();
    if (!event.has_value()) return false;
    if (!event->ok()) {
      ADD_FAILURE() << event->status();
      return true;
    }
    copy.Apply(**event);
    if ((*event)->type == Type::kSnapshotBegins) ++snapshots_;
    if ((*event)->type == Type::kChange) ++changes_;
    const uint64_t end = end_;
    if (end > 0 && copy.revision() >= end) return true;
    if (breaks == 0) continue;
    if (random.OneIn(20)) FallBehind(random);
    if (random.OneIn((*event)->type == Type::kSnapshotPart ? 6 : 15)) {
      if (--breaks == 0) --breaking_;
      if (copy.resume_token().empty()) ++broken_snapshots_;
      return false;
    }
  }
}

void WatchersTest::Watch(int number, int breaks, uint64_t seed) {
  Random random(seed);
  client::WatchOptions options;
  options.first = options.retry = {/*max_attempts=*/10000, absl::Milliseconds(1),
                                   absl::Milliseconds(20)};
  const auto view = server_.graph().Read({}, graph::ReadFilter::Mode::kList);
  ASSERT_TRUE(view.ok());
  auto filter = graph::RecordFilter::Compile(FilterOf(number), (*view)->records());
  ASSERT_TRUE(filter.ok());
  WatchedCopy copy(*std::move(filter));
  bool told = false;
  while (!told) {
    client::WatchRange events = Begin(number, copy, random)
                                    .Heartbeat(absl::Seconds(1))
                                    .Run(Connect(number), options);
    // Some go by themselves, some are cut off while they wait for an event.
    std::thread stopper;
    if (breaks > 0 && random.OneIn(3))
      stopper = std::thread([&events] { events.Stop(); });
    told = ReadOn(events, copy, breaks, random);
    if (stopper.joinable()) stopper.join();
  }
  if (breaks > 0) --breaking_;
  EXPECT_EQ(copy.DifferenceFrom(server_.graph(), end_), "") << "watcher " << number;
}

void WatchersTest::Erase(const absl::StatusOr<v1::CommitResponse>& committed,
                         Random& random) {
  if (!committed.ok() || !random.OneIn(20)) return;
  for (const v1::MutationResult& result : committed->results()) {
    if (!absl::StartsWith(result.id(), "s-")) continue;
    v1::EraseRequest request;
    request.set_statement(result.id());
    if (server_.graph().Erase(request).ok()) ++erased_;
  }
}

void WatchersTest::Write(uint64_t seed) {
  Random random(seed);
  const int commits = testing::Effort(300, 3000);
  for (int i = 0; i < commits || breaking_ > 0; ++i) {
    const auto committed = server_.graph().Commit(RandomCommit(random));
    Erase(committed, random);
    if (random.OneIn(10)) {
      EXPECT_TRUE(server_.graph().CompactHistory(head() - head() / 20).ok());
    }
    if (random.OneIn(commits / 4)) server_.Restart();
    absl::MutexLock lock(&mu_);
    written_ = head();
  }
  absl::MutexLock lock(&mu_);
  done_ = true;
}

TEST_F(WatchersTest, EachHasInTheEndWhatTheStoreHolds) {
  const uint64_t seed = testing::RandomSeed();
  std::cout << "LABGRAPH_SEED=" << seed << std::endl;  // threads have no traces
  Random random(seed);
  v1::CommitRequest first;
  for (int i = 0; i < kTeams; ++i) {
    first.add_mutations()->mutable_put_entity()->set_id(absl::StrCat("team/", i));
  }
  ASSERT_TRUE(server_.graph().Commit(first).ok());
  const int count = testing::Effort(20, 500);
  breaking_ = count;
  std::vector<std::thread> watchers;
  for (int i = 0; i < count; ++i) {
    const int breaks = 3 + random.Below(6);
    watchers.emplace_back([=, this, s = seed + i] { Watch(i, breaks, s); });
  }
  Write(seed);
  end_ = head();
  for (std::thread& watcher : watchers) watcher.join();
  RecordProperty("snapshots", snapshots_);
  RecordProperty("broken_snapshots", broken_snapshots_);
  RecordProperty("changes", changes_);
  EXPECT_GT(snapshots_, count) << "too little happened";
  EXPECT_GT(broken_snapshots_, 0) << "too little happened";
  EXPECT_GT(erased_, 0) << "too little happened";
  EXPECT_GT(changes_, 10 * count) << "too little happened";
}

}  // namespace
}  // namespace labgraph::faults
