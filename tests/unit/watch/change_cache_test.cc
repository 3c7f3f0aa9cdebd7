// What is kept of the changes told last.

#include "server/watch/change_cache.h"

#include <memory>
#include <utility>

#include "gtest/gtest.h"
#include "server/keys/keyspaces.h"
#include "server/kv/memory_store.h"
#include "tests/testing/faulty_store.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/watch/watched_graph.h"

namespace labgraph::watch {
namespace {

using testing::FailsWith;

class ChangeCacheTest : public ::testing::Test {
 protected:
  LoadedChange* Get(keys::Revision revision) {
    const auto change = cache_.Get(*graph_.graph().head(), revision);
    EXPECT_OK(change);
    return change.ok() ? *change : nullptr;
  }

  WatchedGraph graph_;
  ChangeCache cache_{100000};
};

TEST_F(ChangeCacheTest, ReadsAChangeOnce) {
  graph_.PutEntities({"lab/a"});
  LoadedChange* const change = Get(2);
  EXPECT_EQ(change->change().events(0).put_entity().id(), "lab/a");
  EXPECT_EQ(Get(2), change);
  graph_.PutEntities({"lab/b"});
  EXPECT_EQ(Get(2), change) << "a later commit changes nothing about it";
}

TEST_F(ChangeCacheTest, TheLeastUsedGoesWhenThereIsTooMuch) {
  for (const char* word : {"a", "b", "c"}) graph_.PutLabs(word, 10, 1000);
  const size_t one = Get(2)->bytes();
  ChangeCache cache(one * 5 / 2);
  const std::shared_ptr<const graph::Head> head = graph_.graph().head();
  ASSERT_OK(cache.Get(*head, 2));
  ASSERT_OK(cache.Get(*head, 3));
  const auto kept = cache.Get(*head, 2);
  ASSERT_OK(kept);
  EXPECT_EQ(cache.size(), 2u);
  ASSERT_OK(cache.Get(*head, 4));
  EXPECT_EQ(cache.size(), 2u) << "that of 3 had to go";
  const auto again = cache.Get(*head, 2);
  ASSERT_OK(again);
  EXPECT_EQ(*again, *kept);
}

TEST_F(ChangeCacheTest, OneThatIsTooLargeIsKeptAllTheSame) {
  graph_.PutLabs("a", 400, 1000);
  EXPECT_EQ(Get(2)->change().events_size(), 400);
  EXPECT_EQ(cache_.size(), 1u);
}

TEST_F(ChangeCacheTest, WhatIsNotThereIsAnError) {
  EXPECT_THAT(cache_.Get(*graph_.graph().head(), 5),
              FailsWith(v1::ERROR_REASON_STORAGE_CORRUPT));
  EXPECT_EQ(cache_.size(), 0u);
}

TEST_F(ChangeCacheTest, IsReadAnewAfterHistoryWasForgotten) {
  for (const char* id : {"lab/a", "lab/b", "lab/c"}) graph_.PutEntities({id});
  Get(2);
  Get(3);
  ASSERT_OK(graph_.graph().CompactHistory(4));
  graph_.PutEntities({"lab/d"});
  Get(5);
  EXPECT_EQ(cache_.size(), 3u) << "followed from 4, which is still kept";
  graph_.PutEntities({"lab/e"});
  graph_.PutEntities({"lab/f"});
  ASSERT_OK(graph_.graph().CompactHistory(7));
  graph_.PutEntities({"lab/g"});
  Get(8);
  EXPECT_EQ(cache_.size(), 1u) << "what came between is not there to be looked at";
}

TEST_F(ChangeCacheTest, IsReadAnewAfterAChangeThatCouldNotBeRead) {
  auto faulty =
      std::make_unique<testing::FaultyStore>(kv::NewMemoryStore(keys::Names().size()));
  testing::FaultyStore& store = *faulty;
  testing::TestGraph graph(std::move(faulty), kSchema);
  graph.PutEntities({"lab/a"});
  ASSERT_OK(cache_.Get(*graph.graph().head(), 2));
  v1::EraseRequest request;
  request.set_entity("lab/a");
  ASSERT_OK(graph.graph().Erase(request));
  const std::shared_ptr<const graph::Head> head = graph.graph().head();
  store.FailGets(keys::kChange);
  EXPECT_THAT(cache_.Get(*head, 2), FailsWith(v1::ERROR_REASON_STORAGE_FAILED));
  store.FailGets(testing::FaultyStore::kNone);
  const auto change = cache_.Get(*head, 2);
  ASSERT_OK(change);
  for (const v1::ChangeEvent& event : (*change)->change().events()) {
    EXPECT_FALSE(event.has_put_entity()) << "it was erased";
  }
}

}  // namespace
}  // namespace labgraph::watch
