#include "server/graph/change_log.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/keys/keyspaces.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_graph.h"
#include "tests/unit/graph/crime_schema.h"

namespace labgraph::graph {
namespace {

using ::testing::ElementsAre;
using testing::FailsWith;
using ::testing::IsEmpty;
using testing::TestGraph;

class ChangeLogTest : public ::testing::Test {
 protected:
  // The events of a revision, each by the record it is about.
  std::vector<std::string> Events(keys::Revision revision) {
    const auto change = ReadChange(*graph_.store().GetSnapshot(), revision);
    EXPECT_OK(change);
    std::vector<std::string> events;
    if (!change.ok()) return events;
    EXPECT_EQ(change->revision(), revision);
    for (const v1::ChangeEvent& event : change->events()) {
      switch (event.event_case()) {
        case v1::ChangeEvent::kPutEntity:
          events.push_back(absl::StrCat("put ", event.put_entity().id(), " ",
                                        event.put_entity().sources_size()));
          break;
        case v1::ChangeEvent::kPutStatement:
          events.push_back(absl::StrCat("put ", event.put_statement().id(), " ",
                                        event.put_statement().rank()));
          break;
        case v1::ChangeEvent::kRetractStatement:
          events.push_back(absl::StrCat("gone ", event.retract_statement()));
          break;
        case v1::ChangeEvent::kDeleteEntity:
          events.push_back(absl::StrCat("gone ", event.delete_entity()));
          break;
        default:
          events.push_back("schema");
      }
    }
    return events;
  }

  size_t RowBytes(keys::Revision revision) {
    return graph_.store()
        .GetSnapshot()
        ->Get(keys::kChange, keys::ChangeKey(revision))
        ->value()
        .size();
  }

  TestGraph graph_{kCrimeSchema};
};

TEST_F(ChangeLogTest, EveryRevisionTellsItsRecords) {
  graph_.PutEntities({"lab/a", "lab/b"});
  graph_.Do(
      "put_statement { id: 'x' subject: 'lab/a' predicate: 'part_of' "
      "object: 'lab/b' }");
  graph_.Do(
      "put_statement { id: 'x' subject: 'lab/a' predicate: 'part_of' "
      "object: 'lab/b' rank: RANK_PREFERRED }");
  graph_.Do("retract_statement { id: 'x' }");
  graph_.Do("delete_entity { id: 'lab/b' }");
  EXPECT_THAT(Events(1), ElementsAre("schema"));
  EXPECT_THAT(Events(2), ElementsAre("put lab/a 0", "put lab/b 0"));
  EXPECT_THAT(Events(3), ElementsAre(absl::StrCat("put x ", v1::RANK_NORMAL)));
  EXPECT_THAT(Events(4), ElementsAre(absl::StrCat("put x ", v1::RANK_PREFERRED)));
  EXPECT_THAT(Events(5), ElementsAre("gone x"));
  EXPECT_THAT(Events(6), ElementsAre("gone lab/b"));
}

TEST_F(ChangeLogTest, MessageAndTimeAreThoseOfTheCommit) {
  ASSERT_OK(graph_.Commit("mutations { put_entity { id: 'lab/a' } } message: 'why'"));
  const auto change = ReadChange(*graph_.store().GetSnapshot(), 2);
  ASSERT_OK(change);
  EXPECT_EQ(change->message(), "why");
  EXPECT_EQ(change->commit_time().seconds() * 1000000000 + change->commit_time().nanos(),
            graph_.graph().head()->state.head_time_ns);
}

TEST_F(ChangeLogTest, ManyNewRecordsTakeFewBytes) {
  std::string request;
  for (int i = 0; i < 1000; ++i) {
    absl::StrAppend(&request, "mutations { put_entity { id: 'lab/l", i, "' } }");
  }
  ASSERT_OK(graph_.Commit(request));
  EXPECT_LT(RowBytes(2), 40u);
  EXPECT_EQ(Events(2).size(), 1000u);
}

TEST_F(ChangeLogTest, WhatARevisionItselfReplacesIsKept) {
  graph_.PutEntities({"document/d"});
  ASSERT_OK(graph_.Commit(R"pb(
    mutations {
      put_entity {
        id: 'lab/a'
        sources { document: 'document/d' }
      }
    }
    mutations { put_entity { id: 'lab/b' } }
    mutations {
      put_statement {
        id: 'x'
        subject: 'lab/a'
        predicate: 'part_of'
        object: 'lab/b'
        sources { document: 'document/d' }
      }
    }
    mutations { delete_entity { id: 'document/d' cascade: true } })pb"));
  const std::string put_x = absl::StrCat("put x ", v1::RANK_NORMAL);
  EXPECT_THAT(Events(3), ElementsAre("put lab/a 1", "put lab/b 0", put_x, "gone x",
                                     "put lab/a 0", "gone document/d"));
  EXPECT_THAT(graph_.Verify(), IsEmpty());
}

TEST_F(ChangeLogTest, ARecordThatIsNotWhatItWasIsFound) {
  graph_.PutEntities({"lab/a"});
  const std::string key = keys::EntityKey(1);
  std::string row = graph_.store().GetSnapshot()->Get(keys::kEntity, key)->value();
  row[row.find("lab/a") + 4] = 'b';
  kv::Batch batch;
  batch.Put(keys::kEntity, key, row);
  ASSERT_OK(graph_.store().Write(batch));
  EXPECT_THAT(ReadChange(*graph_.store().GetSnapshot(), 2),
              FailsWith(v1::ERROR_REASON_STORAGE_CORRUPT));
}

TEST_F(ChangeLogTest, ARevisionThatIsNotThereIsAnError) {
  EXPECT_THAT(ReadChange(*graph_.store().GetSnapshot(), 9),
              FailsWith(v1::ERROR_REASON_STORAGE_CORRUPT));
}

}  // namespace
}  // namespace labgraph::graph
