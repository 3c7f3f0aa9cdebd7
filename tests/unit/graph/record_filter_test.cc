// Which records a filter lets pass, at any revision.

#include "server/graph/record_filter.h"

#include <pthread.h>

#include <memory>
#include <string>
#include <type_traits>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "server/base/limits.h"
#include "tests/testing/parse_proto.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_graph.h"
#include "tests/unit/graph/crime_schema.h"

namespace labgraph::graph {
namespace {

using testing::FailsAt;
using testing::ParseText;
using testing::TestGraph;

v1::Statement Statement(const std::string& text) {
  return ParseText<v1::Statement>(text);
}

v1::Statement Relation(const std::string& subject, const std::string& predicate,
                       const std::string& object) {
  v1::Statement statement;
  statement.set_subject(subject);
  statement.set_predicate(predicate);
  statement.set_object(object);
  return statement;
}

class RecordFilterTest : public ::testing::Test {
 protected:
  RecordFilterTest() : graph_(kCrimeSchema) {
    graph_.PutEntities({"lab/a", "team/t", "person/p", "document/d"});
  }

  absl::StatusOr<RecordFilter> TryMake(const std::string& filter) {
    return RecordFilter::Make(ParseText<v1::RecordFilter>(filter),
                              graph_.Read()->records());
  }

  RecordFilter Make(const std::string& filter) {
    const absl::StatusOr<RecordFilter> made = TryMake(filter);
    EXPECT_OK(made) << filter;
    return made.ok() ? *made : RecordFilter();
  }

