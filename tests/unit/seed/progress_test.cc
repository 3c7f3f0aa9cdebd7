#include "seed/progress.h"

#include <sstream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "seed_fixture.h"

namespace labgraph::seed {
namespace {

TEST(GroupedTest, PutsCommasBetweenThousands) {
  EXPECT_EQ(Grouped(0), "0");
  EXPECT_EQ(Grouped(999), "999");
  EXPECT_EQ(Grouped(1000), "1,000");
  EXPECT_EQ(Grouped(12345678), "12,345,678");
}

ProgressState State(uint64_t done, uint64_t total, uint64_t mutations,
                    absl::Duration elapsed) {
  return ProgressState{done, total, mutations, elapsed};
}

TEST(FormatBarTest, ShowsPartRateAndTimeLeft) {
  EXPECT_EQ(FormatBar("r.jsonl", State(400, 1000, 493800, absl::Seconds(40))),
            "r.jsonl [########............]  40%  12,345/s  1:00 left");
  EXPECT_EQ(FormatBar("r.jsonl", State(1000, 1000, 50, absl::Seconds(1))),
            "r.jsonl [####################] 100%  50/s  0:00 left");
  EXPECT_EQ(FormatBar("r.jsonl", State(1, 10000, 1, absl::Seconds(1))),
            "r.jsonl [....................]   0%  1/s  2:46:39 left");
}

TEST(FormatBarTest, SaysNothingItCannotKnow) {
  EXPECT_EQ(FormatBar("r.jsonl", State(0, 1000, 0, absl::ZeroDuration())),
            "r.jsonl [....................]   0%  -/s  -:-- left");
  // A file that grew after its size was read.
  EXPECT_EQ(FormatBar("r.jsonl", State(1200, 1000, 50, absl::Seconds(1))),
            "r.jsonl [####################] 100%  50/s  0:00 left");
}

TEST(FormatBarTest, TimeLeftIsToldByWhatWasDoneInTheTime) {
  ProgressState state = State(600, 1000, 50, absl::Seconds(10));
  state.bytes_before = 500;
  EXPECT_EQ(FormatBar("r.jsonl", state),
            "r.jsonl [############........]  60%  5/s  0:40 left");
  state.bytes_done = 500;
  EXPECT_EQ(FormatBar("r.jsonl", state),
            "r.jsonl [##########..........]  50%  5/s  -:-- left");
}

TEST(FormatLineTest, IsASentenceForALog) {
  EXPECT_EQ(FormatLine("r.jsonl", State(400, 1000, 493800, absl::Seconds(40))),
            "r.jsonl: 40%, 493,800 written, 12,345/s, 1:00 left");
}

TEST(ProgressDisplayTest, ShowsNothingTooOften) {
  for (bool terminal : {false, true}) {
    std::ostringstream out;
    std::ostringstream err;
    Console console(out, err, terminal, terminal);
    FakeClock clock;
    ProgressDisplay display("f", 100, &console, &clock);
    const absl::Duration interval = terminal ? absl::Milliseconds(100) : absl::Seconds(5);

    clock.now += interval - absl::Nanoseconds(1);
    display.Update(10, 1);
    EXPECT_EQ(err.str(), "") << terminal;
    clock.now += absl::Nanoseconds(1);
    display.Update(20, 2);
    const std::string once = err.str();
    EXPECT_THAT(once, ::testing::HasSubstr("20%")) << terminal;
    display.Update(30, 3);
    EXPECT_EQ(err.str(), once) << terminal;
    clock.now += interval;
    display.Update(40, 4);
    EXPECT_THAT(err.str(), ::testing::HasSubstr("40%")) << terminal;
  }
}

TEST(ConsoleTest, AResultTakesTheBarAway) {
  std::ostringstream out;
  std::ostringstream err;
  Console console(out, err, true, true);
  console.Progress("half");
  console.Print("done");
  EXPECT_EQ(err.str(), "\r\033[Khalf\r\033[K");
  EXPECT_EQ(out.str(), "done\n");
}

TEST(ConsoleTest, ABarIsNotWiderThanTheTerminal) {
  std::ostringstream out;
  std::ostringstream err;
  Console console(out, err, true, true);
  console.set_err_width(10);
  console.Progress("routes.jsonl [###...]");
  EXPECT_EQ(err.str(), "\r\033[Kroutes.js\xE2\x80\xA6");
}

TEST(ConsoleTest, WhatAnInputSaysCannotSteerTheTerminal) {
  std::ostringstream out;
  std::ostringstream err;
  Console console(out, err, true, true);
  console.Report({{"a.yaml", {1, 1}, "no field \"\033[31mred\""}});
  console.Error("\033]0;title\007");
  console.Print("lab/\033[2J");
  EXPECT_EQ(out.str(), "lab/\xEF\xBF\xBD[2J\n");
  EXPECT_THAT(err.str(), ::testing::HasSubstr("no field \"\xEF\xBF\xBD[31mred\"\n"));
  EXPECT_THAT(err.str(), ::testing::Not(::testing::HasSubstr("\007")));
}

TEST(ConsoleTest, ColoursAreForTerminals) {
  std::ostringstream out;
  std::ostringstream err;
  Console(out, err, false, false).Print("plain", Color::kGreen);
  EXPECT_EQ(out.str(), "plain\n");
  out.str("");
  Console(out, err, true, false).Print("green", Color::kGreen);
  EXPECT_EQ(out.str(), "\033[32mgreen\033[0m\n");
}

TEST(ConsoleTest, ProblemsOfAFileComeInTheOrderOfTheirPositions) {
  std::ostringstream out;
  std::ostringstream err;
  Console(out, err, false, false)
      .Report({{"b", {9, 1}, "x"},
               {"b", {2, 7}, "x"},
               {"b", {2, 3}, "x"},
               {"a", {1, 1}, "x"}});
  EXPECT_EQ(err.str(), "b:2:3: x\nb:2:7: x\nb:9:1: x\na:1:1: x\n");
}

}  // namespace
}  // namespace labgraph::seed
