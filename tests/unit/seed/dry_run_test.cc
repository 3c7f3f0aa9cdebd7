#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "seed/reader/utf8.h"
#include "seed_fixture.h"

namespace labgraph::seed {
namespace {

using ::testing::HasSubstr;

class DryRunTest : public SeedTest {
 protected:
  ExitCode DryRun(std::vector<std::string> inputs) {
    Options options;
    options.inputs = std::move(inputs);
    options.dry_run = true;
    return SeedTest::Run(options);
  }
};

constexpr char kLabs[] =
    "name: labs\n"
    "entities: [{id: lab/exit}, {id: lab/unda}]\n"
    "statements: [{subject: lab/exit, predicate: works_with, object: lab/unda}]\n";

TEST_F(DryRunTest, PrintsWhatWouldBeNewAndChangesNothing) {
  EXPECT_EQ(DryRun({Write("a.yaml", kLabs)}), kOk);
  EXPECT_EQ(out(),
            "+ lab/exit\n"
            "+ lab/unda\n"
            "+ lab/exit works_with lab/unda\n"
            "a.yaml: would be 3 created, 0 updated, 0 unchanged\n");
  EXPECT_EQ(store_.size(), 0u);
  EXPECT_EQ(store_.revision(), 0u);
}

TEST_F(DryRunTest, PrintsTheDifferenceToWhatIsThere) {
  ASSERT_EQ(Load({Write("a.yaml", kLabs)}), kOk);
  EXPECT_EQ(DryRun({Write(
                "b.yaml",
                "name: b\n"
                "entities: [{id: lab/exit, placeholder: true}, {id: lab/unda}]\n"
                "statements: [{subject: lab/exit, predicate: has_size, value: 6}]\n")}),
            kOk);
  EXPECT_EQ(out(),
            "~ lab/exit\n"
            "+ lab/exit has_size 6\n"
            "b.yaml: would be 1 created, 1 updated, 1 unchanged\n");
}

TEST_F(DryRunTest, FilesMayBuildOnOneAnother) {
  EXPECT_EQ(DryRun({Write("1.yaml", "name: a\nentities: [{id: lab/a}]\n"),
                    Write("2.jsonl", "{\"put_entity\": {\"id\": \"lab/b\"}}\n"),
                    Write("3.yaml",
                          "name: c\nstatements: [{subject: lab/a, object: lab/b}]\n")}),
            kOk);
  EXPECT_THAT(out(), HasSubstr("1.yaml: would be 1 created"));
  EXPECT_THAT(out(), HasSubstr("2.jsonl: would be 1 created"));
  EXPECT_THAT(out(), HasSubstr("3.yaml: would be 1 created"));
}

TEST_F(DryRunTest, ALaterFileTakesTheWordOfAnEarlierOne) {
  EXPECT_EQ(
      DryRun({Write("1.yaml", "name: a\nentities: [{id: lab/a}]\n"),
              Write("2.yaml", "name: b\nentities: [{id: lab/a, placeholder: true}]\n")}),
      kOk);
  EXPECT_EQ(out(), "+ lab/a\n2.yaml: would be 1 created, 0 updated, 0 unchanged\n");
}

TEST_F(DryRunTest, ProblemsAreReportedWhereTheyAreWritten) {
  store_.refused = {{"lab/b", "id"}, {"lab/c", "id"}};
  EXPECT_EQ(DryRun({Write("1.yaml", "name: a\nentities: [{id: lab/a}]\n"),
                    Write("2.yaml", "name: b\nentities:\n  - id: lab/b\n"),
                    Write("3.jsonl", "\n{\"put_entity\": {\"id\": \"lab/c\"}}\n")}),
            kProblems);
  EXPECT_THAT(err(), HasSubstr("2.yaml:3:9: FIELD_INVALID at entities[0].id: "));
  EXPECT_THAT(err(), HasSubstr("3.jsonl:2: FIELD_INVALID at id: "));
}

TEST_F(DryRunTest, PrintsTheDifferenceOfSchemas) {
  ASSERT_EQ(
      Load({Write("a.yaml", "name: a\nschema: {kinds: [{name: lab}, {name: team}]}\n")}),
      kOk);
  EXPECT_EQ(
      DryRun({Write("b.yaml",
                    "name: b\n"
                    "schema: {kinds: [{name: lab, abstract: true}, {name: team}]}\n"),
              Write("c.yaml", "name: c\nschema: {kinds: [{name: person}]}\n")}),
      kOk);
  EXPECT_EQ(out(),
            "~ kind lab\n"
            "b.yaml: schema: 0 would be created, 1 updated\n"
            "+ kind person\n"
            "c.yaml: schema: 1 would be created, 0 updated\n");
  EXPECT_EQ(store_.revision(), 1u);
}

TEST_F(DryRunTest, SaysThatRecordsCannotBeComparedWhileTheSchemaIsMissing) {
  store_.refused = {{"lab/exit", "id"}};
  EXPECT_EQ(
      DryRun({Write("a.yaml", std::string(kLabs) + "schema: {kinds: [{name: lab}]}\n")}),
      kOk);
  EXPECT_EQ(
      out(),
      "+ kind lab\n"
      "a.yaml: schema: 1 would be created, 0 updated\n"
      "The schema is not in the store yet, so records cannot be compared: 2 entities and "
      "1 statements would be put.\n");
}

std::string ManyLabs(const std::string& name, int count) {
  std::string text = absl::StrCat("name: ", name, "\nentities:\n");
  for (int i = 0; i < count; ++i) absl::StrAppend(&text, "  - id: lab/", name, i, "\n");
  return text;
}

TEST_F(DryRunTest, ComparesInPartsWhatIsTooMuchForOneRequest) {
  store_.max_mutations = 4;
  EXPECT_EQ(DryRun({Write("1.yaml", ManyLabs("a", 4)), Write("2.yaml", ManyLabs("b", 1)),
                    Write("3.yaml", ManyLabs("c", 5))}),
            kOk);
  EXPECT_THAT(out(), HasSubstr("too many for one request"));
  EXPECT_THAT(out(), HasSubstr("1.yaml: would be 4 created"));
  EXPECT_THAT(out(), HasSubstr("2.yaml: would be 1 created"));
  EXPECT_THAT(out(), HasSubstr("3.yaml: would be 5 created"));
}

TEST_F(DryRunTest, FindsWhatIsWrongInWhatIsTooMuchForOneRequest) {
  store_.max_mutations = 2;
  store_.refused = {{"lab/c", "id"}};
  std::string lines;
  for (const char* name : {"a", "b", "c", "d", "e"}) {
    absl::StrAppend(&lines, "{\"put_entity\": {\"id\": \"lab/", name, "\"}}\n");
  }
  EXPECT_EQ(DryRun({Write("a.jsonl", lines)}), kProblems);
  EXPECT_THAT(err(), HasSubstr("a.jsonl:3: FIELD_INVALID at id: "));
  EXPECT_THAT(err(), HasSubstr("a.jsonl: the rest is not compared\n"));
  EXPECT_EQ(store_.size(), 0u);
}

TEST_F(DryRunTest, ALongValueIsCutBetweenCharacters) {
  std::string text = "x";
  while (text.size() < 100) text += "é";
  EXPECT_EQ(DryRun({Write("a.yaml",
                          absl::StrCat("name: a\nstatements: [{value: ", text, "}]\n"))}),
            kOk);
  EXPECT_THAT(out(), HasSubstr("é...\n"));
  EXPECT_EQ(ValidUtf8Prefix(out()), out().size());
}

TEST_F(DryRunTest, ChecksAreNotEvaluated) {
  Options options;
  options.inputs = {
      Write("a.yaml", "name: a\nchecks: [{name: c, entity: {id: lab/a}}]\n")};
  options.dry_run = true;
  options.check = true;
  EXPECT_EQ(SeedTest::Run(options), kOk);
  EXPECT_EQ(out(), "");
}

TEST_F(DryRunTest, AServerThatFailsIsNoProblemOfTheInput) {
  store_.failure = absl::UnavailableError("no server");
  EXPECT_EQ(DryRun({Write("a.yaml", kLabs)}), kFailed);
}

}  // namespace
}  // namespace labgraph::seed
