#include "server/schema/ontology.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/schema/parse_proto.h"

namespace labgraph::schema {
namespace {

using ::labgraph::testing::FailsAt;
using ::labgraph::testing::IsOkAndHolds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr char kSchema[] = R"pb(
  kinds { name: "thing" abstract: true }
  kinds { name: "organization" parent: "agent" }
  kinds { name: "agent" parent: "thing" abstract: true }
  kinds {
    name: "lab"
    parent: "organization"
    labels { key: "nl" value: "lab" }
  }
  kinds { name: "programme" parent: "thing" }
  kinds { name: "place" }
  predicates {
    name: "merged_into"
    domain: "lab"
    range: "organization"
    range: "programme"
    inverse: "absorbed"
    transitive: true
    acyclic: true
    functional: true
  }
  predicates { name: "has_size" domain: "agent" value_type: VALUE_TYPE_INTEGER }
  predicates { name: "cooperates_with" domain: "agent" range: "agent" symmetric: true }
  predicates { name: "related_to" qualifiers: "weight" }
  qualifiers { name: "weight" allowed_values: "main" allowed_values: "part" }
)pb";

class OntologyTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(ontology_,
                         Ontology::Compile(ParseText<v1::Schema>(kSchema), &numbering_));
  }

  KindNumber NumberOf(absl::string_view kind) const {
    return ontology_->FindKind(kind)->number;
  }
  const Predicate& PredicateOf(absl::string_view name) const {
    return *ontology_->FindPredicate(name).predicate;
  }

  Numbering numbering_;
  std::shared_ptr<const Ontology> ontology_;
};

TEST_F(OntologyTest, FindsKindsByNameAndNumber) {
  const Kind* lab = ontology_->FindKind("lab");
  ASSERT_NE(lab, nullptr);
  EXPECT_EQ(lab->definition.labels().at("nl"), "lab");
  EXPECT_EQ(ontology_->FindKind(lab->number), lab);
  EXPECT_EQ(numbering_.kinds.at("lab"), lab->number);
  EXPECT_EQ(ontology_->FindKind("team"), nullptr);
  EXPECT_EQ(ontology_->FindKind(""), nullptr);
  EXPECT_EQ(ontology_->FindKind(KindNumber{99}), nullptr);
  EXPECT_EQ(ontology_->FindKind(KindNumber{0}), nullptr);
}

TEST_F(OntologyTest, GivesAncestorsFromTheKindUpwards) {
  EXPECT_THAT(ontology_->FindKind("lab")->ancestors,
              ElementsAre(NumberOf("lab"), NumberOf("organization"), NumberOf("agent"),
                          NumberOf("thing")));
  EXPECT_THAT(ontology_->FindKind("place")->ancestors, ElementsAre(NumberOf("place")));
}

TEST_F(OntologyTest, KnowsWhatIsUnderWhat) {
  const struct {
    const char* kind;
    const char* ancestor;
    bool is_a;
  } cases[] = {
      {"lab", "lab", true},          {"lab", "organization", true},
      {"lab", "thing", true},        {"organization", "lab", false},
      {"thing", "lab", false},       {"programme", "thing", true},
      {"programme", "agent", false}, {"place", "thing", false},
      {"lab", "programme", false},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(ontology_->IsA(NumberOf(c.kind), NumberOf(c.ancestor)), c.is_a)
        << c.kind << " " << c.ancestor;
  }
  EXPECT_FALSE(ontology_->IsA(99, NumberOf("lab")));
  EXPECT_FALSE(ontology_->IsA(NumberOf("lab"), 99));
  EXPECT_FALSE(ontology_->IsA(99, 99));
}

TEST_F(OntologyTest, FindsPredicatesByNameInverseAndNumber) {
  const PredicateRef forward = ontology_->FindPredicate("merged_into");
  ASSERT_NE(forward.predicate, nullptr);
  EXPECT_FALSE(forward.inverse);
  EXPECT_TRUE(forward.predicate->is_relation());
  EXPECT_EQ(forward.predicate->original_name, "merged_into");
  const PredicateRef inverse = ontology_->FindPredicate("absorbed");
  EXPECT_EQ(inverse.predicate, forward.predicate);
  EXPECT_TRUE(inverse.inverse);
  EXPECT_EQ(ontology_->FindPredicate(forward.predicate->number), forward.predicate);
  EXPECT_EQ(ontology_->FindPredicate(PredicateNumber{99}), nullptr);
  EXPECT_EQ(ontology_->FindPredicate("merged").predicate, nullptr);
  EXPECT_FALSE(ontology_->FindPredicate("merged").inverse);
  EXPECT_EQ(ontology_->FindPredicate("").predicate, nullptr);
  EXPECT_FALSE(PredicateOf("has_size").is_relation());
}

