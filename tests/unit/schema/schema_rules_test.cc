#include "server/schema/schema_rules.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/base/limits.h"
#include "server/schema/ontology.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/schema/parse_proto.h"

namespace labgraph::schema {
namespace {

using ::labgraph::testing::FailsAt;
using ::testing::HasSubstr;

absl::Status Check(absl::string_view schema) {
  return CheckSchema(ParseText<v1::Schema>(schema));
}

// A schema whose one predicate "p" has the fields given.
absl::Status CheckPredicate(absl::string_view fields) {
  return Check(absl::StrCat(R"pb(kinds { name: "lab" }
                                 kinds { name: "place" }
                                 qualifiers { name: "weight" }
                                 predicates { name: "p")pb",
                            fields, " }"));
}

TEST(CheckSchemaTest, AcceptsAnEmptySchema) { EXPECT_OK(Check("")); }

struct BadSchema {
  const char* name;
  const char* schema;
  v1::ErrorReason reason;
  const char* field;
};

class BadSchemaTest : public ::testing::TestWithParam<BadSchema> {};

TEST_P(BadSchemaTest, IsRefusedAndLeavesTheNumberingAlone) {
  const v1::Schema schema = ParseText<v1::Schema>(GetParam().schema);
  Numbering numbering;
  EXPECT_THAT(Ontology::Compile(schema, &numbering),
              FailsAt(GetParam().reason, GetParam().field));
  EXPECT_EQ(numbering.next_kind, 1u);
  EXPECT_EQ(numbering.next_predicate, 1u);
  EXPECT_TRUE(numbering.kinds.empty());
  EXPECT_TRUE(numbering.predicates.empty());
}

std::string CaseName(const ::testing::TestParamInfo<BadSchema>& info) {
  return info.param.name;
}

constexpr v1::ErrorReason kInvalid = v1::ERROR_REASON_SCHEMA_INVALID;

INSTANTIATE_TEST_SUITE_P(
    Kinds, BadSchemaTest,
    ::testing::Values(
        BadSchema{"NoName", R"(kinds { })", v1::ERROR_REASON_FIELD_REQUIRED,
                  "kinds[0].name"},
        BadSchema{"BadName", R"(kinds { name: "a" } kinds { name: "Lab" })",
                  v1::ERROR_REASON_FIELD_INVALID, "kinds[1].name"},
        BadSchema{"Twice", R"(kinds { name: "a" } kinds { name: "a" })", kInvalid,
                  "kinds[1].name"},
        BadSchema{"UnknownParent", R"(kinds { name: "a" parent: "b" })", kInvalid,
                  "kinds[0].parent"},
        BadSchema{"OwnParent", R"(kinds { name: "a" parent: "a" })", kInvalid,
                  "kinds[0].parent"},
        BadSchema{"ParentLoop",
                  R"(kinds { name: "a" } kinds { name: "b" parent: "c" }
                     kinds { name: "c" parent: "d" } kinds { name: "d" parent: "b" })",
                  kInvalid, "kinds[1].parent"},
        BadSchema{"BelowALoop",
                  R"(kinds { name: "a" parent: "b" } kinds { name: "b" parent: "c" }
                     kinds { name: "c" parent: "b" })",
                  kInvalid, "kinds[0].parent"},
        BadSchema{"BadLanguage",
                  R"(kinds { name: "a" labels { key: "Dutch" value: "x" } })",
                  v1::ERROR_REASON_LANGUAGE_MALFORMED, "kinds[0].labels"},
        BadSchema{"BadLabel",
                  R"(kinds { name: "a" labels { key: "nl" value: "x\001" } })",
                  v1::ERROR_REASON_TEXT_MALFORMED, "kinds[0].labels.nl"},
        BadSchema{"BadDescription",
                  R"(kinds { name: "a" descriptions { key: "nl" value: "x\001" } })",
                  v1::ERROR_REASON_TEXT_MALFORMED, "kinds[0].descriptions.nl"},
        BadSchema{"BadTerm", R"(kinds { name: "a" standard_term: "\r" })",
                  v1::ERROR_REASON_TEXT_MALFORMED, "kinds[0].standard_term"}),
    CaseName);

