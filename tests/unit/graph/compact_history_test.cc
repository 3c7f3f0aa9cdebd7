#include "server/graph/compact_history.h"

#include <memory>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/graph/change_log.h"
#include "server/keys/keyspaces.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_graph.h"
#include "tests/unit/graph/crime_schema.h"

namespace labgraph::graph {
namespace {

using testing::FailsAt;
using ::testing::IsEmpty;
using testing::TestGraph;

class CompactHistoryTest : public ::testing::Test {
 protected:
  // Revisions 2 to 21: a note that says which revision it is of, and comings and goings.
  CompactHistoryTest() {
    graph_.PutEntities({"lab/a", "lab/b", "lab/c"});
    while (graph_.head() < 20) {
      const uint64_t next = graph_.head() + 1;
      EXPECT_OK(graph_.Commit(absl::StrCat(
          "actor: 'actor", next, "' message: 'message", next, "' ",
          "mutations { put_statement { id: 'n' subject: 'lab/a' predicate: 'note' "
          "value { string_value: 'x' } valid { text: 'text",
          next, "' } rank: ", next % 2 == 0 ? "RANK_NORMAL" : "RANK_PREFERRED",
          " } } mutations { ",
          next % 3 == 0 ? "put_statement { id: 'e' subject: 'lab/a' predicate: 'part_of' "
                          "object: 'lab/b' }"
                        : "retract_statement { id: 'e' }",
          "} mutations { put_entity { id: 'lab/c' names { key: 'en' value: 'C", next,
          "' } } }")));
    }
    graph_.PutEntities({"lab/later"});
  }

  // All that is said at a revision.
  std::string At(uint64_t revision) {
    const std::string at = absl::StrCat("revision: ", revision);
    std::string content;
    for (const char* const id : {"lab/a", "lab/b", "lab/c", "lab/later"}) {
      absl::StrAppend(
          &content, graph_.Entity(id, at, v1::ENTITY_VIEW_FULL).ShortDebugString(), "\n");
    }
    return content;
  }

  size_t Occurrences(absl::string_view text) {
    size_t found = 0;
    const auto snapshot = graph_.store().GetSnapshot();
    for (kv::Keyspace keyspace = 0; keyspace < keys::Names().size(); ++keyspace) {
      const auto cursor = snapshot->NewCursor(keyspace);
      for (cursor->Seek(""); cursor->Valid(); cursor->Next()) {
        found += absl::StrContains(cursor->value(), text) ? 1 : 0;
      }
    }
    return found;
  }