TEST_F(OntologyTest, DomainAndRangeHoldForKindsUnderThem) {
  const Predicate& merged = PredicateOf("merged_into");
  EXPECT_TRUE(ontology_->InDomain(merged, NumberOf("lab")));
  EXPECT_FALSE(ontology_->InDomain(merged, NumberOf("organization")));
  EXPECT_TRUE(ontology_->InRange(merged, NumberOf("lab")));
  EXPECT_TRUE(ontology_->InRange(merged, NumberOf("organization")));
  EXPECT_TRUE(ontology_->InRange(merged, NumberOf("programme")));
  EXPECT_FALSE(ontology_->InRange(merged, NumberOf("agent")));
  EXPECT_FALSE(ontology_->InRange(merged, NumberOf("place")));
}

TEST_F(OntologyTest, NoDomainOrRangeAllowsEveryKnownKind) {
  const Predicate& related = PredicateOf("related_to");
  EXPECT_TRUE(ontology_->InDomain(related, NumberOf("place")));
  EXPECT_TRUE(ontology_->InRange(related, NumberOf("lab")));
  EXPECT_FALSE(ontology_->InDomain(related, 99));
  EXPECT_FALSE(ontology_->InRange(related, 99));
}

TEST_F(OntologyTest, NoKindIsInTheRangeOfAProperty) {
  const Predicate& size = PredicateOf("has_size");
  EXPECT_TRUE(ontology_->InDomain(size, NumberOf("lab")));
  EXPECT_FALSE(ontology_->InDomain(size, NumberOf("place")));
  EXPECT_FALSE(ontology_->InRange(size, NumberOf("lab")));
}

TEST_F(OntologyTest, FindsQualifiers) {
  const v1::Qualifier* weight = ontology_->FindQualifier("weight");
  ASSERT_NE(weight, nullptr);
  EXPECT_THAT(weight->allowed_values(), ElementsAre("main", "part"));
  EXPECT_EQ(ontology_->FindQualifier("width"), nullptr);
}

TEST_F(OntologyTest, ResolvingNamesTheNearest) {
  EXPECT_THAT(ontology_->ResolveKind("lab", "kind"),
              IsOkAndHolds(ontology_->FindKind("lab")));
  const absl::Status kind = ontology_->ResolveKind("organisation", "kind").status();
  EXPECT_THAT(kind, FailsAt(v1::ERROR_REASON_KIND_UNKNOWN, "kind"));
  EXPECT_EQ(MetaOf(kind, "nearest"), "organization");

  ASSERT_OK_AND_ASSIGN(const PredicateRef found,
                       ontology_->ResolvePredicate("absorbed", "predicate"));
  EXPECT_TRUE(found.inverse);
  const absl::Status predicate =
      ontology_->ResolvePredicate("absorbd", "predicate").status();
  EXPECT_THAT(predicate, FailsAt(v1::ERROR_REASON_PREDICATE_UNKNOWN, "predicate"));
  EXPECT_EQ(MetaOf(predicate, "nearest"), "absorbed");
  EXPECT_EQ(MetaOf(ontology_->ResolvePredicate("mergd_into", "p").status(), "nearest"),
            "merged_into");
}

TEST_F(OntologyTest, ExpandsKindsDownwards) {
  EXPECT_THAT(ontology_->ExpandKinds({"agent"}, "kinds"),
              IsOkAndHolds(UnorderedElementsAre(
                  NumberOf("agent"), NumberOf("organization"), NumberOf("lab"))));
  EXPECT_THAT(ontology_->ExpandKinds({"lab", "place", "lab"}, "kinds"),
              IsOkAndHolds(UnorderedElementsAre(NumberOf("lab"), NumberOf("place"))));
  EXPECT_THAT(ontology_->ExpandKinds({}, "kinds"), IsOkAndHolds(IsEmpty()));
  EXPECT_THAT(ontology_->ExpandKinds({"lab", "labb"}, "step.kinds"),
              FailsAt(v1::ERROR_REASON_KIND_UNKNOWN, "step.kinds[1]"));
}

TEST_F(OntologyTest, ListsDefinitionsByName) {
  std::vector<std::string> names;
  for (const v1::Kind& kind : ontology_->definitions().kinds())
    names.push_back(kind.name());
  for (const v1::Predicate& p : ontology_->definitions().predicates())
    names.push_back(p.name());
  EXPECT_THAT(names,
              ElementsAre("agent", "lab", "organization", "place", "programme", "thing",
                          "cooperates_with", "has_size", "merged_into", "related_to"));
}

TEST(EmptyOntologyTest, KnowsNothing) {
  const auto ontology = Ontology::Empty();
  EXPECT_EQ(ontology->definitions().kinds_size(), 0);
  EXPECT_EQ(ontology->FindKind("lab"), nullptr);
  EXPECT_EQ(ontology->FindPredicate("in").predicate, nullptr);
  EXPECT_THAT(ontology->ResolveKind("lab", "kind"),
              FailsAt(v1::ERROR_REASON_KIND_UNKNOWN, "kind"));
  EXPECT_THAT(ontology->ExpandKinds({}, "kinds"), IsOkAndHolds(IsEmpty()));
}

}  // namespace
}  // namespace labgraph::schema
