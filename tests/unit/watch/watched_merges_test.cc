// What a watch tells of entities that are merged, and of merges taken back.

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/watch/watched_graph.h"
#include "tests/unit/watch/watcher_fixture.h"

namespace labgraph::watch {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using WatchedMergesTest = WatcherFixture;

TEST_F(WatchedMergesTest, AMergedEntityStandsForTheOther) {
  graph_.PutEntities({"lab/a", "lab/b", "lab/c"});
  graph_.Relate("s", "lab/a", "lab/c");
  Begin("filter { entities: 'lab/a' }");
  EXPECT_THAT(Told(), ElementsAre("3 heartbeat"));
  const std::string token = watcher_->resume_token();
  graph_.Do("merge_entities { from: 'lab/a' into: 'lab/b' }");
  graph_.Do("put_entity { id: 'lab/b' placeholder: true }");
  graph_.Do("put_entity { id: 'lab/c' placeholder: true }");
  std::vector<std::string> told = Told();
  ASSERT_EQ(told.size(), 2u);
  EXPECT_THAT(told[0], ::testing::HasSubstr("lab/a leads to lab/b"));
  EXPECT_EQ(told[1], "5: put lab/b");
  Begin(absl::StrCat("resume_token: '", token, "' filter { entities: 'lab/a' }"));
  EXPECT_EQ(Told().back(), "5: put lab/b");
}

TEST_F(WatchedMergesTest, WhatAMergeMovesIsToldAsAReplayTellsIt) {
  for (const char* const filter :
       {"entities: 'lab/a'", "entities: 'lab/a' predicates: 'knows'"}) {
    graph_.PutEntities({"lab/a", "lab/b", "lab/c", "lab/d"});
    graph_.Relate("s", "lab/a", "lab/c");
    const uint64_t revision = graph_.head();
    Begin(absl::StrCat("filter { ", filter, " }"));
    Told();
    ASSERT_OK(graph_.Commit(R"(
      mutations { merge_entities { from: 'lab/a' into: 'lab/b' } }
      mutations { merge_entities { from: 'lab/b' into: 'lab/d' } })"));
    graph_.Relate("later", "lab/d", "lab/c");
    const std::vector<std::string> live = Told();
    ASSERT_EQ(live.size(), 2u);
    EXPECT_THAT(live[0], ::testing::HasSubstr("retract s, put s"));
    EXPECT_THAT(live[1], ::testing::HasSubstr("put later"));
    EXPECT_EQ(ToldAfter(revision, filter), live);
    graph_.Retract("s");
    graph_.Retract("later");
    graph_.Do("unmerge_entity { id: 'lab/b' }");
    graph_.Do("unmerge_entity { id: 'lab/a' }");
  }
}

TEST_F(WatchedMergesTest, WhoWasToldWhatAMergeMovedIsToldThatItWentBack) {
  graph_.PutEntities({"lab/a", "lab/b", "lab/c"});
  graph_.Relate("s", "lab/a", "lab/c");
  for (int i = 0; i < 100; ++i) {
    graph_.Do(absl::StrCat("put_statement { subject: 'lab/a' predicate: 'size' value { ",
                           "number_value: ", i, " } sources { document: 'lab/b' quote: '",
                           std::string(1000, 'x'), "' } }"));
  }
  Begin("filter { entities: 'lab/a' }");
  Told();
  graph_.Do("merge_entities { from: 'lab/a' into: 'lab/b' }");
  Told();
  graph_.Do("unmerge_entity { id: 'lab/a' }");
  int retracted = 0;
  for (const v1::WatchResponse& message : Messages()) {
    for (const v1::ChangeEvent& event : message.change().events()) {
      if (!event.retract_statement().empty()) ++retracted;
    }
  }
  EXPECT_EQ(retracted, 101);
  graph_.Relate("t", "lab/b", "lab/c");
  EXPECT_THAT(Told(), IsEmpty()) << "of the other it is no longer";
}

}  // namespace
}  // namespace labgraph::watch
