// Loading JSON lines with the whole program.

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
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

struct BadLine {
  const char* line;
  const char* problem;
};

TEST_F(BulkLoadTest, MalformedLinesAreReported) {
  for (const BadLine& bad :
       {BadLine{"nonsense", "a.jsonl:1: no mutation in JSON: "},
        BadLine{"{\"put_entity\": {\"nmae\": 1}}", "nmae"},
        BadLine{"{\"put_entity\": {\"id\": 5", "a.jsonl:1: no mutation in JSON: "},
        BadLine{"{}", "a.jsonl:1: a mutation that does nothing; one of put_entity, "},
        BadLine{"[]", "a.jsonl:1: no mutation in JSON: "},
        BadLine{"{\"put_entity\": {\"id\": \"\xFF\"}}",
                "a.jsonl:1:24: bytes that are not UTF-8"}}) {
    EXPECT_EQ(Load({Write("a.jsonl", std::string(bad.line) + "\n")}), kProblems)
        << bad.line;
    EXPECT_THAT(err(), HasSubstr(bad.problem)) << bad.line;
    const std::string printed = err();
    EXPECT_EQ(std::count(printed.begin(), printed.end(), '\n'), 2) << printed;
  }
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
