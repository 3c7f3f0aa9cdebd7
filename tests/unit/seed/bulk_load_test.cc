// Loading JSON lines with the whole program.

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "labgraph/error.h"
#include "seed/bulk_loader.h"
#include "seed_fixture.h"

namespace labgraph::seed {
namespace {

using ::testing::HasSubstr;

class BulkLoadTest : public SeedTest {};

std::string Lab(int number) {
  return absl::StrCat("{\"put_entity\": {\"id\": \"lab/l", number, "\"}}\n");
}

std::string Labs(int from, int to) {
  std::string lines;
  for (int i = from; i < to; ++i) lines += Lab(i);
  return lines;
}

TEST_F(BulkLoadTest, WritesAllLinesInParts) {
  Options options;
  options.inputs = {Write("a.jsonl", Labs(0, 25))};
  options.batch = 10;
  EXPECT_EQ(Run(options), kOk);
  EXPECT_EQ(out(), "a.jsonl: 25 created, 0 updated, 0 unchanged; revision 3\n");
  ASSERT_EQ(store_.parts.size(), 3u);
  EXPECT_EQ(store_.parts[0].mutations_size(), 10);
  EXPECT_EQ(store_.parts[2].mutations_size(), 5);
  EXPECT_EQ(store_.parts[1].message(), "bulk a.jsonl: lines 11 to 20");
}

TEST_F(BulkLoadTest, ASecondTimeChangesNothing) {
  const std::string file = Write("a.jsonl", Labs(0, 5));
  ASSERT_EQ(Load({file}), kOk);
  EXPECT_EQ(Load({file}), kOk);
  EXPECT_EQ(out(),
            "a.jsonl: 0 created, 0 updated, 5 unchanged; nothing changed, no revision\n");
}

TEST_F(BulkLoadTest, EmptyLinesAndAMissingLastLineEndAreFine) {
  EXPECT_EQ(
      Load({Write("a.jsonl", absl::StrCat("\n", Lab(1), "  \r\n",
                                          "{\"putEntity\": {\"id\": \"lab/x\"}}"))}),
      kOk);
  EXPECT_EQ(store_.size(), 2u);
}

TEST_F(BulkLoadTest, AnEmptyFileIsFine) {
  EXPECT_EQ(Load({Write("a.jsonl", "")}), kOk);
  EXPECT_EQ(out(),
            "a.jsonl: 0 created, 0 updated, 0 unchanged; nothing changed, no revision\n");
}

TEST_F(BulkLoadTest, WhatTheServerRefusesIsReportedWithItsLine) {
  Options options;
  options.inputs = {Write("a.jsonl", "\n" + Labs(0, 25))};
  options.batch = 10;
  store_.refused = {{"lab/l12", "id"}};
  EXPECT_EQ(Run(options), kProblems);
  EXPECT_THAT(err(), HasSubstr("a.jsonl:14: REFERENCE_NOT_FOUND at id: "));
  EXPECT_THAT(err(), HasSubstr("a.jsonl: 10 mutations stay committed, up to line 11"));
  EXPECT_EQ(store_.size(), 10u);
}

TEST_F(BulkLoadTest, AServerThatFailsOnTheWayIsToldWithWhatIsCommitted) {
  Options options;
  options.inputs = {Write("a.jsonl", Labs(0, 25))};
  options.batch = 10;
  auto take = store_.connection()->import_part;
  store_.connection()->import_part =
      [&](const v1::ImportRequest& part) -> absl::StatusOr<v1::ImportResponse> {
    if (store_.parts.size() == 2) return absl::UnavailableError("gone");
    return take(part);
  };
  EXPECT_EQ(Run(options), kFailed);
  EXPECT_THAT(err(), HasSubstr("UNAVAILABLE: gone"));
  EXPECT_THAT(err(), HasSubstr("a.jsonl: 20 mutations stay committed, up to line 20"));
}

TEST_F(BulkLoadTest, CtrlCEndsCleanlyAndSaysHowMuchIsCommitted) {
  Options options;
  options.inputs = {Write("a.jsonl", Labs(0, 100))};
  options.batch = 10;
  auto take = store_.connection()->import_part;
  store_.connection()->import_part = [&](const v1::ImportRequest& part) {
    if (store_.parts.size() == 2) stop_ = true;
    return take(part);
  };
  EXPECT_EQ(Run(options), kInterrupted);
  EXPECT_EQ(store_.size(), 30u);
  EXPECT_THAT(err(), HasSubstr("a.jsonl: 30 mutations stay committed, up to line 30"));
}

class BulkProgressTest : public BulkLoadTest {
 protected:
  // Loads ten parts of ten lines; the store takes a second for each. Four are under
  // way before the first answer is looked at.
  ExitCode LoadTenParts() {
    Options options;
    options.inputs = {Write("a.jsonl", Labs(100, 200))};
    options.batch = 10;
    auto take = store_.connection()->import_part;
    store_.connection()->import_part = [this, take](const v1::ImportRequest& part) {
      clock_.now += absl::Seconds(1);
      return take(part);
    };
    return Run(options);
  }
};

TEST_F(BulkProgressTest, OnATerminalABarShowsHowMuchIsCommitted) {
  err_is_terminal_ = true;
  EXPECT_EQ(LoadTenParts(), kOk);
  EXPECT_THAT(err(),
              ::testing::StartsWith(
                  "\r\033[Ka.jsonl [##..................]  10%  2/s  0:36 left\r"));
  EXPECT_THAT(err(), ::testing::EndsWith("left\r\033[K"));
}

TEST_F(BulkProgressTest, ElsewhereThereIsALineNowAndThen) {
  EXPECT_EQ(LoadTenParts(), kOk);
  EXPECT_EQ(err(),
            "a.jsonl: 20%, 20 written, 4/s, 0:20 left\n"
            "a.jsonl: 70%, 70 written, 7/s, 0:04 left\n");
}

TEST_F(BulkLoadTest, WhatWasMergedOrErasedIsReportedWithItsLine) {
  for (const v1::ErrorReason reason :
       {v1::ERROR_REASON_ENTITY_MERGED, v1::ERROR_REASON_RECORD_ERASED}) {
    store_.failure =
        client::MakeError(reason, "mutations[1].put_entity.id", "Write to that.");
    EXPECT_EQ(Load({Write("a.jsonl", Labs(0, 3))}), kProblems);
    EXPECT_THAT(err(), HasSubstr("a.jsonl:2: "));
    EXPECT_THAT(err(), HasSubstr("a.jsonl: nothing was committed in this run\n"
                                 "labgraph-seed: 1 problem; nothing was written\n"));
  }
}

TEST_F(BulkLoadTest, AByteOrderMarkIsSkipped) {
  EXPECT_EQ(Load({Write("a.jsonl", absl::StrCat("\xEF\xBB\xBF", Labs(0, 2)))}), kOk)
      << err();
  EXPECT_EQ(store_.size(), 2u);
}

TEST_F(BulkLoadTest, AWholeNumberThatADoubleWouldRoundIsRefusedWithItsColumn) {
  const std::string start = R"({"put_statement": {"subject": "lab/12345678901234567890")"
                            R"(, "value": )";
  for (const char* number : {"9007199254740993", "-9007199254740993",
                             "18446744073709551615", "123456789012345678901234567890"}) {
    for (const char* shape : {"%s", "[1, %s]"}) {
      const std::string value = absl::StrReplaceAll(shape, {{"%s", number}});
      EXPECT_EQ(Load({Write("a.jsonl", absl::StrCat(start, value, "}}\n"))}), kProblems);
      EXPECT_THAT(err(),
                  HasSubstr(absl::StrCat(
                      "a.jsonl:1:", start.size() + value.find(number) + 1, ": ", number,
                      " would be rounded as a number; a text, which keeps every digit, "
                      "would be right\n")));
    }
  }
  for (const char* number : {"9007199254740992", "-1152921504606846976", "0.1", "1e30",
                             "10000000000000000000000"}) {
    EXPECT_EQ(Load({Write("a.jsonl", absl::StrCat(R"({"put_statement": {"value": )",
                                                  number, "}}\n"))}),
              kOk)
        << err();
  }
}

struct BadLine {
  const char* line;
  const char* problem;
};

TEST_F(BulkLoadTest, MalformedLinesAreReported) {
  for (const BadLine& bad :
       {BadLine{"nonsense",
                "a.jsonl:1:1: malformed JSON (Unexpected token); a mutation on one line, "
                "such as {\"put_entity\": {\"id\": \"lab/exit\"}}, would be right\n"},
        BadLine{R"({"put_entity": {"nmaes": {}}})",
                "a.jsonl:1:17: put_entity has no field \"nmaes\"; did you mean "
                "\"names\"?; its fields are id, names, "},
        BadLine{R"({"put_entty": {}})",
                "a.jsonl:1:2: a mutation has no field \"put_entty\"; did you mean "
                "\"put_entity\"?; its fields are put_entity, "},
        BadLine{"{\"put_entity\": {\"id\": 5", "a.jsonl:1:24: malformed JSON ("},
        BadLine{R"({"put_entity": {"id" "x"}})",
                "a.jsonl:1:22: malformed JSON (Expected : between key:value pair); "},
        BadLine{
            R"({"put_entity": {"placeholder": 3}})",
            "a.jsonl:1:17: put_entity.placeholder is 3; true or false would be right"},
        BadLine{R"({"put_statement": {"rank": "preferred"}})",
                "a.jsonl:1:20: put_statement.rank is \"preferred\"; one of "
                "RANK_UNSPECIFIED, RANK_DEPRECATED, "},
        BadLine{R"({"put_statement": {"value": 1, "object": "a"}})",
                "a.jsonl:1:32: object stands beside another field of \"target\"; "},
        BadLine{R"({"put_entity": {"id": "a"}, "put_statement": {}})",
                "a.jsonl:1:29: put_statement stands beside another field of \"op\"; "},
        BadLine{"{}",
                "a.jsonl:1: a mutation that does nothing; one of put_entity, "
                "put_statement, retract_statement, delete_entity, merge_entities, "
                "unmerge_entity is required\n"},
        BadLine{"[]", "a.jsonl:1: no object of JSON; a mutation on one line, "},
        BadLine{"{\"put_entity\": {\"id\": \"\xFF\"}}",
                "a.jsonl:1:24: bytes that are not UTF-8"}}) {
    EXPECT_EQ(Load({Write("a.jsonl", std::string(bad.line) + "\n")}), kProblems)
        << bad.line;
    EXPECT_THAT(err(), HasSubstr(bad.problem)) << bad.line;
    const std::string printed = err();
    EXPECT_EQ(std::count(printed.begin(), printed.end(), '\n'), 2) << printed;
  }
}

TEST_F(BulkLoadTest, ListsThatAreTooDeepAreReported) {
  EXPECT_EQ(Load({Write("a.jsonl", absl::StrCat(R"({"put_statement": {"value": )",
                                                std::string(500, '['),
                                                std::string(500, ']'), "}}\n"))}),
            kProblems);
  EXPECT_THAT(err(),
              HasSubstr("a.jsonl:1: lists and objects in one another are too deep"));
}

TEST_F(BulkLoadTest, ALineIsLimitedInLength) {
  const std::string start = "{\"put_entity\": {\"id\": \"lab/a\", \"visibility\": \"";
  const std::string end = "\"}}";
  const std::string fill(kMaxRecordBytes - start.size() - end.size(), 'x');
  EXPECT_EQ(Load({Write("a.jsonl", absl::StrCat(start, fill, end, "\n"))}), kOk);
  EXPECT_EQ(Load({Write("a.jsonl", absl::StrCat(start, fill, "x", end, "\n", Lab(1)))}),
            kProblems);
  EXPECT_THAT(err(), HasSubstr("a.jsonl:1: a line of more than 1048576 bytes\n"));
}

TEST_F(BulkLoadTest, AFileOfTheWrongKindIsNotReportedWhole) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "nonsense\n";
  EXPECT_EQ(Load({Write("a.jsonl", text)}), kProblems);
  const std::string printed = err();
  EXPECT_EQ(std::count(printed.begin(), printed.end(), '\n'), kMaxFileProblems + 2);
  EXPECT_THAT(printed, HasSubstr("too many problems"));
}

}  // namespace
}  // namespace labgraph::seed
