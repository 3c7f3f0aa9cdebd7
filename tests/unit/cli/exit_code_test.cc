#include "client/cli/exit_code.h"

#include "client/cli/usage_error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "labgraph/error.h"
#include "tests/unit/cli/cli_runner.h"

namespace labgraph::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Runs a command against a server that fails like this.
Outcome RunFailing(const absl::Status& error) {
  CliRunner cli;
  cli.server().get_entity = [&error](const v1::GetEntityRequest&) { return error; };
  return cli.Run({"get", "lab/exti", "--server", "host:1"});
}

TEST(ExitCodeTest, TellsWhoseMistakeItIs) {
  EXPECT_EQ(ExitCodeOf(absl::OkStatus()), 0);
  EXPECT_EQ(ExitCodeOf(absl::NotFoundError("")), 1);
  EXPECT_EQ(ExitCodeOf(absl::InvalidArgumentError("")), 1);
  EXPECT_EQ(ExitCodeOf(absl::FailedPreconditionError("")), 1);
  EXPECT_EQ(ExitCodeOf(absl::AlreadyExistsError("")), 1);
  EXPECT_EQ(ExitCodeOf(absl::OutOfRangeError("")), 1);
  EXPECT_EQ(ExitCodeOf(absl::PermissionDeniedError("")), 1);
  EXPECT_EQ(ExitCodeOf(absl::UnauthenticatedError("")), 1);
  EXPECT_EQ(ExitCodeOf(absl::ResourceExhaustedError("")), 3);
  EXPECT_EQ(ExitCodeOf(UsageError("")), 2);
  EXPECT_EQ(ExitCodeOf(absl::UnavailableError("")), 3);
  EXPECT_EQ(ExitCodeOf(absl::DeadlineExceededError("")), 3);
  EXPECT_EQ(ExitCodeOf(absl::InternalError("")), 4);
  EXPECT_EQ(ExitCodeOf(absl::DataLossError("")), 5);
  EXPECT_EQ(ExitCodeOf(absl::UnknownError("")), 4);
  EXPECT_EQ(ExitCodeOf(absl::UnimplementedError("")), 4);
}

TEST(ExitCodeTest, TellsABusyServerFromABrokenOne) {
  EXPECT_EQ(ExitCodeOf(client::MakeError(v1::ERROR_REASON_BUSY, "", "")), 3);
  EXPECT_EQ(ExitCodeOf(client::MakeError(v1::ERROR_REASON_STORAGE_FAILED, "", "")), 4);
}

TEST(ReportTest, SaysCodeReasonFieldAndMessageInOneLine) {
  const Outcome run = RunFailing(client::MakeError(
      v1::ERROR_REASON_ENTITY_NOT_FOUND, "id",
      "There is no entity \"lab/exti\";\nthe nearest is \"lab/exit\"."));
  EXPECT_EQ(run.code, 1);
  EXPECT_EQ(run.out, "");
  EXPECT_EQ(
      run.err,
      "labgraph: NOT_FOUND ENTITY_NOT_FOUND at id: There is no entity \"lab/exti\"; "
      "the nearest is \"lab/exit\".\n");
}

TEST(ReportTest, SaysHowToStartAServerWhereThereIsNone) {
  const Outcome run = RunFailing(absl::UnavailableError("connection refused"));
  EXPECT_EQ(run.code, 3);
  EXPECT_THAT(run.err, HasSubstr("labgraph: UNAVAILABLE: connection refused\n"));
  EXPECT_THAT(run.err, HasSubstr("no server answers at host:1: is labgraphd running? "
                                 "make run starts one"));
}

TEST(ReportTest, SaysThatAChangeWithoutAnAnswerMayHaveBeenMade) {
  CliRunner cli;
  absl::Status error = absl::UnavailableError("Socket closed");
  cli.server().create_backup = [&error](const v1::CreateBackupRequest&) { return error; };
  cli.server().list_backups = [&error](const v1::ListBackupsRequest&) { return error; };
  cli.server().commit = [&error](const v1::CommitRequest&) { return error; };
  EXPECT_THAT(cli.Run({"backup", "create"}).err, HasSubstr("may have been made"));
  EXPECT_THAT(cli.Run({"backup", "list"}).err, Not(HasSubstr("may have been made")));
  EXPECT_THAT(cli.Run({"commit", "--delete", "lab/x", "--dry-run"}).err,
              Not(HasSubstr("may have been made")));
  error = client::MakeError(v1::ERROR_REASON_BUSY, "", "Try again.");
  EXPECT_THAT(cli.Run({"backup", "create"}).err, Not(HasSubstr("may have been made")));
}

TEST(ReportTest, DoesNotAdviseToStartAServerThatIsThere) {
  const Outcome busy =
      RunFailing(client::MakeError(v1::ERROR_REASON_BUSY, "", "Try again."));
  EXPECT_EQ(busy.code, 3);
  EXPECT_THAT(busy.err, Not(HasSubstr("labgraphd")));
  EXPECT_THAT(RunFailing(absl::DeadlineExceededError("late")).err,
              Not(HasSubstr("labgraphd")));
}

TEST(ReportTest, SaysTheReasonOfAnErrorInTheMiddleOfAStream) {
  CliRunner cli;
  cli.server().traverse = [](const v1::TraverseRequest&) {
    return client::StreamOf<v1::TraverseResponse>(
        {Proto<v1::TraverseResponse>("hits { entity { id: 'lab/exit' } }")},
        client::MakeError(v1::ERROR_REASON_STORAGE_CORRUPT, "", "Damaged."));
  };
  const Outcome run = cli.Run({"traverse", "lab/exit", "-o", "jsonl"});
  EXPECT_EQ(run.code, 5);
  EXPECT_EQ(run.out, "{\"entity\":{\"id\":\"lab/exit\"}}\n");
  EXPECT_EQ(run.err, "labgraph: DATA_LOSS STORAGE_CORRUPT: Damaged.\n");
}

}  // namespace
}  // namespace labgraph::cli
