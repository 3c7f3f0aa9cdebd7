// What the reader says of every sort of mistake, with its position.

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "seed/reader/fixture_reader.h"
#include "seed/reader/yaml_loader.h"

namespace labgraph::seed {
namespace {

std::vector<std::string> ProblemsOf(absl::string_view text) {
  Problems problems;
  ReadFixture("f.yaml", text, &problems);
  std::vector<std::string> lines;
  for (const Problem& problem : problems) lines.push_back(ToString(problem));
  return lines;
}

struct Case {
  const char* name;
  const char* text;
  std::vector<const char*> problems;
};

class MalformedFixtureTest : public ::testing::TestWithParam<Case> {};

TEST_P(MalformedFixtureTest, IsReportedWithItsPosition) {
  const std::vector<std::string> expected(GetParam().problems.begin(),
                                          GetParam().problems.end());
  EXPECT_EQ(ProblemsOf(GetParam().text), expected);
}

constexpr char kStatementFields[] =
    "id, subject, predicate, object, value, qualifiers, valid, rank, assertion, sources, "
    "visibility";

INSTANTIATE_TEST_SUITE_P(
    Syntax, MalformedFixtureTest,
    ::testing::Values(
        Case{"Empty", "", {"f.yaml:1:1: an empty file; one YAML map is expected"}},
        Case{"OnlyComments",
             "# nothing\n",
             {"f.yaml:1:1: an empty file; one YAML map is expected"}},
        Case{"TwoDocuments",
             "name: a\n---\nname: b\n",
             {"f.yaml:2:1: a second document after \"---\"; one file is one document"}},
        Case{"ColonInText",
             "name: a\ndescription: one: two\n",
             {"f.yaml:2:17: a colon where none can be; quote a text that has \": \" in "
              "it, and "
              "give keys of one map the same indentation"}},
        Case{"Tab",
             "name: a\nentities:\n\t- id: lab/a\n",
             {"f.yaml:3:2: a list item where none can be; check the indentation, and use "
              "no "
              "tabs"}},
        Case{"OpenList",
             "name: a\nentities: [{id: lab/a}\n",
             {"f.yaml:3:1: a list that opens with \"[\" and is not closed; \"]\" is "
              "missing"}},
        Case{"OpenQuote",
             "name: a\ndescription: \"never ends\nentities: []\n",
             {"f.yaml:2:14: a quote that is not closed; add the closing quote"}},
        Case{"OpenSingleQuote",
             "name: a\ndescription: 'it''s\n",
             {"f.yaml:2:14: a quote that is not closed; add the closing quote"}},
        Case{"UnknownAlias",
             "name: *nobody\n",
             {"f.yaml:1:7: the referenced anchor is not defined"}},
        Case{"AliasInItself",
             "name: a\nentities: &all [*all]\n",
             {"f.yaml:2:17: an alias within the very node it stands for; write the node "
              "out"}},
        Case{"NotUtf8",
             "name: a\ndescription: caf\xE9\n",
             {"f.yaml:2:17: bytes that are not UTF-8; save the file as UTF-8"}},
        Case{"Tag",
             "name: !!int 5\n",
             {"f.yaml:1:7: the tag tag:yaml.org,2002:int; no tag but !!str is used, "
              "leave it "
              "out"}},
        Case{
            "KeyIsAList",
            "name: a\n? [b]\n: c\n",
            {"f.yaml:2:3: a key that is no word; a key is one word followed by a colon"}},
        Case{"KeyTwice",
             "name: a\nentities:\n  - id: lab/a\n    placeholder: true\n    id: lab/b\n",
             {"f.yaml:5:5: the key \"id\" again, first on line 3; keep one of them"}},
        Case{"KeyTwiceInMap",
             "name: a\nentities: [{id: lab/a, names: {nl: x, nl: y}}]\n",
             {"f.yaml:2:39: the key \"nl\" again, first on line 2; keep one of them"}}),
    [](const auto& info) { return info.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Structure, MalformedFixtureTest,
    ::testing::Values(
        Case{
            "NotAMap",
            "- name: a\n",
            {"f.yaml:1:1: Fixture is a list; a map with its fields would be right: name, "
             "description, schema, entities, statements, checks"}},
        Case{"UnknownField",
             "name: a\nentitis: []\n",
             {"f.yaml:2:1: Fixture has no field \"entitis\"; did you mean \"entities\"?; "
              "its "
              "fields are name, description, schema, entities, statements, checks"}},
        Case{"NoName",
             "description: a\n",
             {"f.yaml:1:1: name is missing; it is required"}},
        Case{
            "EmptyName", "name: \"\"\n", {"f.yaml:1:7: name is missing; it is required"}},
        Case{"NameIsNull",
             "description: x\nname:\n",
             {"f.yaml:2:1: name is nothing; a text would be right"}},
        Case{"MapForList",
             "name: a\nentities: {id: lab/a}\n",
             {"f.yaml:2:11: entities is a map; a list would be right, each item a map "
              "with the "
              "fields of Entity"}},
        Case{"WordForList",
             "name: a\nschema: {predicates: [{name: p, domain: lab}]}\n",
             {"f.yaml:2:41: domain is lab; a list would be right, each item a text"}},
        Case{"NothingForList",
             "name: a\nstatements:\nentities: []\n",
             {"f.yaml:2:1: statements is nothing; a list would be right, each item a map "
              "with "
              "the fields of Statement"}},
        Case{"WordForMessage",
             "name: a\nstatements:\n  - subject: lab/a\n    valid: 2021\n",
             {"f.yaml:4:12: ValidTime is 2021; a map with its fields would be right: "
              "start, "
              "end, text"}},
        Case{"WordForMap",
             "name: a\nentities: [{id: lab/a, names: Exit}]\n",
             {"f.yaml:2:31: names is Exit; a map would be right, each value a text"}},
        Case{"ListForText",
             "name: [a]\n",
             {"f.yaml:1:7: name is a list; a text would be right"}},
        Case{"MapInMap",
             "name: a\nentities: [{id: lab/a, names: {nl: {x: y}}}]\n",
             {"f.yaml:2:36: value is a map; a text would be right"}},
        Case{
            "OneofTwice",
            "name: a\nstatements:\n  - subject: lab/a\n    object: lab/b\n    value: 5\n",
            {"f.yaml:5:5: value beside object, which exclude one another; keep one of "
             "them"}},
        Case{"OutputOnlyOfEntity",
             "name: a\nentities:\n  - id: lab/a\n    label: {lang: nl, text: A}\n",
             {"f.yaml:4:5: label is what the server fills in when it answers; leave it "
              "out of "
              "a file"}},
        Case{
            "OutputOnlyOfStatement",
            "name: a\nstatements:\n  - {subject: lab/a, created_revision: 5}\n",
            {"f.yaml:3:22: created_revision is what the server fills in when it answers; "
             "leave it out of a file"}},
        Case{"OutputOnlyOfValidTime",
             "name: a\nstatements:\n  - valid: {start: 2021, earliest_start: "
             "2021-01-01}\n",
             {"f.yaml:3:26: earliest_start is what the server fills in when it answers; "
              "leave "
              "it out of a file"}}),
    [](const auto& info) { return info.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Scalars, MalformedFixtureTest,
    ::testing::Values(
        Case{"WordForBoolean",
             "name: a\nentities: [{id: lab/a, placeholder: yes}]\n",
             {"f.yaml:2:37: placeholder is yes; true or false would be right"}},
        Case{"TextForBoolean",
             "name: a\nentities: [{id: lab/a, placeholder: \"true\"}]\n",
             {"f.yaml:2:37: placeholder is the text \"true\"; true or false would be "
              "right, "
              "without quotes"}},
        Case{"UnknownEnumValue",
             "name: a\nstatements: [{rank: prefered}]\n",
             {"f.yaml:2:21: rank is prefered; one of deprecated, normal, preferred would "
              "be "
              "right; did you mean \"preferred\"?"}},
        Case{"EnumAsNumber",
             "name: a\nstatements: [{rank: 2}]\n",
             {"f.yaml:2:21: rank is 2; one of deprecated, normal, preferred would be "
              "right"}},
        Case{"EnumInList",
             "name: a\nchecks: [{name: c, read: {ranks: [normal, best]}, entity: {id: "
             "a}}]\n",
             {"f.yaml:2:43: ranks is best; one of deprecated, normal, preferred would be "
              "right"}},
        Case{"NumberTooLarge",
             "name: a\nchecks: [{name: c, path: {hops: 4294967296}}]\n",
             {"f.yaml:2:33: hops is 4294967296; a whole number from 0 to 4294967295 "
              "would be "
              "right"}},
        Case{"NumberNegative",
             "name: a\nchecks: [{name: c, path: {hops: -1}}]\n",
             {"f.yaml:2:33: hops is -1; a whole number from 0 to 4294967295 would be "
              "right"}},
        Case{"NumberBroken",
             "name: a\nchecks: [{name: c, path: {hops: 1.5}}]\n",
             {"f.yaml:2:33: hops is 1.5; a whole number from 0 to 4294967295 would be "
              "right"}},
        Case{"NumberQuoted",
             "name: a\nchecks: [{name: c, path: {hops: \"1\"}}]\n",
             {"f.yaml:2:33: hops is the text \"1\"; a whole number from 0 to 4294967295 "
              "would "
              "be right, without quotes"}},
        Case{"ValueTooLarge",
             "name: a\nstatements: [{value: 9007199254740993}]\n",
             {"f.yaml:2:22: 9007199254740993 would be rounded as a number; a text, which "
              "keeps every digit, would be right"}},
        Case{"ValueOfMoreThan64Bits",
             "name: a\nstatements: [{value: 123456789012345678901234567890}]\n",
             {"f.yaml:2:22: 123456789012345678901234567890 would be rounded as a number; "
              "a text, "
              "which keeps every digit, would be right"}},
        Case{"ValueTooLargeInBase16",
             "name: a\nstatements: [{value: 0x20000000000001}]\n",
             {"f.yaml:2:22: 0x20000000000001 would be rounded as a number; a text, "
              "which keeps every digit, would be right"}},
        Case{"ValueInfinite",
             "name: a\nstatements: [{value: {max: .inf}}]\n",
             {"f.yaml:2:28: .inf is no number of JSON; a finite number, or a text in "
              "quotes, would be right"}}),
    [](const auto& info) { return info.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Checks, MalformedFixtureTest,
    ::testing::Values(
        Case{"NoName",
             "name: a\nchecks:\n  - entity: {id: lab/a}\n",
             {"f.yaml:3:5: checks[0].name is missing; it is required"}},
        Case{"NoQuestion",
             "name: a\nchecks:\n  - name: c\n",
             {"f.yaml:3:5: checks[0] asks nothing; one of these is required: entity, "
              "statement, "
              "path, entities, count, search, refused"}},
        Case{"NoEntityId",
             "name: a\nchecks:\n  - {name: c, entity: {absent: true}}\n",
             {"f.yaml:3:23: checks[0].entity.id is missing; it is required"}},
        Case{"NoCountQuestion",
             "name: a\nchecks:\n  - {name: c, count: {count: 5}}\n",
             {"f.yaml:3:22: checks[0].count asks nothing; one of these is required: "
              "entities, "
              "statements, traverse"}},
        Case{"RefusalWithoutMutation",
             "name: a\nchecks:\n  - {name: c, refused: {reason: CYCLE}}\n",
             {"f.yaml:3:24: checks[0].refused writes nothing; at least one mutation is "
              "required"}},
        Case{"UnknownReason",
             "name: a\nchecks:\n  - name: c\n    refused:\n      reason: CYCLES\n"
             "      mutations: [{retract_statement: {id: a}}]\n",
             {"f.yaml:5:15: there is no reason \"CYCLES\"; did you mean \"CYCLE\"?; "
              "labgraph/v1/error_reason.proto lists them"}}),
    [](const auto& info) { return info.param.name; });

TEST(MalformedFixturesTest, AllProblemsOfAFileComeInOneRun) {
  EXPECT_THAT(
      ProblemsOf("name: a\n"
                 "entities:\n"
                 "  - id: lab/a\n"
                 "    nmes: {nl: A}\n"
                 "  - id: lab/b\n"
                 "    placeholder: maybe\n"
                 "statements:\n"
                 "  - subjet: lab/a\n"
                 "    assertion: presumd\n"
                 "    id: x\n"
                 "    id: y\n"),
      ::testing::ElementsAre(
          ::testing::StartsWith("f.yaml:11:5: the key \"id\" again"),
          ::testing::StartsWith("f.yaml:4:5: Entity has no field \"nmes\"; did you "
                                "mean \"names\"?"),
          ::testing::StartsWith("f.yaml:6:18: placeholder is maybe"),
          absl::StrCat("f.yaml:8:5: Statement has no field \"subjet\"; did you mean "
                       "\"subject\"?; its fields are ",
                       kStatementFields),
          ::testing::EndsWith("did you mean \"presumed\"?")));
}

// A list in a list in a list, `depth` of them.
std::string Nested(size_t depth) {
  return absl::StrCat("name: a\nstatements: [{value: ", std::string(depth, '['), "1",
                      std::string(depth, ']'), "}]\n");
}

TEST(MalformedFixturesTest, DepthIsLimited) {
  // The map of the file, the list and the map of a statement are around the value.
  EXPECT_THAT(ProblemsOf(Nested(kMaxYamlDepth - 3)), ::testing::IsEmpty());
  EXPECT_THAT(
      ProblemsOf(Nested(kMaxYamlDepth - 2)),
      ::testing::ElementsAre("f.yaml:2:83: more than 64 maps and lists within one "
                             "another"));
  EXPECT_THAT(ProblemsOf(Nested(100000)), ::testing::SizeIs(1));
}

TEST(MalformedFixturesTest, SizeIsLimited) {
  std::string text = "name: a\ndescription: ";
  text.append(kMaxYamlBytes - text.size(), 'x');
  EXPECT_THAT(ProblemsOf(text), ::testing::IsEmpty());
  EXPECT_THAT(
      ProblemsOf(text + "x"),
      ::testing::ElementsAre(::testing::StartsWith("f.yaml:1:1: 16777217 bytes; ")));
}

TEST(MalformedFixturesTest, AliasesCannotGrowWithoutBound) {
  std::string text = "name: a\nstatements:\n  - value: &a0 [1, 1]\n";
  for (int i = 1; i < 40; ++i) {
    absl::StrAppend(&text, "  - value: &a", i, " [*a", i - 1, ", *a", i - 1, "]\n");
  }
  EXPECT_THAT(ProblemsOf(text),
              ::testing::ElementsAre(::testing::HasSubstr("more than 1000000 values")));
}

}  // namespace
}  // namespace labgraph::seed
