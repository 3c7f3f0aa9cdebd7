#include "server/graph/erase.h"

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/graph/change_log.h"
#include "server/graph/history.h"
#include "server/keys/keyspaces.h"
#include "tests/testing/parse_proto.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_graph.h"
#include "tests/unit/graph/crime_schema.h"

namespace labgraph::graph {
namespace {

using testing::FailsAt;
using testing::FailsWith;
using ::testing::IsEmpty;
using testing::TestGraph;

// One row for each name.
class NameIndex final : public EntityIndex {
 public:
  std::set<std::string> Keys(keys::EntityNumber number,
                             const v1::Entity& entity) const override {
    std::set<std::string> keys;
    for (const auto& [lang, name] : entity.names()) {
      keys.insert(keys::TextKey(name, number));
    }
    return keys;
  }
};

class EraseTest : public ::testing::Test {
 protected:
  EraseTest() {
    graph_.PutEntities({"lab/a", "lab/b", "lab/c", "document/d", "person/p"});
  }
  void Put(absl::string_view statement) {
    graph_.Do(absl::StrCat("put_statement {", statement, "}"));
  }
  absl::StatusOr<v1::EraseResponse> Erase(absl::string_view request) {
    return graph_.graph().Erase(testing::ParseText<v1::EraseRequest>(request));
  }
  // Rows, past and present and of the log, with the text in key or value.
  std::vector<std::string> Found(absl::string_view text) {
    std::vector<std::string> found;
    const auto snapshot = graph_.store().GetSnapshot();
    for (kv::Keyspace keyspace = 0; keyspace < keys::Names().size(); ++keyspace) {
      const auto cursor = snapshot->NewCursor(keyspace);
      for (cursor->Seek(""); cursor->Valid(); cursor->Next()) {
        if (absl::StrContains(cursor->value(), text) ||
            absl::StrContains(cursor->key(), text)) {
          found.push_back(keys::kNames[keyspace]);
        }
      }
    }
    return found;
  }
  void TearDown() override {
    EXPECT_THAT(graph_.Verify(), IsEmpty());
    graph_.Reopen();
    EXPECT_THAT(graph_.Verify(), IsEmpty());
  }