INSTANTIATE_TEST_SUITE_P(
    Qualifiers, BadSchemaTest,
    ::testing::Values(
        BadSchema{"NoName", R"(qualifiers { })", v1::ERROR_REASON_FIELD_REQUIRED,
                  "qualifiers[0].name"},
        BadSchema{"Twice", R"(qualifiers { name: "a" } qualifiers { name: "a" })",
                  kInvalid, "qualifiers[1].name"},
        BadSchema{"UnknownType", R"(qualifiers { name: "a" value_type: 99 })",
                  v1::ERROR_REASON_FIELD_INVALID, "qualifiers[0].value_type"},
        BadSchema{
            "AllowedValuesOfANumber",
            R"(qualifiers { name: "a" value_type: VALUE_TYPE_NUMBER allowed_values: "1" })",
            kInvalid, "qualifiers[0].allowed_values"},
        BadSchema{
            "BadAllowedValue",
            R"(qualifiers { name: "a" allowed_values: "x" allowed_values: "\001" })",
            v1::ERROR_REASON_TEXT_MALFORMED, "qualifiers[0].allowed_values[1]"},
        BadSchema{"BadLabel",
                  R"(qualifiers { name: "a" labels { key: "n" value: "x" } })",
                  v1::ERROR_REASON_LANGUAGE_MALFORMED, "qualifiers[0].labels"}),
    CaseName);

INSTANTIATE_TEST_SUITE_P(
    PredicateNames, BadSchemaTest,
    ::testing::Values(
        BadSchema{"NoName", R"(predicates { })", v1::ERROR_REASON_FIELD_REQUIRED,
                  "predicates[0].name"},
        BadSchema{"Twice", R"(predicates { name: "a" } predicates { name: "a" })",
                  kInvalid, "predicates[1].name"},
        BadSchema{"BadInverse", R"(predicates { name: "a" inverse: "B" })",
                  v1::ERROR_REASON_FIELD_INVALID, "predicates[0].inverse"},
        BadSchema{"BadFormerName", R"(predicates { name: "a" renamed_from: "B" })",
                  v1::ERROR_REASON_FIELD_INVALID, "predicates[0].renamed_from"},
        BadSchema{"InverseIsOwnName", R"(predicates { name: "a" inverse: "a" })",
                  kInvalid, "predicates[0].inverse"},
        BadSchema{"InverseIsAName",
                  R"(predicates { name: "a" inverse: "b" } predicates { name: "b" })",
                  kInvalid, "predicates[0].inverse"},
        BadSchema{
            "InverseTwice",
            R"(predicates { name: "a" inverse: "c" } predicates { name: "b" inverse: "c" })",
            kInvalid, "predicates[1].inverse"},
        BadSchema{"FormerNameIsOwnName", R"(predicates { name: "a" renamed_from: "a" })",
                  kInvalid, "predicates[0].renamed_from"},
        BadSchema{
            "FormerNameIsAName",
            R"(predicates { name: "a" renamed_from: "b" } predicates { name: "b" })",
            kInvalid, "predicates[0].renamed_from"},
        BadSchema{"FormerNameTwice",
                  R"(predicates { name: "a" renamed_from: "c" }
                     predicates { name: "b" renamed_from: "c" })",
                  kInvalid, "predicates[1].renamed_from"},
        BadSchema{"FormerNameIsAnInverse",
                  R"(predicates { name: "a" inverse: "c" }
                     predicates { name: "b" renamed_from: "c" })",
                  kInvalid, "predicates[1].renamed_from"},
        BadSchema{"InverseIsAFormerName",
                  R"(predicates { name: "a" renamed_from: "c" }
                     predicates { name: "b" inverse: "c" })",
                  kInvalid, "predicates[1].inverse"}),
    CaseName);

struct BadPredicate {
  const char* name;
  const char* fields;
  v1::ErrorReason reason;
  const char* field;
};

class BadPredicateTest : public ::testing::TestWithParam<BadPredicate> {};

TEST_P(BadPredicateTest, IsRefused) {
  EXPECT_THAT(
      CheckPredicate(GetParam().fields),
      FailsAt(GetParam().reason, absl::StrCat("predicates[0].", GetParam().field)));
}

