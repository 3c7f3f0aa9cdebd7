// The command merge, what commit has in common with it, and reads of merged entities.

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "labgraph/error.h"
#include "tests/unit/cli/cli_runner.h"

namespace labgraph::cli {
namespace {

using ::testing::HasSubstr;

class MergeTest : public ::testing::Test {
 protected:
  MergeTest() {
    cli_.server().commit = [this](const v1::CommitRequest& request) {
      request_ = request.ShortDebugString();
      return response_;
    };
  }

  CliRunner cli_;
  std::string request_;
  v1::CommitResponse response_ = Proto<v1::CommitResponse>(
      "revision: 13 results { outcome: OUTCOME_UPDATED id: 'lab/exit' }");
};

TEST_F(MergeTest, AsTable) {
  const Outcome run = cli_.Run({"merge", "lab/five", "lab/exit"});
  EXPECT_EQ(run.code, 0);
  EXPECT_EQ(run.err, "");
  EXPECT_EQ(run.out,
            "MUTATION  OUTCOME  ID\n"
            "0         updated  lab/exit\n"
            "revision 13\n");
  EXPECT_EQ(request_,
            R"(mutations { merge_entities { from: "lab/five" into: "lab/exit" } })");
}

TEST_F(MergeTest, ForPrograms) {
  EXPECT_EQ(cli_.Run({"merge", "a/b", "a/c", "-o", "csv"}).out,
            "mutation,outcome,id,revision\r\n"
            "0,updated,lab/exit,13\r\n");
  EXPECT_EQ(cli_.Run({"merge", "a/b", "a/c", "-o", "jsonl"}).out,
            "{\"outcome\":\"OUTCOME_UPDATED\",\"id\":\"lab/exit\"}\n");
  EXPECT_THAT(cli_.Run({"merge", "a/b", "a/c", "-o", "json"}).out,
              HasSubstr("\"revision\": \"13\""));
}

TEST_F(MergeTest, SaysWhoAndWhy) {
  cli_.Run(
      {"merge", "a/b", "a/c", "-m", "The same", "--actor", "ann", "--request-id", "r"});
  EXPECT_THAT(request_, HasSubstr(R"(request_id: "r" message: "The same" actor: "ann")"));
}

TEST_F(MergeTest, IsTakenBack) {
  EXPECT_EQ(cli_.Run({"merge", "--undo", "lab/five"}).code, 0);
  EXPECT_EQ(request_, R"(mutations { unmerge_entity { id: "lab/five" } })");
}

TEST_F(MergeTest, DryRunListsTheProblems) {
  response_ = Proto<v1::CommitResponse>(
      "problems { reason: 'CYCLE' field: 'mutations[0]' message: 'A loop.' }");
  const Outcome run = cli_.Run({"merge", "a/b", "a/c", "--dry-run"});
  EXPECT_EQ(run.code, 1);
  EXPECT_THAT(request_, HasSubstr("validate_only: true"));
  EXPECT_THAT(run.out, HasSubstr("CYCLE   mutations[0]  A loop.\n"));
}

TEST_F(MergeTest, TakesTwoEntitiesOrOneToTakeBack) {
  const Outcome one = cli_.Run({"merge", "a/b"});
  EXPECT_EQ(one.code, 2);
  EXPECT_EQ(one.err, "labgraph: merge needs two entities, FROM and INTO, or --undo ID\n");
  EXPECT_EQ(cli_.Run({"merge"}).code, 2);
  EXPECT_EQ(cli_.Run({"merge", "a/b", "a/c", "--undo", "a/b"}).code, 2);
  EXPECT_EQ(cli_.Run({"merge", "a/b", "a/c", "a/d"}).code, 2);
  EXPECT_EQ(request_, "");
}

TEST_F(MergeTest, ARefusalSaysWhatToDo) {
  cli_.server().commit = [](const v1::CommitRequest&) {
    return client::MakeError(v1::ERROR_REASON_ENTITY_NOT_MERGED,
                             "mutations[0].unmerge_entity.id", "It is not merged.");
  };
  const Outcome run = cli_.Run({"merge", "--undo", "lab/exit"});
  EXPECT_EQ(run.code, 1);
  EXPECT_EQ(run.err,
            "labgraph: FAILED_PRECONDITION ENTITY_NOT_MERGED "
            "at mutations[0].unmerge_entity.id: It is not merged.\n");
}

TEST_F(MergeTest, CommitNamesItsActorToo) {
  cli_.Run({"commit", "--retract", "s-1", "--actor", "ann"});
  EXPECT_THAT(request_, HasSubstr(R"(actor: "ann")"));
}

TEST(MergedEntityTest, GetSaysWhereItWasLed) {
  CliRunner cli;
  cli.server().get_entity = [](const v1::GetEntityRequest&) {
    return Proto<v1::GetEntityResponse>(
        "entity { id: 'lab/exit' } redirected_from: 'lab/five'");
  };
  const Outcome run = cli.Run({"get", "lab/five", "-o", "jsonl"});
  EXPECT_EQ(run.code, 0);
  EXPECT_EQ(run.out, "{\"id\":\"lab/exit\"}\n");
  EXPECT_EQ(run.err, "labgraph: lab/five was merged into lab/exit, which this is\n");
}

}  // namespace
}  // namespace labgraph::cli
