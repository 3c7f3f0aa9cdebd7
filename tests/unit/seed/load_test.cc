// Loading fixtures with the whole program.

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "labgraph/error.h"
#include "seed_fixture.h"

namespace labgraph::seed {
namespace {

using ::testing::HasSubstr;

class LoadTest : public SeedTest {};

constexpr char kSchema[] =
    "name: ontology\n"
    "schema:\n"
    "  kinds:\n"
    "    - {name: lab}\n"
    "    - {name: document}\n";

constexpr char kLabs[] =
    "name: labs\n"
    "entities:\n"
    "  - id: lab/exit\n"
    "  - id: lab/unda\n"
    "    names: {nl: Unda}\n"
    "statements:\n"
    "  - subject: lab/exit\n"
    "    predicate: works_with\n"
    "    object: lab/unda\n";

TEST_F(LoadTest, WritesSchemaAndRecordsAndSaysWhatItDid) {
  EXPECT_EQ(Load({Write("1.yaml", kSchema), Write("2.yaml", kLabs)}), kOk);
  EXPECT_EQ(out(),
            "1.yaml: schema: 2 created, 0 updated; revision 1\n"
            "2.yaml: 3 created, 0 updated, 0 unchanged; revision 2\n");
  EXPECT_EQ(err(), "");
  EXPECT_EQ(store_.size(), 3u);
}

TEST_F(LoadTest, ASecondTimeChangesNothing) {
  const std::string schema = Write("1.yaml", kSchema);
  const std::string labs = Write("2.yaml", kLabs);
  ASSERT_EQ(Load({schema, labs}), kOk);
  EXPECT_EQ(Load({schema, labs}), kOk);
  EXPECT_EQ(out(),
            "1.yaml: schema: nothing changed, no revision\n"
            "2.yaml: 0 created, 0 updated, 3 unchanged; nothing changed, no revision\n");
  EXPECT_EQ(store_.revision(), 2u);
}

TEST_F(LoadTest, TellsWhatIsNewFromWhatIsDifferent) {
  ASSERT_EQ(Load({Write("a.yaml", kLabs)}), kOk);
  EXPECT_EQ(
      Load({Write("a.yaml",
                  "name: labs\n"
                  "entities: [{id: lab/exit, placeholder: true}, {id: lab/new}]\n")}),
      kOk);
  EXPECT_EQ(out(), "a.yaml: 1 created, 1 updated, 0 unchanged; revision 2\n");
}

TEST_F(LoadTest, ValidatesBeforeItWritesAndSendsNoRequestId) {
  ASSERT_EQ(Load({Write("a.yaml", kLabs)}), kOk);
  ASSERT_EQ(store_.commits.size(), 2u);
  EXPECT_TRUE(store_.commits[0].validate_only());
  EXPECT_FALSE(store_.commits[1].validate_only());
  EXPECT_EQ(store_.commits[1].request_id(), "");
  EXPECT_EQ(store_.commits[1].message(), "fixture labs: 3 records");
}

TEST_F(LoadTest, TheUsersMessageGoesWithEveryRevision) {
  Options options;
  options.inputs = {Write("1.yaml", kSchema), Write("2.yaml", kLabs)};
  options.message = "first load";
  ASSERT_EQ(Run(options), kOk);
  EXPECT_EQ(store_.schemas.back().message(), "first load");
  EXPECT_EQ(store_.commits.back().message(), "first load");
}

TEST_F(LoadTest, WhatTheServerRefusesIsReportedWhereItIsWritten) {
  store_.refused = {{"lab/unda", "names[nl]"}};
  EXPECT_EQ(Load({Write("a.yaml", std::string(kLabs) + "  - subject: lab/exit\n"
                                                       "    object: lab/nobody\n")}),
            kProblems);
  EXPECT_EQ(
      err(),
      "a.yaml:5:17: FIELD_INVALID at entities[1].names[nl]: The fake store does not take "
      "this.\n"
      "a.yaml:11:13: REFERENCE_NOT_FOUND at statements[1].object: The fake store does "
      "not "
      "take this.\n"
      "labgraph-seed: 2 problems; nothing was written\n");
  EXPECT_EQ(store_.size(), 0u);
}

TEST_F(LoadTest, ASchemaThatIsRefusedIsReportedWhereItIsWritten) {
  EXPECT_EQ(Load({Write("a.yaml", "name: a\nschema:\n  kinds:\n    - name: bad\n")}),
            kProblems);
  EXPECT_EQ(err(),
            "a.yaml:4:13: SCHEMA_INVALID at schema.kinds[0].name: A bad kind.\n"
            "labgraph-seed: 1 problem; nothing was written\n");
}

TEST_F(LoadTest, AProblemInAnyFileKeepsAllFromBeingWritten) {
  EXPECT_EQ(Load({Write("1.yaml", kLabs), Write("2.yaml", "nmae: a\n"),
                  Write("3.jsonl", "{\"put_entity\": {\"id\": \"lab/a\"}}\nnonsense\n"),
                  directory() + "/4.yaml"}),
            kProblems);
  EXPECT_THAT(err(),
              HasSubstr("2.yaml:1:1: Fixture has no field \"nmae\"; did you mean"));
  EXPECT_THAT(err(), HasSubstr("3.jsonl:2:1: malformed JSON (Unexpected token); "));
  EXPECT_THAT(err(), HasSubstr("4.yaml: no such file or directory"));
  EXPECT_THAT(err(), HasSubstr("nothing was written"));
  EXPECT_TRUE(store_.commits.empty());
}

TEST_F(LoadTest, WhatTheServerRefusesInAnyFixtureKeepsAllFromBeingWritten) {
  store_.refused = {{"lab/b", "id"}, {"lab/c", "id"}};
  EXPECT_EQ(Load({Write("1.yaml", "name: a\nentities: [{id: lab/a}]\n"),
                  Write("2.yaml", "name: b\nentities: [{id: lab/b}]\n"),
                  Write("3.yaml", "name: c\nentities:\n  - id: lab/c\n")}),
            kProblems);
  EXPECT_THAT(err(), HasSubstr("2.yaml:2:17: FIELD_INVALID at entities[0].id: "));
  EXPECT_THAT(err(), HasSubstr("3.yaml:3:9: FIELD_INVALID at entities[0].id: "));
  EXPECT_THAT(err(), HasSubstr("labgraph-seed: 2 problems; nothing was written\n"));
  EXPECT_EQ(store_.size(), 0u);
}

TEST_F(LoadTest, FixturesAreCheckedTogetherOnceTheirSchemaIsThere) {
  store_.refused = {{"lab/b", "id"}, {"lab/c", "id"}};
  EXPECT_EQ(Load({Write("0.yaml", kSchema),
                  Write("1.yaml", "name: a\nentities: [{id: lab/a}]\n"),
                  Write("2.yaml", "name: b\nentities: [{id: lab/b}]\n"),
                  Write("3.yaml", "name: c\nentities: [{id: lab/c}]\n")}),
            kProblems);
  EXPECT_EQ(out(), "0.yaml: schema: 2 created, 0 updated; revision 1\n");
  EXPECT_THAT(err(), HasSubstr("2.yaml:2:17: "));
  EXPECT_THAT(err(), HasSubstr("3.yaml:2:17: "));
  EXPECT_THAT(err(), HasSubstr("2 problems; what was written before stays\n"));
  EXPECT_EQ(store_.size(), 0u);
}

TEST_F(LoadTest, AFixtureMayBuildOnAnEarlierOneAndPutItsRecordsAgain) {
  EXPECT_EQ(
      Load({Write("1.yaml", "name: a\nentities: [{id: lab/a}]\n"),
            Write("2.yaml", "name: b\nstatements: [{subject: lab/a}]\n"),
            Write("3.yaml", "name: c\nentities: [{id: lab/a, placeholder: true}]\n")}),
      kOk)
      << err();
  EXPECT_EQ(store_.revision(), 3u);
}

TEST_F(LoadTest, WhatIsTooMuchForOneRequestIsCheckedWhenItsTurnComes) {
  store_.max_mutations = 2;
  store_.refused = {{"lab/c", "id"}};
  EXPECT_EQ(Load({Write("1.yaml", "name: a\nentities: [{id: lab/a}, {id: lab/b}]\n"),
                  Write("2.yaml", "name: c\nentities: [{id: lab/c}]\n")}),
            kProblems);
  EXPECT_THAT(err(), HasSubstr("1 problem; what was written before stays\n"));
  EXPECT_EQ(store_.size(), 2u);
}

TEST_F(LoadTest, ARecordThatStandsTwiceIsReportedWithTheLineOfTheFirst) {
  store_.connection()->commit =
      [](const v1::CommitRequest&) -> absl::StatusOr<v1::CommitResponse> {
    v1::CommitResponse response;
    v1::Problem* problem = response.add_problems();
    problem->set_reason("DUPLICATE_IN_COMMIT");
    problem->set_field("mutations[2].put_entity.id");
    problem->set_message("\"lab/a\" is already changed by mutations[0] of this commit.");
    return response;
  };
  EXPECT_EQ(Load({Write("a.yaml",
                        "name: a\n"
                        "entities:\n"
                        "  - id: lab/a\n"
                        "  - id: lab/b\n"
                        "  - id: lab/a\n")}),
            kProblems);
  EXPECT_EQ(err(),
            "a.yaml:5:5: DUPLICATE_IN_COMMIT at entities[2]: the same record is "
            "entities[0] on line 3 already; put it once.\n"
            "labgraph-seed: 1 problem; nothing was written\n");
}

TEST_F(LoadTest, ARefusalOfAnyReasonIsAProblemOfTheInput) {
  for (const v1::ErrorReason reason :
       {v1::ERROR_REASON_ENTITY_MERGED, v1::ERROR_REASON_RECORD_ERASED,
        v1::ERROR_REASON_PRECONDITION_FAILED, v1::ERROR_REASON_KIND_UNKNOWN}) {
    store_.failure =
        client::MakeError(reason, "mutations[1].put_entity.id", "Write to that.");
    EXPECT_EQ(Load({Write("a.yaml", kLabs)}), kProblems);
    EXPECT_THAT(err(), HasSubstr("a.yaml:4:9: "));
  }
  store_.failure = client::MakeError(v1::ERROR_REASON_BUSY, "", "Try again.");
  EXPECT_EQ(Load({Write("a.yaml", kLabs)}), kFailed);
  EXPECT_EQ(err(), "labgraph-seed: UNAVAILABLE BUSY: Try again.\n");
}

TEST_F(LoadTest, ADirectoryStandsForItsFilesInTheOrderOfTheirNames) {
  Write("20-labs.yaml", kLabs);
  Write("10-more.jsonl", "{\"put_entity\": {\"id\": \"lab/more\"}}\n");
  Write("readme.txt", "not loaded");
  EXPECT_EQ(Load({directory()}), kOk);
  EXPECT_EQ(out(),
            "10-more.jsonl: 1 created, 0 updated, 0 unchanged; revision 1\n"
            "20-labs.yaml: 3 created, 0 updated, 0 unchanged; revision 2\n");
}

std::string ManyLabs(int count) {
  std::string text = "name: many\nentities:\n";
  for (int i = 0; i < count; ++i) absl::StrAppend(&text, "  - id: lab/l", i, "\n");
  return text;
}

TEST_F(LoadTest, AFixtureAtTheLimitIsOneCommitAndAboveItTwo) {
  store_.max_mutations = 10;
  ASSERT_EQ(Load({Write("a.yaml", ManyLabs(10))}), kOk);
  EXPECT_EQ(store_.revision(), 1u);
  ASSERT_EQ(Load({Write("b.yaml", ManyLabs(21) + "  - id: lab/x\n")}), kOk);
  EXPECT_EQ(out(), "b.yaml: 12 created, 0 updated, 10 unchanged; revision 3\n");
}

TEST_F(LoadTest, AProblemInALaterPartSaysWhatStaysAndWhereItIs) {
  Options options;
  options.inputs = {Write("a.yaml", ManyLabs(5))};
  options.batch = 2;
  store_.refused = {{"lab/l3", "id"}};
  EXPECT_EQ(Run(options), kProblems);
  EXPECT_THAT(err(), HasSubstr("a.yaml:6:9: FIELD_INVALID at entities[3].id: "));
  EXPECT_THAT(err(), HasSubstr("a.yaml: the first 2 of 5 records stay committed"));
  EXPECT_EQ(store_.size(), 2u);
}

TEST_F(LoadTest, AServerThatFailsIsNoProblemOfTheInput) {
  store_.failure = absl::UnavailableError("no server");
  EXPECT_EQ(Load({Write("a.yaml", kLabs)}), kFailed);
  EXPECT_EQ(
      err(),
      "labgraph-seed: UNAVAILABLE: no server\n"
      "labgraph-seed: no server answers: is labgraphd running? make run starts one, "
      "--server names another\n");
}

TEST_F(LoadTest, StopsBetweenRequestsWhenTold) {
  stop_ = true;
  EXPECT_EQ(Load({Write("a.yaml", kLabs)}), kInterrupted);
  EXPECT_TRUE(store_.commits.empty());
  EXPECT_THAT(err(), HasSubstr("interrupted"));
}

TEST_F(LoadTest, AFixtureOfChecksAloneWritesNothing) {
  EXPECT_EQ(
      Load({Write("a.yaml", "name: a\nchecks: [{name: c, entity: {id: lab/a}}]\n")}),
      kOk);
  EXPECT_EQ(out(), "");
  EXPECT_TRUE(store_.commits.empty());
}

}  // namespace
}  // namespace labgraph::seed