INSTANTIATE_TEST_SUITE_P(
    Rules, BadPredicateTest,
    ::testing::Values(
        BadPredicate{"UnknownDomain", R"(domain: "lab" domain: "labb")", kInvalid,
                     "domain[1]"},
        BadPredicate{"UnknownRange", R"(range: "labb")", kInvalid, "range[0]"},
        BadPredicate{"UnknownQualifier", R"(qualifiers: "lab")", kInvalid,
                     "qualifiers[0]"},
        BadPredicate{"UnknownType", "value_type: 99", v1::ERROR_REASON_FIELD_INVALID,
                     "value_type"},
        BadPredicate{"RangeAndType", R"(range: "lab" value_type: VALUE_TYPE_STRING)",
                     kInvalid, "range"},
        BadPredicate{"AllowedValuesOfARelation", R"(allowed_values: "x")", kInvalid,
                     "allowed_values"},
        BadPredicate{"AllowedValuesOfANumber",
                     R"(value_type: VALUE_TYPE_NUMBER allowed_values: "1")", kInvalid,
                     "allowed_values"},
        BadPredicate{"BadAllowedValue",
                     R"(value_type: VALUE_TYPE_STRING allowed_values: "\001")",
                     v1::ERROR_REASON_TEXT_MALFORMED, "allowed_values[0]"},
        BadPredicate{"SymmetricProperty", "value_type: VALUE_TYPE_STRING symmetric: true",
                     kInvalid, "symmetric"},
        BadPredicate{"TransitiveProperty",
                     "value_type: VALUE_TYPE_STRING transitive: true", kInvalid,
                     "transitive"},
        BadPredicate{"AcyclicProperty", "value_type: VALUE_TYPE_STRING acyclic: true",
                     kInvalid, "acyclic"},
        BadPredicate{"AsymmetricProperty",
                     "value_type: VALUE_TYPE_STRING asymmetric: true", kInvalid,
                     "asymmetric"},
        BadPredicate{"InverseOfAProperty",
                     R"(value_type: VALUE_TYPE_STRING inverse: "q")", kInvalid,
                     "inverse"},
        BadPredicate{
            "InverseLabelOfAProperty",
            R"(value_type: VALUE_TYPE_STRING inverse_labels { key: "nl" value: "x" })",
            kInvalid, "inverse_labels"},
        BadPredicate{"SymmetricAcyclic", "symmetric: true acyclic: true", kInvalid,
                     "acyclic"},
        BadPredicate{"SymmetricAsymmetric", "symmetric: true asymmetric: true", kInvalid,
                     "asymmetric"},
        BadPredicate{"SymmetricInverse", R"(symmetric: true inverse: "q")", kInvalid,
                     "inverse"},
        BadPredicate{"SymmetricOtherRange",
                     R"(symmetric: true domain: "lab" range: "place")", kInvalid,
                     "range"},
        BadPredicate{"SymmetricOpenRange", R"(symmetric: true domain: "lab")", kInvalid,
                     "range"},
        BadPredicate{"BadLabel", R"(labels { key: "nl" value: "\001" })",
                     v1::ERROR_REASON_TEXT_MALFORMED, "labels.nl"},
        BadPredicate{"BadInverseLabel", R"(inverse_labels { key: "N" value: "x" })",
                     v1::ERROR_REASON_LANGUAGE_MALFORMED, "inverse_labels"},
        BadPredicate{"BadDescription", R"(descriptions { key: "nl" value: "\001" })",
                     v1::ERROR_REASON_TEXT_MALFORMED, "descriptions.nl"},
        BadPredicate{"BadTerm", R"(standard_term: "\001")",
                     v1::ERROR_REASON_TEXT_MALFORMED, "standard_term"}),
    [](const ::testing::TestParamInfo<BadPredicate>& info) { return info.param.name; });

TEST(CheckSchemaTest, AcceptsWhatTheRulesLeave) {
  for (const char* fields :
       {"", R"(domain: "lab" range: "place" inverse: "q" transitive: true acyclic: true)",
        "asymmetric: true acyclic: true functional: true",
        R"(symmetric: true functional: true transitive: true)",
        R"(symmetric: true domain: "lab" domain: "place" range: "place" range: "lab")",
        R"(value_type: VALUE_TYPE_STRING allowed_values: "x" functional: true)",
        R"(value_type: VALUE_TYPE_JSON source_required: true qualifiers: "weight")",
        R"(renamed_from: "q" labels { key: "pt-br" value: "" } deprecated: true)"}) {
    EXPECT_OK(CheckPredicate(fields)) << fields;
  }
  EXPECT_OK(
      Check(R"(qualifiers { name: "a" value_type: VALUE_TYPE_STRING allowed_values: "x" }
                     qualifiers { name: "b" value_type: VALUE_TYPE_QUANTITY })"));
  // Kinds, predicates and qualifiers have names of their own.
  EXPECT_OK(
      Check(R"(kinds { name: "a" } predicates { name: "a" } qualifiers { name: "a" })"));
}

TEST(CheckSchemaTest, ErrorsSayWhatWouldBeRight) {
  EXPECT_THAT(std::string(CheckPredicate(R"(domain: "labb")").message()),
              HasSubstr("Did you mean \"lab\"?"));
  const absl::Status loop =
      Check(R"(kinds { name: "a" parent: "b" } kinds { name: "b" parent: "a" })");
  EXPECT_THAT(std::string(loop.message()), HasSubstr("a -> b -> a"));
  EXPECT_EQ(MetaOf(loop, "name"), "a");
  const absl::Status taken =
      Check(R"(predicates { name: "a" inverse: "b" } predicates { name: "b" })");
  EXPECT_THAT(std::string(taken.message()), HasSubstr("already the name of \"b\""));
}

// A chain of `depth` kinds, the lowest first.
v1::Schema Chain(uint64_t depth) {
  v1::Schema schema;
  for (uint64_t i = 0; i < depth; ++i) {
    v1::Kind* kind = schema.add_kinds();
    kind->set_name(absl::StrCat("k", i));
    if (i + 1 < depth) kind->set_parent(absl::StrCat("k", i + 1));
  }
  return schema;
}

TEST(SchemaLimitsTest, KindDepth) {
  Numbering numbering;
  ASSERT_OK_AND_ASSIGN(const auto ontology,
                       Ontology::Compile(Chain(limits::kKindDepth.value), &numbering));
  EXPECT_TRUE(ontology->IsA(numbering.kinds.at("k0"), numbering.kinds.at("k31")));
  const absl::Status status = CheckSchema(Chain(limits::kKindDepth.value + 1));
  EXPECT_THAT(status, FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "kinds[0].parent"));
  EXPECT_EQ(MetaOf(status, "actual"), "33");
}

