// The command verify.

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "labgraph/error.h"
#include "tests/unit/cli/cli_runner.h"

namespace labgraph::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class VerifyTest : public ::testing::Test {
 protected:
  VerifyTest() {
    cli_.server().verify_store = [this](const v1::VerifyStoreRequest& request) {
      request_ = request.ShortDebugString();
      return client::StreamOf<v1::VerifyStoreResponse>(messages_, end_);
    };
  }

  void FindSomething() {
    *messages_[1].add_findings() = Proto<v1::Finding>(
        "invariant: 'I3' subject: 'statement/12' problem: 'It has no record.'");
  }

  CliRunner cli_;
  std::string request_;
  std::vector<v1::VerifyStoreResponse> messages_ = {
      Proto<v1::VerifyStoreResponse>("check: 'rows' checks: 2 revision: 7"),
      Proto<v1::VerifyStoreResponse>(
          "check: 'rules' checks_done: 1 checks: 2 revision: 7"),
      Proto<v1::VerifyStoreResponse>(
          "checks_done: 2 checks: 2 revision: 7 done: true content_hash: 'cafe'")};
  absl::Status end_;
};

TEST_F(VerifyTest, SaysThatTheStoreIsSound) {
  const Outcome run = cli_.Run({"verify"});
  EXPECT_EQ(run.code, 0);
  EXPECT_EQ(run.err, "");
  EXPECT_EQ(run.out, "sound: 2 of 2 checks at revision 7, content hash cafe\n");
  EXPECT_EQ(request_, "limit: 100");
}

TEST_F(VerifyTest, TakesItsTimeUnlessToldOtherwise) {
  cli_.Run({"verify"});
  EXPECT_EQ(cli_.timeout(), absl::InfiniteDuration());
  cli_.Run({"verify", "--timeout", "5m"});
  EXPECT_EQ(cli_.timeout(), absl::Minutes(5));
}

TEST_F(VerifyTest, FindingsAreRowsAndAnExitCode) {
  FindSomething();
  const Outcome run = cli_.Run({"verify"});
  EXPECT_EQ(run.code, 5);
  EXPECT_EQ(run.out,
            "INVARIANT  SUBJECT       PROBLEM\n"
            "I3         statement/12  It has no record.\n"
            "2 of 2 checks at revision 7, content hash cafe\n");
  EXPECT_EQ(run.err, "labgraph: DATA_LOSS: the store is not sound, findings: 1\n");
}

TEST_F(VerifyTest, ForPrograms) {
  FindSomething();
  const Outcome csv = cli_.Run({"verify", "-o", "csv"});
  EXPECT_EQ(csv.code, 5);
  EXPECT_EQ(csv.out,
            "invariant,subject,problem\r\n"
            "I3,statement/12,It has no record.\r\n");
  EXPECT_THAT(csv.err, HasSubstr("labgraph: 2 of 2 checks at revision 7, content hash"));
  EXPECT_EQ(cli_.Run({"verify", "-o", "jsonl"}).out,
            "{\"invariant\":\"I3\",\"subject\":\"statement/12\",\"problem\":\"It has no "
            "record.\"}\n");
  const Outcome json = cli_.Run({"verify", "-o", "json"});
  EXPECT_EQ(json.code, 5);
  EXPECT_THAT(json.out, HasSubstr("\"content_hash\": \"cafe\""));
  EXPECT_THAT(json.out, HasSubstr("\"I3\""));
  EXPECT_THAT(json.out, Not(HasSubstr("\"check\"")));
}

TEST_F(VerifyTest, SaysWhereItStopped) {
  FindSomething();
  EXPECT_THAT(cli_.Run({"verify", "--limit", "1"}).err,
              HasSubstr("there may be more to find; --limit N goes on to more\n"));
  EXPECT_EQ(request_, "limit: 1");
}

TEST_F(VerifyTest, ShowsProgressOnATerminalOnly) {
  cli_.err_is_terminal = true;
  EXPECT_EQ(cli_.Run({"verify", "--skip-replay"}).err,
            "\r\x1b[K\r\x1b[Kchecking rows, 0 of 2 checks done"
            "\r\x1b[K\r\x1b[Kchecking rules, 1 of 2 checks done"
            "\r\x1b[K\r\x1b[K");
  EXPECT_EQ(request_, "limit: 100 skip_replay: true");
}

TEST_F(VerifyTest, AnAnswerThatBreaksOffSaysNothingOfTheStore) {
  messages_.pop_back();
  const Outcome cut = cli_.Run({"verify"});
  EXPECT_EQ(cut.code, 4);
  EXPECT_EQ(cut.out, "");
  EXPECT_THAT(cut.err, HasSubstr("INTERNAL"));
  end_ = client::MakeError(v1::ERROR_REASON_BUSY, "", "Another one runs.");
  const Outcome busy = cli_.Run({"verify"});
  EXPECT_EQ(busy.code, 3);
  EXPECT_EQ(busy.err, "labgraph: UNAVAILABLE BUSY: Another one runs.\n");
}

TEST_F(VerifyTest, WrongOptionsAskNothing) {
  EXPECT_EQ(cli_.Run({"verify", "--limit", "0"}).code, 2);
  EXPECT_EQ(cli_.Run({"verify", "--revision", "3"}).code, 2);
  EXPECT_EQ(cli_.Run({"verify", "-o", "dot"}).code, 2);
  EXPECT_EQ(cli_.Run({"verify", "lab/exit"}).code, 2);
  EXPECT_EQ(request_, "");
}

}  // namespace
}  // namespace labgraph::cli