  TestGraph graph_;
};

TEST_F(RecordFilterTest, TheEmptyOneLetsAllPass) {
  for (const RecordFilter& filter : {RecordFilter(), Make("")}) {
    EXPECT_TRUE(filter.passes_all());
    EXPECT_TRUE(filter.PassesEntity("lab/a"));
    EXPECT_TRUE(filter.Passes(Relation("lab/a", "part_of", "lab/b")));
  }
  EXPECT_FALSE(Make("kinds: 'lab'").passes_all());
  EXPECT_FALSE(Make("predicates: 'uses'").passes_all());
  EXPECT_FALSE(Make("entities: 'lab/a'").passes_all());
}

TEST_F(RecordFilterTest, KindsHaveThoseUnderThem) {
  const RecordFilter filter = Make("kinds: 'organisation'");
  EXPECT_TRUE(filter.PassesEntity("lab/whatever"));
  EXPECT_TRUE(filter.PassesEntity("team/t"));
  EXPECT_FALSE(filter.PassesEntity("person/p"));
  EXPECT_FALSE(Make("kinds: 'lab'").PassesEntity("team/t"));
}

TEST_F(RecordFilterTest, KindsAreAskedOfBothEndsOfAStatement) {
  const RecordFilter filter = Make("kinds: 'person'");
  EXPECT_TRUE(filter.Passes(Relation("lab/a", "led_by", "person/p")));
  EXPECT_TRUE(filter.Passes(Relation("person/p", "uses", "lab/a")));
  EXPECT_FALSE(filter.Passes(Relation("lab/a", "part_of", "team/t")));
  EXPECT_FALSE(filter.Passes(Statement(
      "subject: 'lab/a' predicate: 'note' value { string_value: 'person/p' }")));
}

TEST_F(RecordFilterTest, PredicatesLetNoEntityPass) {
  const RecordFilter filter = Make("predicates: 'led_by' predicates: 'note'");
  EXPECT_FALSE(filter.PassesEntity("lab/a"));
  EXPECT_TRUE(filter.Passes(Relation("lab/a", "led_by", "person/p")));
  EXPECT_FALSE(filter.Passes(Relation("lab/a", "part_of", "team/t")));
}

TEST_F(RecordFilterTest, PredicatesMayHaveAnyNameThatTheyEverHad) {
  EXPECT_TRUE(
      Make("predicates: 'leads'").Passes(Relation("lab/a", "led_by", "person/p")));
  v1::ApplySchemaRequest renamed;
  *renamed.mutable_schema() = ParseText<v1::Schema>(kCrimeSchema);
  for (v1::Predicate& predicate : *renamed.mutable_schema()->mutable_predicates()) {
    if (predicate.name() != "led_by") continue;
    predicate.set_name("headed_by");
    predicate.set_renamed_from("led_by");
  }
  ASSERT_OK(graph_.graph().ApplySchema(renamed));
  for (const char* asked : {"led_by", "headed_by", "leads"}) {
    const RecordFilter filter = Make(absl::StrCat("predicates: '", asked, "'"));
    EXPECT_TRUE(filter.Passes(Relation("lab/a", "led_by", "person/p"))) << asked;
    EXPECT_TRUE(filter.Passes(Relation("lab/a", "headed_by", "person/p"))) << asked;
    EXPECT_FALSE(filter.Passes(Relation("lab/a", "uses", "person/p"))) << asked;
  }
}

TEST_F(RecordFilterTest, EntitiesStandForWhateverNamesThem) {
  const RecordFilter filter = Make("entities: 'lab/a' entities: 'document/d'");
  EXPECT_TRUE(filter.PassesEntity("lab/a"));
  EXPECT_FALSE(filter.PassesEntity("lab/b"));
  EXPECT_TRUE(filter.Passes(Relation("lab/a", "part_of", "lab/b")));
  EXPECT_TRUE(filter.Passes(Relation("lab/b", "part_of", "lab/a")));
  EXPECT_FALSE(filter.Passes(Relation("lab/b", "part_of", "lab/c")));
  EXPECT_TRUE(
      filter.Passes(Statement("subject: 'lab/b' predicate: 'capacity' sources { "
                              "document: 'document/d' }")));
  EXPECT_TRUE(
      filter.Passes(Statement("subject: 'lab/b' predicate: 'capacity' sources { "
                              "document: 'document/e' asserted_by: 'lab/a' }")));
}

TEST_F(RecordFilterTest, AllThatIsSetMustHold) {
  const RecordFilter filter =
      Make("kinds: 'person' predicates: 'led_by' entities: 'lab/a'");
  EXPECT_TRUE(filter.Passes(Relation("lab/a", "led_by", "person/p")));
  EXPECT_FALSE(filter.Passes(Relation("lab/b", "led_by", "person/p")));
  EXPECT_FALSE(filter.Passes(Relation("lab/a", "uses", "person/p")));
  EXPECT_FALSE(filter.Passes(Relation("lab/a", "led_by", "team/t")));
  EXPECT_TRUE(Make("kinds: 'lab' entities: 'lab/a'").PassesEntity("lab/a"));
  EXPECT_FALSE(Make("kinds: 'team' entities: 'lab/a'").PassesEntity("lab/a"));
}

TEST_F(RecordFilterTest, WhatDoesNotExistIsToldWithItsPlace) {
  EXPECT_THAT(TryMake("kinds: 'lab' kinds: 'lob'"),
              FailsAt(v1::ERROR_REASON_KIND_UNKNOWN, "kinds[1]"));
  EXPECT_THAT(TryMake("predicates: 'uzes'"),
              FailsAt(v1::ERROR_REASON_PREDICATE_UNKNOWN, "predicates[0]"));
  EXPECT_THAT(TryMake("entities: 'lab/a' entities: 'lab/z'"),
              FailsAt(v1::ERROR_REASON_ENTITY_NOT_FOUND, "entities[1]"));
  EXPECT_THAT(TryMake("entities: 'lob/a'"),
              FailsAt(v1::ERROR_REASON_ENTITY_NOT_FOUND, "entities[0]"));
  EXPECT_THAT(TryMake("entities: 'lab'"),
              FailsAt(v1::ERROR_REASON_ID_MALFORMED, "entities[0]"));
}

TEST_F(RecordFilterTest, ThereIsALimitToEachList) {
  v1::RecordFilter filter;
  for (uint64_t i = 0; i < limits::kBatchIds.value; ++i) {
    filter.add_kinds("lab");
    filter.add_predicates("uses");
    filter.add_entities("lab/a");
  }
  EXPECT_OK(RecordFilter::Make(filter, graph_.Read()->records()));
  for (const char* const field : {"kinds", "predicates", "entities"}) {
    v1::RecordFilter large = filter;
    large.GetReflection()->AddString(
        &large, large.GetDescriptor()->FindFieldByName(field), "lab/a");
    EXPECT_THAT(RecordFilter::Make(large, graph_.Read()->records()),
                FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, field));
  }
}

TEST_F(RecordFilterTest, ALongChainOfMergesTakesNoStack) {
  constexpr size_t kStackBytes = 256 << 10;
  constexpr int kMerges = 5000;
  v1::CommitRequest request;
  for (int i = 0; i <= kMerges; ++i) {
    request.add_mutations()->mutable_put_entity()->set_id(absl::StrCat("lab/", i));
  }
  ASSERT_OK(graph_.graph().Commit(request));
  request.Clear();
  for (int i = 0; i < kMerges; ++i) {
    v1::MergeEntities* merge = request.add_mutations()->mutable_merge_entities();
    merge->set_from(absl::StrCat("lab/", i));
    merge->set_into(absl::StrCat("lab/", i + 1));
  }
  ASSERT_OK(graph_.graph().Commit(request));
  pthread_attr_t attributes;
  ASSERT_EQ(pthread_attr_init(&attributes), 0);
  ASSERT_EQ(pthread_attr_setstacksize(&attributes, kStackBytes), 0);
  pthread_t thread;
  using Self = std::remove_pointer_t<decltype(this)>;
  const auto run = [](void* test) -> void* {
    const RecordFilter filter = static_cast<Self*>(test)->Make("entities: 'lab/0'");
    EXPECT_TRUE(filter.PassesEntity(absl::StrCat("lab/", kMerges)));
    return nullptr;
  };
  ASSERT_EQ(pthread_create(&thread, &attributes, run, this), 0);
  EXPECT_EQ(pthread_join(thread, nullptr), 0);
  pthread_attr_destroy(&attributes);
}

TEST_F(RecordFilterTest, AnEntityStandsForWhatItWasMergedInto) {
  graph_.PutEntities({"lab/b", "lab/c"});
  graph_.Do("merge_entities { from: 'lab/b' into: 'lab/c' }");
  const RecordFilter filter = Make("entities: 'lab/b'");
  EXPECT_TRUE(filter.PassesEntity("lab/b"));
  EXPECT_TRUE(filter.PassesEntity("lab/c"));
  EXPECT_FALSE(filter.PassesEntity("lab/a"));
  v1::Redirect redirect;
  redirect.set_id("lab/b");
  redirect.set_into("lab/c");
  EXPECT_TRUE(filter.Passes(redirect));
  EXPECT_TRUE(Make("entities: 'lab/c'").Passes(redirect));
  EXPECT_FALSE(Make("entities: 'lab/a'").Passes(redirect));
}

TEST_F(RecordFilterTest, ACheckedOneOutlivesWhatItNames) {
  TestGraph empty;
  const auto compiled = RecordFilter::Compile(
      ParseText<v1::RecordFilter>("kinds: 'lab' kinds: 'gone' entities: 'lab/gone' "
                                  "entities: 'gone/x' predicates: 'was'"),
      empty.Read()->records());
  ASSERT_OK(compiled);
  const RecordFilter& filter = *compiled;
  EXPECT_TRUE(filter.Passes(Relation("lab/gone", "was", "team/t")));
  EXPECT_TRUE(filter.Passes(Relation("team/t", "was", "gone/x")));
  EXPECT_FALSE(filter.Passes(Relation("lab/gone", "is", "team/t")));
  EXPECT_FALSE(filter.Passes(Relation("team/t", "was", "lab/other")));
}

}  // namespace
}  // namespace labgraph::graph
