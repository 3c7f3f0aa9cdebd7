#include "server/graph/graph.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/base/limits.h"
#include "server/keys/keyspaces.h"
#include "server/kv/memory_store.h"
#include "tests/testing/parse_proto.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_graph.h"
#include "tests/unit/graph/crime_schema.h"

namespace labgraph::graph {
namespace {

using ::testing::ElementsAre;
using testing::FailsAt;
using testing::FailsWith;
using testing::IsOkAndHolds;
using testing::ParseText;
using testing::TestGraph;

TEST(GraphTest, AnEmptyStoreBecomesAnEmptyGraph) {
  TestGraph graph;
  EXPECT_EQ(graph.head(), 0u);
  EXPECT_THAT(graph.graph().store_id(), ::testing::MatchesRegex("[0-9a-f]+"));
  EXPECT_EQ(graph.graph().store_id().size(), 32u);
  EXPECT_THAT(graph.Verify(), ::testing::IsEmpty());
  EXPECT_NE(graph.graph().store_id(), TestGraph().graph().store_id());
}

TEST(GraphTest, AllComesBackWhenOpenedAgain) {
  TestGraph graph(kCrimeSchema);
  graph.PutEntities({"lab/a", "lab/b"});
  graph.Do(
      "put_statement { id: 'x' subject: 'lab/a' predicate: 'part_of' object: 'lab/b' "
      "visibility: 'fiod' }");
  const std::string store_id = graph.graph().store_id();
  const keys::State state = graph.graph().head()->state;
  graph.Reopen();
  EXPECT_EQ(graph.graph().store_id(), store_id);
  EXPECT_EQ(graph.graph().head()->state, state);
  EXPECT_EQ(graph.Statement("x").visibility(), "fiod");
  graph.Do("put_statement { subject: 'lab/a' predicate: 'works_with' object: 'lab/b' }");
  EXPECT_THAT(graph.Verify(), ::testing::IsEmpty());
}

TEST(GraphTest, DamagedAndForeignStoresAreRefused) {
  const struct {
    kv::Keyspace keyspace;
    const char* key;
    const char* value;
  } cases[] = {
      {keys::kMeta, keys::kMetaFormat, "labgraph 99"},
      {keys::kMeta, keys::kMetaState, "?"},
      {keys::kFacet, "key", "?"},
      {keys::kSchema, "kcar", "?"},
      {keys::kSchema, "v\x7F\x7F\x7F\x7F\x7F\x7F\x7F\x7F", "?"},
  };
  for (const auto& test : cases) {
    const std::unique_ptr<kv::Store> store = kv::NewMemoryStore(keys::Names().size());
    SystemClock clock;
    ASSERT_OK(Graph::Open(store.get(), nullptr, &clock));
    kv::Batch batch;
    batch.Put(test.keyspace, test.key, test.value);
    // The last case is a version of the schema, which is read if the head is at least it.
    keys::State state;
    state.head = 0x7F7F7F7F7F7F7F7F;
    if (test.keyspace == keys::kSchema) {
      batch.Put(keys::kMeta, keys::kMetaState, state.Encode());
    }
    ASSERT_OK(store->Write(batch));
    EXPECT_THAT(Graph::Open(store.get(), nullptr, &clock),
                FailsWith(v1::ERROR_REASON_STORAGE_CORRUPT))
        << test.key;
  }
}

TEST(GraphTest, RefusesReadsThatCannotBe) {
  TestGraph graph(kCrimeSchema);
  const auto read = [&](const char* options) {
    return graph.graph()
        .Read(ParseText<v1::ReadOptions>(options), ReadFilter::Mode::kList)
        .status();
  };
  EXPECT_OK(read("revision: 1"));
  EXPECT_OK(read("at_least_revision: 1"));
  EXPECT_THAT(read("revision: 2"),
              FailsAt(v1::ERROR_REASON_REVISION_IN_FUTURE, "revision"));
  EXPECT_THAT(read("at_least_revision: 2"),
              FailsAt(v1::ERROR_REASON_REVISION_IN_FUTURE, "at_least_revision"));
  EXPECT_THAT(read("valid_at: 'today'"),
              FailsAt(v1::ERROR_REASON_DATE_MALFORMED, "valid_at"));
  EXPECT_THAT(read("lang: 'nl,Dutch'"),
              FailsAt(v1::ERROR_REASON_LANGUAGE_MALFORMED, "lang"));
  EXPECT_THAT(read("lang: 'nl,nl,nl,nl,nl,nl,nl,nl,nl,nl,nl,nl,nl,nl,nl,nl,nl'"),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "lang"));
}

TEST(GraphTest, LanguagesEndWithEnglish) {
  EXPECT_THAT(ParseLanguages(""), IsOkAndHolds(ElementsAre("en")));
  EXPECT_THAT(ParseLanguages(" nl , pt-br"),
              IsOkAndHolds(ElementsAre("nl", "pt-br", "en")));
}

// --- View ---------------------------------------------------------------------

TEST(ViewTest, ALabelFallsBackAndSaysSo) {
  TestGraph graph(kCrimeSchema);
  graph.Do(
      "put_entity { id: 'lab/a' names { key: 'nl' value: 'Uit' } "
      "names { key: 'en' value: 'Exit' } names { key: 'de' value: 'Aus' } }");
  graph.Do(
      "put_entity { id: 'lab/b' names { key: 'nl' value: 'Twee' } "
      "names { key: 'fr' value: 'Deux' } }");
  const auto label = [&](const char* id, const char* lang) {
    const v1::LocalizedText text =
        graph.Entity(id, absl::StrCat("lang: '", lang, "'")).label();
    return absl::StrCat(text.lang(), ":", text.text());
  };
  EXPECT_EQ(label("lab/a", ""), "en:Exit");
  EXPECT_EQ(label("lab/a", "fr,nl"), "nl:Uit");
  EXPECT_EQ(label("lab/a", "fr"), "en:Exit");
  EXPECT_EQ(label("lab/b", "de"), "fr:Deux") << "the first of the alphabet";
}

TEST(ViewTest, AViewGivesWhatItIsAskedFor) {
  TestGraph graph(kCrimeSchema);
  graph.PutEntities({"lab/a", "lab/b"});
  graph.Do("put_entity { id: 'lab/a' names { key: 'en' value: 'A' } }");
  graph.Do(
      "put_statement { id: 'x' subject: 'lab/a' predicate: 'part_of' object: 'lab/b' }");
  graph.Do(
      "put_statement { id: 'n' subject: 'lab/a' predicate: 'note' "
      "value { string_value: 'hi' } rank: RANK_DEPRECATED }");
  EXPECT_EQ(graph.Entity("lab/a", "", v1::ENTITY_VIEW_IDS).ShortDebugString(),
            "id: \"lab/a\"");
  const v1::Entity named = graph.Entity("lab/a", "", v1::ENTITY_VIEW_UNSPECIFIED);
  EXPECT_EQ(named.label().text(), "A");
  EXPECT_EQ(named.created_revision(), 2u);
  EXPECT_EQ(named.updated_revision(), 3u);
  EXPECT_EQ(named.statements_size(), 0);
  const auto statements = [&](const char* options) {
    std::vector<std::string> ids;
    const v1::Entity entity = graph.Entity("lab/a", options, v1::ENTITY_VIEW_FULL);
    for (const v1::Statement& statement : entity.statements())
      ids.push_back(statement.id());
    return ids;
  };
  EXPECT_THAT(statements(""), ElementsAre("n", "x"));
  EXPECT_THAT(statements("ranks: RANK_NORMAL"), ElementsAre("x"));
  EXPECT_THAT(statements("revision: 4"), ElementsAre("x"));
  EXPECT_THAT(statements("revision: 3"), ElementsAre());
}

TEST(ViewTest, AnEntityShowsALimitedNumberOfStatements) {
  TestGraph graph(kCrimeSchema);
  graph.PutEntities({"lab/a"});
  const uint64_t limit = limits::kEntityStatements.value;
  v1::CommitRequest request;
  for (uint64_t i = 0; i <= limit; ++i) {
    v1::Statement* statement = request.add_mutations()->mutable_put_statement();
    statement->set_id(absl::StrCat("n", i));
    statement->set_subject("lab/a");
    statement->set_predicate("note");
    statement->mutable_value()->set_string_value(absl::StrCat(i));
  }
  ASSERT_OK(graph.graph().Commit(request));
  const v1::Entity cut = graph.Entity("lab/a", "", v1::ENTITY_VIEW_FULL);
  EXPECT_EQ(static_cast<uint64_t>(cut.statements_size()), limit);
  EXPECT_TRUE(cut.statements_cut());
  graph.Do("retract_statement { id: 'n0' }");
  const v1::Entity whole = graph.Entity("lab/a", "", v1::ENTITY_VIEW_FULL);
  EXPECT_EQ(static_cast<uint64_t>(whole.statements_size()), limit);
  EXPECT_FALSE(whole.statements_cut());
}

}  // namespace
}  // namespace labgraph::graph
