// The judge is judged: histories that are wrong in every way it is to notice, and right
// ones that look odd.

#include "tests/faults/history_checker.h"

#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace labgraph::faults {
namespace {

using ::testing::HasSubstr;
using Type = Operation::Type;

// When a call began and ended.
struct During {
  int64_t invoked;
  int64_t ended;
};

Operation Call(Type type, const std::string& name, During during, uint64_t revision,
               Values values) {
  return {type, name, std::move(values), during.invoked, during.ended, revision};
}
Operation Write(const std::string& name, During during, uint64_t revision,
                Values values) {
  return Call(Type::kWrite, name, during, revision, std::move(values));
}
Operation Read(const std::string& name, During during, uint64_t revision, Values values) {
  return Call(Type::kRead, name, during, revision, std::move(values));
}
Operation ReadPast(const std::string& name, During during, uint64_t revision,
                   Values values) {
  return Call(Type::kReadPast, name, during, revision, std::move(values));
}
Operation Unanswered(const std::string& name, During during, Values values) {
  return {Type::kWrite,   name,         std::move(values),
          during.invoked, during.ended, absl::nullopt};
}

// The schema is revision 1.
absl::Status Judge(std::vector<Operation> operations) {
  return CheckStrictlySerializable({1, std::move(operations)});
}
// What is wrong with a history.
std::string Wrong(std::vector<Operation> operations) {
  const absl::Status status = Judge(std::move(operations));
  EXPECT_THAT(status, testing::StatusIs(absl::StatusCode::kFailedPrecondition));
  return std::string(status.message());
}

TEST(HistoryCheckerTest, AnEmptyHistoryAndOneWithoutWritesPass) {
  EXPECT_OK(Judge({}));
  EXPECT_OK(Judge({Read("r", {1, 2}, 1, {{"x", absl::nullopt}})}));
}

TEST(HistoryCheckerTest, CallsAtOnceMayHappenInAnyOrder) {
  EXPECT_OK(Judge(
      {Write("w1", {1, 10}, 3, {{"x", "1"}}), Write("w2", {2, 9}, 2, {{"x", "2"}}),
       Read("r1", {3, 8}, 1, {{"x", absl::nullopt}}), Read("r2", {3, 8}, 3, {{"x", "1"}}),
       Read("r3", {11, 12}, 3, {{"x", "1"}})}));
}

TEST(HistoryCheckerTest, RecordsComeAndGo) {
  EXPECT_OK(Judge({Write("w1", {1, 2}, 2, {{"x", "1"}, {"y", "1"}}),
                   Write("w2", {3, 4}, 3, {{"x", absl::nullopt}}),
                   Read("r", {5, 6}, 3, {{"x", absl::nullopt}, {"y", "1"}}),
                   ReadPast("p", {5, 6}, 2, {{"x", "1"}, {"y", "1"}})}));
}

TEST(HistoryCheckerTest, ALostWriteIsNoticed) {
  EXPECT_THAT(
      Wrong({Write("w1", {1, 2}, 2, {{"x", "1"}}), Write("w2", {3, 4}, 3, {{"y", "1"}}),
             Read("r", {5, 6}, 3, {{"x", absl::nullopt}, {"y", "1"}})}),
      HasSubstr("read r at revision 3 found x to be nothing and not \"1\""));
}

TEST(HistoryCheckerTest, ARevisionThatWasGivenAgainIsNoticed) {
  // As after a restart that forgot the first write.
  EXPECT_THAT(
      Wrong({Write("w1", {1, 9}, 2, {{"x", "1"}}), Write("w2", {2, 8}, 2, {{"y", "1"}})}),
      HasSubstr("write w2 at revision 2 shares it with the write w1"));
  EXPECT_THAT(Wrong({Write("w1", {1, 9}, 1, {{"x", "1"}})}),
              HasSubstr("from before the history"));
}

TEST(HistoryCheckerTest, AStaleReadIsNoticed) {
  // What it found was so at its revision; but that was over when it began.
  EXPECT_THAT(
      Wrong({Write("w1", {1, 2}, 2, {{"x", "1"}}), Write("w2", {3, 4}, 3, {{"x", "2"}}),
             Read("r", {5, 6}, 2, {{"x", "1"}})}),
      HasSubstr(
          "read r at revision 2 began after the end of the write w2 at revision 3"));
  EXPECT_THAT(
      Wrong({Write("w1", {1, 9}, 2, {{"x", "1"}}), Read("r1", {2, 3}, 2, {{"x", "1"}}),
             Read("r2", {4, 5}, 1, {{"x", absl::nullopt}})}),
      HasSubstr("read r2 at revision 1 began after the end of the read r1"));
}

TEST(HistoryCheckerTest, ATornReadIsNoticed) {
  EXPECT_THAT(Wrong({Write("w1", {1, 2}, 2, {{"x", "1"}, {"y", "1"}}),
                     Write("w2", {3, 9}, 3, {{"x", "2"}, {"y", "2"}}),
                     Read("r", {4, 5}, 3, {{"x", "2"}, {"y", "1"}})}),
              HasSubstr("read r at revision 3 found y to be \"1\" and not \"2\""));
}

TEST(HistoryCheckerTest, ATornWriteIsNoticed) {
  EXPECT_THAT(Wrong({Unanswered("w1", {1, 2}, {{"x", "1"}, {"y", "1"}}),
                     Read("r", {3, 4}, 2, {{"x", "1"}, {"y", absl::nullopt}})}),
              HasSubstr("read r at revision 2 found y to be nothing"));
}

TEST(HistoryCheckerTest, WritesOutOfOrderAreNoticed) {
  EXPECT_THAT(
      Wrong({Write("w1", {1, 2}, 3, {{"x", "1"}}), Write("w2", {3, 4}, 2, {{"x", "2"}})}),
      HasSubstr("write w2 at revision 2 began after the end of the write w1"));
}

TEST(HistoryCheckerTest, AReadOfWhatIsYetToBeWrittenIsNoticed) {
  EXPECT_THAT(
      Wrong({Read("r", {1, 2}, 2, {{"x", "1"}}), Write("w", {3, 4}, 2, {{"x", "1"}})}),
      HasSubstr("write w at revision 2 began after the end of the read r"));
}

TEST(HistoryCheckerTest, AWrongReadOfThePastIsNoticed) {
  EXPECT_THAT(
      Wrong({Write("w1", {1, 2}, 2, {{"x", "1"}}), Write("w2", {3, 4}, 3, {{"x", "2"}}),
             ReadPast("p", {5, 6}, 2, {{"x", "2"}})}),
      HasSubstr("read p at revision 2 found x to be \"2\" and not \"1\""));
}

TEST(HistoryCheckerTest, ARevisionThatNobodyMadeIsNoticed) {
  EXPECT_THAT(Wrong({Write("w", {1, 2}, 3, {{"x", "1"}})}),
              HasSubstr("No write can have made revision 2"));
  EXPECT_THAT(Wrong({Read("r", {1, 2}, 2, {{"x", absl::nullopt}})}),
              HasSubstr("No write can have made revision 2"));
}

TEST(HistoryCheckerTest, AnUnansweredWriteMayHaveHappenedOrNot) {
  const Operation lost = Unanswered("w", {1, 2}, {{"x", "1"}});
  EXPECT_OK(Judge({lost, Read("r", {3, 4}, 1, {{"x", absl::nullopt}})}));
  EXPECT_OK(Judge({lost, Read("r", {3, 4}, 2, {{"x", "1"}})}));
}

TEST(HistoryCheckerTest, AnUnansweredWriteThatHappenedTwiceIsNoticed) {
  EXPECT_THAT(
      Wrong({Unanswered("w1", {1, 4}, {{"x", "1"}}), Write("w2", {2, 3}, 3, {{"x", "2"}}),
             Read("r", {5, 6}, 4, {{"x", "1"}})}),
      HasSubstr("No write can have made revision 4"));
}

TEST(HistoryCheckerTest, AnUnansweredWriteComesNeitherBeforeItsTimeNorAfter) {
  // Before it was sent.
  EXPECT_THAT(Wrong({Write("w1", {1, 2}, 3, {{"y", "1"}}),
                     Unanswered("w2", {3, 4}, {{"x", "1"}})}),
              HasSubstr("No write can have made revision 2"));
  // After its server was gone: to another write that began later, or to a read.
  EXPECT_THAT(
      Wrong({Unanswered("w1", {1, 2}, {{"x", "1"}}), Write("w2", {3, 4}, 2, {{"y", "1"}}),
             Read("r", {5, 6}, 3, {{"x", "1"}})}),
      HasSubstr("No write can have made revision 3"));
  EXPECT_THAT(Wrong({Unanswered("w1", {1, 2}, {{"x", "1"}}),
                     Read("r1", {3, 4}, 1, {{"x", absl::nullopt}}),
                     Read("r2", {5, 6}, 2, {{"x", "1"}})}),
              HasSubstr("No write can have made revision 2"));
  // To another one without an answer.
  EXPECT_THAT(
      Wrong({Unanswered("w1", {1, 2}, {{"x", "1"}}),
             Unanswered("w2", {3, 4}, {{"x", "2"}}), Read("r", {5, 6}, 3, {{"x", "1"}})}),
      HasSubstr("found x to be \"1\" and not \"2\""));
}

TEST(HistoryCheckerTest, UnansweredWritesAreTriedInEveryOrder) {
  const Operation w1 = Unanswered("w1", {1, 9}, {{"x", "1"}});
  const Operation w2 = Unanswered("w2", {1, 9}, {{"x", "2"}});
  const Operation w3 = Unanswered("w3", {1, 9}, {{"x", "3"}});
  EXPECT_OK(Judge({w1, w2, w3, ReadPast("p", {10, 11}, 2, {{"x", "3"}}),
                   Read("r", {10, 11}, 4, {{"x", "1"}})}));
  EXPECT_OK(Judge({w1, w2, w3, Read("r", {10, 11}, 3, {{"x", "2"}})}));
  EXPECT_THAT(Wrong({w1, w2, w3, ReadPast("p", {10, 11}, 2, {{"x", "3"}}),
                     Read("r", {10, 11}, 4, {{"x", "3"}})}),
              HasSubstr("read r at revision 4"));
}

}  // namespace
}  // namespace labgraph::faults
