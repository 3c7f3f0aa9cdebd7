// What numbers and names become of over the life of a store.

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/schema/ontology.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/schema/parse_proto.h"

namespace labgraph::schema {
namespace {

using ::labgraph::testing::FailsAt;

class NumberingTest : public ::testing::Test {
 protected:
  absl::StatusOr<std::shared_ptr<const Ontology>> Compile(absl::string_view schema) {
    return Ontology::Compile(ParseText<v1::Schema>(schema), &numbering_);
  }

  // Compiles a schema that has to be accepted.
  std::shared_ptr<const Ontology> Accept(absl::string_view schema) {
    auto ontology = Compile(schema);
    EXPECT_OK(ontology) << schema;
    return ontology.ok() ? *ontology : Ontology::Empty();
  }

  // Number by which a name finds its predicate; 0 where it finds none.
  static PredicateNumber Find(const Ontology& ontology, absl::string_view name) {
    const Predicate* predicate = ontology.FindPredicate(name).predicate;
    return predicate == nullptr ? 0 : predicate->number;
  }

  Numbering numbering_;
};

TEST_F(NumberingTest, FollowsTheOrderOfNames) {
  Accept(
      R"(kinds { name: "b" } kinds { name: "a" } predicates { name: "q" } predicates { name: "p" })");
  EXPECT_EQ(numbering_.kinds.at("a"), 1u);
  EXPECT_EQ(numbering_.kinds.at("b"), 2u);
  EXPECT_EQ(numbering_.predicates.at("p"), 1u);
  EXPECT_EQ(numbering_.predicates.at("q"), 2u);
  EXPECT_EQ(numbering_.next_kind, 3u);
  EXPECT_EQ(numbering_.next_predicate, 3u);
}

TEST_F(NumberingTest, NumbersAreKeptAndNeverReused) {
  Accept(R"(kinds { name: "b" } predicates { name: "q" })");
  Accept(R"(kinds { name: "a" } predicates { name: "p" })");
  EXPECT_EQ(numbering_.kinds.at("a"), 2u);
  EXPECT_EQ(numbering_.predicates.at("p"), 2u);
  const auto again = Accept(R"(kinds { name: "b" } predicates { name: "q" })");
  EXPECT_EQ(again->FindKind("b")->number, 1u);
  EXPECT_EQ(Find(*again, "q"), 1u);
  EXPECT_EQ(again->FindKind("a"), nullptr);
  EXPECT_EQ(Find(*again, "p"), 0u);
}

TEST_F(NumberingTest, ARenamedPredicateKeepsNumberAndOriginalName) {
  Accept(R"(predicates { name: "a" })");
  const auto renamed = Accept(R"(predicates { name: "b" renamed_from: "a" })");
  EXPECT_EQ(Find(*renamed, "b"), 1u);
  EXPECT_EQ(Find(*renamed, "a"), 1u);
  EXPECT_EQ(renamed->FindPredicate("b").predicate->original_name, "a");
  EXPECT_EQ(renamed->FindPredicate("a").predicate->definition.name(), "b");
  EXPECT_FALSE(renamed->FindPredicate("a").inverse);
}

TEST_F(NumberingTest, EveryNameOfAChainOfRenamesKeepsWorking) {
  Accept(R"(predicates { name: "a" })");
  Accept(R"(predicates { name: "b" renamed_from: "a" })");
  Accept(R"(predicates { name: "b" })");  // it need not be repeated
  const auto last = Accept(R"(predicates { name: "c" renamed_from: "b" })");
  for (const char* name : {"a", "b", "c"}) EXPECT_EQ(Find(*last, name), 1u) << name;
  EXPECT_EQ(last->FindPredicate("c").predicate->original_name, "a");
  EXPECT_EQ(numbering_.next_predicate, 2u);
}

TEST_F(NumberingTest, ARenameCanBeTakenBack) {
  Accept(R"(predicates { name: "a" })");
  Accept(R"(predicates { name: "b" renamed_from: "a" })");
  const auto back = Accept(R"(predicates { name: "a" renamed_from: "b" })");
  EXPECT_EQ(Find(*back, "a"), 1u);
  EXPECT_EQ(Find(*back, "b"), 1u);
  EXPECT_EQ(back->FindPredicate("a").predicate->definition.name(), "a");
}

TEST_F(NumberingTest, ANewStoreAcceptsTheSchemaOfAnOldOne) {
  const auto fresh = Accept(R"(predicates { name: "b" renamed_from: "a" })");
  EXPECT_EQ(Find(*fresh, "b"), 1u);
  EXPECT_EQ(Find(*fresh, "a"), 1u);
  // Ids of statements come out as in the store where it was renamed.
  EXPECT_EQ(fresh->FindPredicate("b").predicate->original_name, "a");
}

TEST_F(NumberingTest, AnAliasAddedLaterLeavesTheOriginalName) {
  Accept(R"(predicates { name: "b" })");
  const auto with_alias = Accept(R"(predicates { name: "b" renamed_from: "a" })");
  EXPECT_EQ(Find(*with_alias, "a"), 1u);
  EXPECT_EQ(with_alias->FindPredicate("b").predicate->original_name, "b");
}

TEST_F(NumberingTest, OnePredicateCannotBecomeAnother) {
  Accept(R"(predicates { name: "a" } predicates { name: "b" })");
  EXPECT_THAT(Compile(R"(predicates { name: "b" renamed_from: "a" })"),
              FailsAt(v1::ERROR_REASON_SCHEMA_INVALID, "predicates[0].renamed_from"));
}

TEST_F(NumberingTest, AFormerNameCannotNameANewPredicate) {
  Accept(R"(predicates { name: "a" })");
  Accept(R"(predicates { name: "b" renamed_from: "a" })");
  EXPECT_THAT(Compile(R"(predicates { name: "b" } predicates { name: "a" })"),
              FailsAt(v1::ERROR_REASON_SCHEMA_INVALID, "predicates[1].name"));
  EXPECT_THAT(
      Compile(R"(predicates { name: "b" } predicates { name: "c" inverse: "a" })"),
      FailsAt(v1::ERROR_REASON_SCHEMA_INVALID, "predicates[1].inverse"));
  EXPECT_THAT(Compile(R"(predicates { name: "b" inverse: "a" })"),
              FailsAt(v1::ERROR_REASON_SCHEMA_INVALID, "predicates[0].inverse"));
}

TEST_F(NumberingTest, TheNameOfARemovedPredicateCanBeAnInverse) {
  Accept(R"(predicates { name: "a" })");
  const auto ontology = Accept(R"(predicates { name: "b" inverse: "a" })");
  EXPECT_TRUE(ontology->FindPredicate("a").inverse);
  EXPECT_EQ(Find(*ontology, "a"), 2u);
}

TEST_F(NumberingTest, AStoredSchemaOutlivesLaterFormerNames) {
  const char* const kFirst =
      R"(predicates { name: "a" inverse: "x" } predicates { name: "b" })";
  Accept(kFirst);
  Accept(R"(predicates { name: "a" } predicates { name: "x" renamed_from: "b" })");
  const auto stored = Ontology::CompileStored(ParseText<v1::Schema>(kFirst), &numbering_);
  ASSERT_OK(stored);
  EXPECT_EQ(Find(**stored, "x"), 1u);
  EXPECT_TRUE((*stored)->FindPredicate("x").inverse);
  EXPECT_EQ(Find(**stored, "b"), 2u);
  EXPECT_THAT(Compile(kFirst),
              FailsAt(v1::ERROR_REASON_SCHEMA_INVALID, "predicates[0].inverse"));
}

TEST_F(NumberingTest, IsUnchangedOnError) {
  Accept(R"(kinds { name: "k" } predicates { name: "a" } predicates { name: "b" })");
  EXPECT_FALSE(Compile(R"(kinds { name: "new" } predicates { name: "new" }
                          predicates { name: "z" renamed_from: "a" }
                          predicates { name: "b" renamed_from: "z" })")
                   .ok());
  EXPECT_FALSE(
      Compile(R"(kinds { name: "new" } predicates { name: "b" renamed_from: "a" })")
          .ok());
  EXPECT_EQ(numbering_.next_kind, 2u);
  EXPECT_EQ(numbering_.next_predicate, 3u);
  EXPECT_EQ(numbering_.kinds.count("new"), 0u);
  EXPECT_EQ(numbering_.predicates.size(), 2u);
  EXPECT_EQ(numbering_.original_names.size(), 2u);
}

}  // namespace
}  // namespace labgraph::schema