  NameIndex index_;
  TestGraph graph_{kCrimeSchema, &index_};
};

constexpr char kSecret[] =
    "id: 'n' subject: 'lab/a' predicate: 'note' value { string_value: 'SECRET' } "
    "sources { document: 'document/d' quote: 'SECRET2' }";

TEST_F(EraseTest, NothingIsLeftOfAStatementButItsTombstone) {
  Put(kSecret);
  Put(absl::StrCat(kSecret, " rank: RANK_PREFERRED"));
  graph_.Do("retract_statement { id: 'n' }");
  Put(kSecret);  // under another number
  const uint64_t before = graph_.head();
  EXPECT_THAT(Found("SECRET"), ::testing::Not(IsEmpty()));
  const auto done = Erase("statement: 'n' actor: 'ann' message: 'asked to'");
  ASSERT_OK(done);
  EXPECT_EQ(done->revision(), before + 1);
  EXPECT_EQ(done->records(), 1u);
  EXPECT_EQ(done->versions(), 3u);
  EXPECT_THAT(Found("SECRET"), IsEmpty());
  for (uint64_t revision = 1; revision <= graph_.head(); ++revision) {
    EXPECT_EQ(graph_.Statement("n", absl::StrCat("revision: ", revision)).id(), "");
  }
}

TEST_F(EraseTest, WhatIsLeftTellsWhoDidItAndWhy) {
  Put(kSecret);
  ASSERT_OK(Erase("statement: 'n' actor: 'ann' message: 'asked to'"));
  v1::GetHistoryRequest request;
  request.set_statement("n");
  const auto page = ReadHistory(request, *graph_.Read(), 0, 10);
  ASSERT_OK(page);
  EXPECT_THAT(page->response.versions(), IsEmpty());
  EXPECT_EQ(page->response.tombstone().revision(), graph_.head());
  EXPECT_EQ(page->response.tombstone().actor(), "ann");
  EXPECT_EQ(page->response.tombstone().message(), "asked to");
  EXPECT_TRUE(page->response.tombstone().has_time());
}

TEST_F(EraseTest, ChangesTellThatSomethingWasErased) {
  ASSERT_OK(graph_.Commit(absl::StrCat(
      "mutations { put_statement { id: 'x' subject: 'lab/a' predicate: 'part_of' object: "
      "'lab/b' } } mutations { put_statement {",
      kSecret,
      "} } mutations { put_statement { id: 'y' subject: 'lab/a' predicate: 'part_of' "
      "object: 'lab/c' } }")));
  const uint64_t made = graph_.head();
  ASSERT_OK(Erase("statement: 'n'"));
  const auto change = ReadChange(*graph_.store().GetSnapshot(), made);
  ASSERT_OK(change);
  ASSERT_EQ(change->events_size(), 3);
  EXPECT_EQ(change->events(0).put_statement().id(), "x");
  EXPECT_EQ(change->events(1).erase().statement(), "n");
  EXPECT_EQ(change->events(2).put_statement().id(), "y");
  const auto erasing = ReadChange(*graph_.store().GetSnapshot(), graph_.head());
  ASSERT_OK(erasing);
  EXPECT_EQ(erasing->events(0).retract_statement(), "n");
  EXPECT_EQ(erasing->events(1).erase().statement(), "n");
}

TEST_F(EraseTest, TheIdCannotBeUsedAgain) {
  Put(kSecret);
  ASSERT_OK(Erase("statement: 'n'"));
  const auto refused = [&] {
    return graph_.Try(absl::StrCat("put_statement {", kSecret, "}"));
  };
  EXPECT_THAT(refused(),
              FailsAt(v1::ERROR_REASON_RECORD_ERASED, "mutations[0].put_statement.id"));
  graph_.Reopen();
  EXPECT_THAT(refused(), FailsWith(v1::ERROR_REASON_RECORD_ERASED));
}

TEST_F(EraseTest, AgainDoesNothing) {
  Put(kSecret);
  ASSERT_OK(Erase("statement: 'n'"));
  const uint64_t erased = graph_.head();
  graph_.PutEntities({"lab/later"});
  const uint64_t head = graph_.head();
  const auto again = Erase("statement: 'n'");
  ASSERT_OK(again);
  EXPECT_EQ(again->records(), 0u);
  EXPECT_EQ(again->revision(), erased);
  EXPECT_EQ(graph_.head(), head);
}

TEST_F(EraseTest, RelationsVanishFromBothEnds) {
  Put("id: 's' subject: 'lab/a' predicate: 'part_of' object: 'lab/b'");
  Put("id: 't' subject: 'lab/a' predicate: 'part_of' object: 'lab/c'");
  Put("id: 's' subject: 'lab/a' predicate: 'part_of' object: 'lab/b' rank: "
      "RANK_PREFERRED");
  const std::string before = absl::StrCat("revision: ", graph_.head());
  ASSERT_OK(Erase("statement: 's'"));
  for (const std::string& at : {std::string(), before}) {
    const std::unique_ptr<View> view = graph_.Read(at);
    const auto b = view->records().FindEntity("lab/b", "");
    EdgeScan scan = view->records().Edges(EdgeDirection::kIn, **b);
    EXPECT_FALSE(scan.NextRun()) << at;
  }
  EXPECT_EQ(graph_.Statement("t").id(), "t");
}

TEST_F(EraseTest, AStatementThatAnotherNamesCanGo) {
  Put(kSecret);
  Put("id: 'c' subject: 'lab/a' predicate: 'corrects' value { string_value: 'n' }");
  ASSERT_OK(Erase("statement: 'n'"));
  EXPECT_EQ(graph_.Statement("c").value().string_value(), "n");
}

TEST_F(EraseTest, AnEntityGoesWithItsNamesAndItsPast) {
  graph_.Do("put_entity { id: 'person/x' names { key: 'en' value: 'JANSEN' } }");
  graph_.Do("put_entity { id: 'person/x' names { key: 'en' value: 'DE VRIES' } }");
  ASSERT_OK(Erase("entity: 'person/x'"));
  EXPECT_THAT(Found("JANSEN"), IsEmpty());
  EXPECT_THAT(Found("DE VRIES"), IsEmpty());
  EXPECT_EQ(graph_.Entity("person/x", "revision: 3").id(), "");
  EXPECT_THAT(graph_.Try("put_entity { id: 'person/x' }"),
              FailsAt(v1::ERROR_REASON_RECORD_ERASED, "mutations[0].put_entity.id"));
  graph_.PutEntities({"person/y"});  // numbers go on
}

TEST_F(EraseTest, AnEntityWithStatementsTakesThemAlongOnlyWhenTold) {
  Put("id: 's' subject: 'lab/a' predicate: 'led_by' object: 'person/p'");
  graph_.Do("retract_statement { id: 's' }");  // what was counts as well
  Put("id: 't' subject: 'person/p' predicate: 'note' value { string_value: 'SECRET' }");
  const auto refused = Erase("entity: 'person/p'");
  EXPECT_THAT(refused, FailsAt(v1::ERROR_REASON_ENTITY_IN_USE, "entity"));
  const auto done = Erase("entity: 'person/p' cascade: true");
  ASSERT_OK(done);
  EXPECT_EQ(done->records(), 3u);
  EXPECT_THAT(Found("SECRET"), IsEmpty());
  EXPECT_EQ(graph_.Statement("s", "revision: 3").id(), "");
}

TEST_F(EraseTest, ASourceOfOthersStays) {
  Put(kSecret);
  EXPECT_THAT(Erase("entity: 'document/d' cascade: true"),
              FailsAt(v1::ERROR_REASON_ENTITY_IN_USE, "entity"));
  ASSERT_OK(Erase("statement: 'n'"));
  EXPECT_OK(Erase("entity: 'document/d'"));
}

TEST_F(EraseTest, WhatAMergeKeepsIsErasedToo) {
  graph_.PutEntities({"lab/un"});
  Put("id: 'm' subject: 'lab/un' predicate: 'note' value { string_value: 'SECRET' }");
  graph_.Do("merge_entities { from: 'lab/un' into: 'lab/a' }");
  ASSERT_OK(Erase("statement: 'm'"));
  EXPECT_THAT(Found("SECRET"), IsEmpty());
  graph_.Do("unmerge_entity { id: 'lab/un' }");
  EXPECT_EQ(graph_.Statement("m").id(), "");
}

TEST_F(EraseTest, AMergedEntityCanBeErased) {
  graph_.Do("put_entity { id: 'lab/un' names { key: 'en' value: 'SECRET' } }");
  graph_.Do("merge_entities { from: 'lab/un' into: 'lab/a' }");
  ASSERT_OK(Erase("entity: 'lab/un'"));
  EXPECT_THAT(Found("SECRET"), IsEmpty());
  EXPECT_THAT(graph_.Try("unmerge_entity { id: 'lab/un' }"),
              FailsWith(v1::ERROR_REASON_ENTITY_NOT_MERGED));
}

TEST_F(EraseTest, AfterHistoryWasForgotten) {
  Put(kSecret);
  Put(absl::StrCat(kSecret, " rank: RANK_PREFERRED"));
  graph_.PutEntities({"lab/later"});
  ASSERT_OK(graph_.graph().CompactHistory(graph_.head() - 1));
  ASSERT_OK(Erase("statement: 'n'"));
  EXPECT_THAT(Found("SECRET"), IsEmpty());
}

TEST_F(EraseTest, WhatWasPutAndGoneInOneRevisionCanBeErased) {
  ASSERT_OK(graph_.Commit(absl::StrCat(
      "mutations { put_statement { id: 'k' subject: 'lab/b' predicate: 'part_of' object: "
      "'lab/c' } } mutations { put_statement {",
      kSecret,
      "} } mutations { put_statement { id: 'o' subject: 'lab/a' predicate: 'note' value "
      "{ "
      "string_value: 'SECRET3' } } } mutations { put_statement { id: 'l' subject: "
      "'lab/b' "
      "predicate: 'works_with' object: 'lab/c' } } mutations { delete_entity { id: "
      "'lab/a' cascade: true } }")));
  const uint64_t made = graph_.head();
  Put("id: 'later' subject: 'lab/c' predicate: 'led_by' object: 'person/p'");
  EXPECT_THAT(Erase("entity: 'document/d'"),  // that one of them cites
              FailsAt(v1::ERROR_REASON_ENTITY_IN_USE, "entity"));
  const auto done = Erase("statement: 'n'");
  ASSERT_OK(done);
  EXPECT_EQ(done->records(), 1u);
  EXPECT_THAT(Found("SECRET2"), IsEmpty());
  const auto change = ReadChange(*graph_.store().GetSnapshot(), made);
  ASSERT_OK(change);
  EXPECT_EQ(change->events(1).erase().statement(), "n");
  EXPECT_THAT(graph_.Verify(), IsEmpty());
  EXPECT_THAT(Erase("entity: 'lab/a'"),
              FailsAt(v1::ERROR_REASON_ENTITY_IN_USE, "entity"));
  ASSERT_OK(Erase("entity: 'lab/a' cascade: true"));
  EXPECT_THAT(Found("SECRET"), IsEmpty());
  EXPECT_OK(Erase("entity: 'document/d'"));
}

TEST_F(EraseTest, WhatOneRevisionReplacedAtOnceIsErasedToo) {
  Put(kSecret);
  ASSERT_OK(graph_.Commit(
      absl::StrCat("mutations { put_statement {", kSecret,
                   "rank: RANK_PREFERRED } } mutations { merge_entities { from: 'lab/a' "
                   "into: 'lab/b' } }")));
  ASSERT_OK(graph_.Commit(
      "mutations { put_statement { id: 'm' subject: 'lab/b' predicate: 'note' value { "
      "string_value: 'SECRET3' } } } mutations { merge_entities { from: 'lab/b' into: "
      "'lab/c' } }"));
  Put("id: 'later' subject: 'lab/c' predicate: 'led_by' object: 'person/p'");
  graph_.PutEntities({"document/e"});
  ASSERT_OK(graph_.Commit(
      "mutations { put_entity { id: 'person/x' names { key: 'en' value: 'SECRET4' } "
      "sources { document: 'document/d' } } } mutations { merge_entities { from: "
      "'document/d' into: 'document/e' } }"));
  graph_.PutEntities({"lab/later"});  // numbers go on
  ASSERT_OK(Erase("statement: 'n'"));
  ASSERT_OK(Erase("statement: 'm'"));
  ASSERT_OK(Erase("entity: 'person/x'"));
  EXPECT_THAT(Found("SECRET"), IsEmpty());
}

TEST_F(EraseTest, WhatOnlyAMergeStillKeepsCanBeErased) {
  graph_.Do("put_entity { id: 'lab/un' names { key: 'en' value: 'SECRET3' } }");
  const std::string id =
      graph_
          .Do("put_statement { subject: 'lab/un' predicate: 'note' value { string_value: "
              "'SECRET' } }")
          .id();
  graph_.Do("merge_entities { from: 'lab/un' into: 'lab/a' }");
  ASSERT_OK(graph_.graph().CompactHistory(graph_.head()));
  const auto statement = Erase(absl::StrCat("statement: '", id, "'"));
  ASSERT_OK(statement);
  EXPECT_EQ(statement->records(), 1u);
  EXPECT_THAT(Found("SECRET3"), ::testing::ElementsAre("redirect"));
  ASSERT_OK(Erase("entity: 'lab/un'"));
  EXPECT_THAT(Found("SECRET3"), IsEmpty());
  EXPECT_THAT(graph_.Try("unmerge_entity { id: 'lab/un' }"),
              FailsWith(v1::ERROR_REASON_ENTITY_NOT_MERGED));
}

TEST_F(EraseTest, StatementsThatOnlyAnothersMergeKeepsGoWithTheirOtherEnd) {
  graph_.PutEntities({"lab/un"});
  Put("id: 's' subject: 'lab/un' predicate: 'led_by' object: 'person/p' sources { "
      "document: 'document/d' quote: 'SECRET' }");
  graph_.Do("merge_entities { from: 'lab/un' into: 'lab/a' }");
  graph_.Do("retract_statement { id: 's' }");
  ASSERT_OK(graph_.graph().CompactHistory(graph_.head()));
  EXPECT_THAT(Erase("entity: 'person/p'"),
              FailsAt(v1::ERROR_REASON_ENTITY_IN_USE, "entity"));
  const auto done = Erase("entity: 'person/p' cascade: true");
  ASSERT_OK(done);
  EXPECT_EQ(done->records(), 2u);
  EXPECT_THAT(Found("SECRET"), IsEmpty());
}

TEST_F(EraseTest, WhatAnInterruptedCompactionLeftIsErasedToo) {
  Put(kSecret);
  ASSERT_OK(graph_.Commit(absl::StrCat("mutations { put_statement {", kSecret,
                                       "rank: RANK_PREFERRED } } mutations { "
                                       "merge_entities { from: 'lab/a' into: 'lab/b' } "
                                       "}")));
  kv::Batch floor;
  floor.Put(keys::kMeta, keys::kMetaOldest, std::string(1, char(graph_.head())));
  ASSERT_OK(graph_.store().Write(floor));
  graph_.Reopen();
  ASSERT_OK(Erase("statement: 'n'"));
  EXPECT_THAT(Found("SECRET"), IsEmpty());
}

TEST_F(EraseTest, AnEntityWhoseKindIsNoMore) {
  graph_.Do("put_entity { id: 'team/x' names { key: 'en' value: 'SECRET' } }");
  graph_.Do("delete_entity { id: 'team/x' }");
  ASSERT_OK(graph_.ApplySchema("remove_kinds: 'team'"));
  v1::GetHistoryRequest request;
  request.set_entity("team/x");
  const auto page = ReadHistory(request, *graph_.Read(), 0, 10);
  ASSERT_OK(page);
  EXPECT_EQ(page->response.versions_size(), 2);
  ASSERT_OK(Erase("entity: 'team/x'"));
  EXPECT_THAT(Found("SECRET"), IsEmpty());
  EXPECT_THAT(Erase("entity: 'tame/x'"),
              FailsAt(v1::ERROR_REASON_KIND_UNKNOWN, "entity"));
}

TEST_F(EraseTest, AnIdThatWasGivenToAnotherFactIsNotTakenAlong) {
  Put("id: 'own' subject: 'lab/a' predicate: 'part_of' object: 'lab/b'");
  graph_.Do("retract_statement { id: 'own' }");
  Put("id: 'own' subject: 'lab/c' predicate: 'led_by' object: 'person/p'");
  const auto refused = Erase("entity: 'lab/a' cascade: true");
  EXPECT_THAT(refused, FailsAt(v1::ERROR_REASON_ENTITY_IN_USE, "entity"));
  EXPECT_THAT(refused.status().message(),
              ::testing::HasSubstr("erase statement own first"));
  EXPECT_EQ(graph_.Statement("own").subject(), "lab/c");
  ASSERT_OK(Erase("statement: 'own'"));
  EXPECT_OK(Erase("entity: 'lab/a'"));
}

TEST_F(EraseTest, DamageIsNotCoveredUp) {
  Put(kSecret);
  kv::Batch damage;
  damage.Put(keys::kChange, keys::ChangeKey(graph_.head()), "rubbish");
  const auto intact =
      graph_.store().GetSnapshot()->Get(keys::kChange, keys::ChangeKey(graph_.head()));
  ASSERT_OK(graph_.store().Write(damage));
  graph_.Reopen();
  EXPECT_THAT(Erase("statement: 'n'"), FailsWith(v1::ERROR_REASON_STORAGE_CORRUPT));
  kv::Batch repair;
  repair.Put(keys::kChange, keys::ChangeKey(graph_.head()), **intact);
  ASSERT_OK(graph_.store().Write(repair));
}

TEST_F(EraseTest, MistakesAreTold) {
  EXPECT_THAT(Erase(""), FailsAt(v1::ERROR_REASON_FIELD_REQUIRED, "statement"));
  EXPECT_THAT(Erase("statement: 'none'"),
              FailsAt(v1::ERROR_REASON_STATEMENT_NOT_FOUND, "statement"));
  EXPECT_THAT(Erase("entity: 'lab/none'"),
              FailsAt(v1::ERROR_REASON_ENTITY_NOT_FOUND, "entity"));
  EXPECT_THAT(Erase("entity: 'lab'"), FailsAt(v1::ERROR_REASON_ID_MALFORMED, "entity"));
  EXPECT_THAT(Erase(absl::StrCat("statement: 'x' actor: '", std::string(257, 'a'), "'")),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "actor"));
}

}  // namespace
}  // namespace labgraph::graph