TEST(SchemaLimitsTest, ALongLoopIsALoopNotADepth) {
  v1::Schema schema = Chain(100);
  schema.mutable_kinds(99)->set_parent("k0");
  EXPECT_THAT(CheckSchema(schema), FailsAt(kInvalid, "kinds[0].parent"));
}

TEST(SchemaLimitsTest, Definitions) {
  v1::Schema schema;
  for (uint64_t i = 0; i < limits::kSchemaDefinitions.value; ++i) {
    schema.add_kinds()->set_name(absl::StrCat("k", i));
    schema.add_predicates()->set_name(absl::StrCat("p", i));
    schema.add_qualifiers()->set_name(absl::StrCat("q", i));
  }
  EXPECT_OK(CheckSchema(schema));
  v1::Schema more_kinds = schema;
  more_kinds.add_kinds()->set_name("more");
  EXPECT_THAT(CheckSchema(more_kinds), FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "kinds"));
  v1::Schema more_predicates = schema;
  more_predicates.add_predicates()->set_name("more");
  EXPECT_THAT(CheckSchema(more_predicates),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "predicates"));
  v1::Schema more_qualifiers = schema;
  more_qualifiers.add_qualifiers()->set_name("more");
  EXPECT_THAT(CheckSchema(more_qualifiers),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "qualifiers"));
}

TEST(SchemaLimitsTest, Lists) {
  v1::Schema schema;
  schema.add_kinds()->set_name("lab");
  v1::Predicate* predicate = schema.add_predicates();
  predicate->set_name("p");
  predicate->set_value_type(v1::VALUE_TYPE_STRING);
  for (uint64_t i = 0; i < limits::kListItems.value; ++i) {
    predicate->add_domain("lab");
    predicate->add_allowed_values(absl::StrCat(i));
    (*predicate->mutable_labels())[absl::StrCat("nl-", i + 10)] = "x";
  }
  EXPECT_OK(CheckSchema(schema));
  const auto fails_at = [](absl::string_view field) {
    return FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED,
                   absl::StrCat("predicates[0].", field));
  };
  predicate->add_domain("lab");
  EXPECT_THAT(CheckSchema(schema), fails_at("domain"));
  predicate->add_allowed_values("more");
  EXPECT_THAT(CheckSchema(schema), fails_at("allowed_values"));
  (*predicate->mutable_labels())["en"] = "x";
  EXPECT_THAT(CheckSchema(schema), fails_at("labels"));
}

TEST(SchemaLimitsTest, Texts) {
  v1::Schema schema;
  v1::Kind* kind = schema.add_kinds();
  kind->set_name(std::string(limits::kSchemaNameBytes.value, 'k'));
  (*kind->mutable_labels())["nl"] = std::string(limits::kNameBytes.value, 'x');
  (*kind->mutable_descriptions())["nl"] = std::string(limits::kTextBytes.value, 'x');
  EXPECT_OK(CheckSchema(schema));
  (*kind->mutable_descriptions())["nl"] += "x";
  EXPECT_THAT(CheckSchema(schema),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "kinds[0].descriptions.nl"));
  (*kind->mutable_labels())["nl"] += "x";
  EXPECT_THAT(CheckSchema(schema),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "kinds[0].labels.nl"));
  kind->mutable_name()->append("k");
  EXPECT_THAT(CheckSchema(schema),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "kinds[0].name"));
}

}  // namespace
}  // namespace labgraph::schema
