#include "labgraph/precondition.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "labgraph/commit.h"
#include "labgraph/error.h"
#include "labgraph/mock_connection.h"
#include "tests/unit/client/error_matchers.h"

namespace labgraph::client {
namespace {

TEST(PreconditionTest, SaysWhatMustHoldOfAnEntity) {
  EXPECT_EQ(EntityExists("lab/exit").ShortDebugString(),
            R"(entity: "lab/exit" must: REQUIREMENT_EXISTS)");
  EXPECT_EQ(EntityAbsent("lab/exit").ShortDebugString(),
            R"(entity: "lab/exit" must: REQUIREMENT_ABSENT)");
  EXPECT_EQ(EntityUnchangedSince("lab/exit", 7).ShortDebugString(),
            R"(entity: "lab/exit" must: REQUIREMENT_UNCHANGED_SINCE revision: 7)");
}

TEST(PreconditionTest, SaysWhatMustHoldOfAStatement) {
  EXPECT_EQ(StatementExists("s-1").ShortDebugString(),
            R"(statement: "s-1" must: REQUIREMENT_EXISTS)");
  EXPECT_EQ(StatementAbsent("s-1").ShortDebugString(),
            R"(statement: "s-1" must: REQUIREMENT_ABSENT)");
  EXPECT_EQ(StatementUnchangedSince("s-1", 7).ShortDebugString(),
            R"(statement: "s-1" must: REQUIREMENT_UNCHANGED_SINCE revision: 7)");
}

TEST(PreconditionTest, SaysWhetherStatementsMayStand) {
  EXPECT_EQ(
      SomeStatement({.subject = "lab/exit", .predicate = "part_of", .object = "a/b"})
          .ShortDebugString(),
      R"(statements { subject: "lab/exit" predicate: "part_of" object: "a/b" } )"
      R"(must: REQUIREMENT_EXISTS)");
  EXPECT_EQ(NoStatement({.object = "a/b"}).ShortDebugString(),
            R"(statements { object: "a/b" } must: REQUIREMENT_ABSENT)");
}

TEST(PreconditionTest, SaysWhetherEntitiesMayMatch) {
  const v1::Precondition some =
      SomeEntity({.kinds = {"lab", "team"}, .filter = "placeholder = true"});
  EXPECT_EQ(some.must(), v1::REQUIREMENT_EXISTS);
  EXPECT_THAT(some.entities().kinds(), ::testing::ElementsAre("lab", "team"));
  EXPECT_EQ(some.entities().filter(), "placeholder = true");
  EXPECT_EQ(NoEntity({.kinds = {"lab"}}).must(), v1::REQUIREMENT_ABSENT);
}

TEST(PreconditionTest, GoesWithTheCommitInOrder) {
  MockConnection connection;
  v1::CommitRequest sent;
  connection.commit = [&sent](const v1::CommitRequest& request) {
    sent = request;
    return MakeError(v1::ERROR_REASON_PRECONDITION_FAILED, "preconditions[1]", "No.");
  };
  EXPECT_THAT(Commit()
                  .Delete("lab/exit")
                  .If(EntityUnchangedSince("lab/exit", 7))
                  .If(NoStatement({.object = "lab/exit"}))
                  .Run(connection),
              FailsAt(v1::ERROR_REASON_PRECONDITION_FAILED, "preconditions[1]"));
  ASSERT_EQ(sent.preconditions_size(), 2);
  EXPECT_EQ(sent.preconditions(0).revision(), 7u);
  EXPECT_EQ(sent.preconditions(1).statements().object(), "lab/exit");
}

}  // namespace
}  // namespace labgraph::client