  TestGraph graph_{kCrimeSchema};
};

TEST_F(CompactHistoryTest, WhatIsKeptReadsAsBefore) {
  std::vector<std::string> before;
  before.emplace_back();  // there was no schema yet
  for (uint64_t revision = 1; revision <= graph_.head(); ++revision) {
    before.push_back(At(revision));
  }
  for (const uint64_t oldest : {5, 6, 13, 21}) {
    const auto done = graph_.graph().CompactHistory(oldest);
    ASSERT_OK(done);
    EXPECT_EQ(done->oldest_revision(), oldest);
    EXPECT_GT(done->removed_rows(), 0u);
    for (uint64_t revision = oldest; revision <= graph_.head(); ++revision) {
      EXPECT_EQ(At(revision), before[revision]) << revision << " from " << oldest;
    }
    EXPECT_THAT(graph_.Verify(), IsEmpty()) << oldest;
  }
}

TEST_F(CompactHistoryTest, EarlierRevisionsAreRefusedWithTheOldest) {
  ASSERT_OK(graph_.graph().CompactHistory(10));
  v1::ReadOptions read;
  read.set_revision(9);
  const absl::Status status = graph_.graph().Read(read, ReadFilter::Mode::kList).status();
  EXPECT_THAT(status, FailsAt(v1::ERROR_REASON_REVISION_COMPACTED, "revision"));
  EXPECT_EQ(MetaOf(status, "oldest"), "10");
}

TEST_F(CompactHistoryTest, NothingIsLeftOfWhatWasForgotten) {
  EXPECT_GT(Occurrences("text7"), 0u);
  ASSERT_OK(graph_.graph().CompactHistory(10));
  EXPECT_EQ(Occurrences("text7"), 0u);
  EXPECT_GT(Occurrences("text12"), 0u);
}

TEST_F(CompactHistoryTest, WhoMadeAChangeWhenAndWhyIsKept) {
  ASSERT_OK(graph_.graph().CompactHistory(10));
  const auto change = ReadChange(*graph_.store().GetSnapshot(), 7);
  ASSERT_OK(change);
  EXPECT_EQ(change->actor(), "actor7");
  EXPECT_EQ(change->message(), "message7");
  EXPECT_TRUE(change->has_commit_time());
  EXPECT_THAT(change->events(), IsEmpty());
}

TEST_F(CompactHistoryTest, TheFloorNeverGoesBackAndSurvivesReopening) {
  ASSERT_OK(graph_.graph().CompactHistory(10));
  const auto done = graph_.graph().CompactHistory(5);
  ASSERT_OK(done);
  EXPECT_EQ(done->oldest_revision(), 10u);
  EXPECT_EQ(done->removed_rows(), 0u);
  graph_.Reopen();
  EXPECT_EQ(graph_.graph().head()->oldest, 10u);
}

TEST_F(CompactHistoryTest, WritingGoesOnAndTheNewIsChecked) {
  ASSERT_OK(graph_.graph().CompactHistory(graph_.head()));
  graph_.PutEntities({"lab/new"});
  graph_.Do(
      "put_statement { id: 'e' subject: 'lab/new' predicate: 'part_of' "
      "object: 'lab/later' }");
  graph_.Do("delete_entity { id: 'lab/c' }");
  EXPECT_THAT(graph_.Verify(), IsEmpty());
}

TEST_F(CompactHistoryTest, EdgesOfManyNodesAreVerifiedEachByItself) {
  graph_.Do(
      "put_statement { id: 'bc' subject: 'lab/b' predicate: 'part_of' object: 'lab/c' }");
  graph_.Do(
      "put_statement { id: 'ab' subject: 'lab/a' predicate: 'part_of' object: 'lab/b' }");
  ASSERT_OK(graph_.graph().CompactHistory(graph_.head()));
  graph_.PutEntities({"lab/new"});
  EXPECT_THAT(graph_.Verify(), IsEmpty());
}

TEST_F(CompactHistoryTest, ARecordThatCameAndWentInOneCommitTakesItsNumber) {
  ASSERT_OK(graph_.graph().CompactHistory(graph_.head()));
  const char* const kComesAndGoes = R"pb(
    mutations {
      put_statement { subject: "lab/c" predicate: "part_of" object: "lab/later" }
    }
    mutations { put_entity { id: "lab/brief" } }
    mutations { delete_entity { id: "lab/c" cascade: true } })pb";
  ASSERT_OK(graph_.Commit(kComesAndGoes));
  EXPECT_THAT(graph_.Verify(), IsEmpty());
  graph_.Do(
      "put_statement { id: 'x' subject: 'lab/a' predicate: 'part_of' object: 'lab/b' }");
  graph_.PutEntities({"lab/new"});
  EXPECT_THAT(graph_.Verify(), IsEmpty());
}

TEST_F(CompactHistoryTest, ARunThatWasInterruptedIsFinishedByTheNext) {
  ASSERT_OK(graph_.graph().CompactHistory(10));
  // A row that went long ago, as a run that was cut off leaves them.
  kv::Batch leftover;
  leftover.Put(keys::kPast, keys::PastKey(keys::kEntity, keys::EntityKey(1), 3),
               "\x02rest");
  ASSERT_OK(graph_.store().Write(leftover));
  graph_.Reopen();
  EXPECT_THAT(graph_.Verify(), IsEmpty());
  const auto done = graph_.graph().CompactHistory(10);
  ASSERT_OK(done);
  EXPECT_EQ(done->removed_rows(), 1u);
}

TEST_F(CompactHistoryTest, MistakesAreTold) {
  EXPECT_THAT(graph_.graph().CompactHistory(0),
              FailsAt(v1::ERROR_REASON_FIELD_REQUIRED, "before"));
  EXPECT_THAT(graph_.graph().CompactHistory(graph_.head() + 1),
              FailsAt(v1::ERROR_REASON_REVISION_IN_FUTURE, "before"));
}

}  // namespace
}  // namespace labgraph::graph
