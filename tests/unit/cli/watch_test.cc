// The command watch: how its request is made, how events look, and when it ends.

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "labgraph/error.h"
#include "tests/unit/cli/cli_runner.h"

namespace labgraph::cli {
namespace {

using ::testing::HasSubstr;

class WatchTest : public ::testing::Test {
 protected:
  WatchTest() {
    cli_.server().watch = [this](const v1::WatchRequest& request) {
      request_ = request.ShortDebugString();
      return client::StreamOf<v1::WatchResponse>(messages_, end_);
    };
  }

  Outcome Watch(std::vector<std::string> options) {
    options.insert(options.begin(), "watch");
    return cli_.Run(options);
  }

  CliRunner cli_;
  std::vector<v1::WatchResponse> messages_ = {
      Proto<v1::WatchResponse>(R"(
        revision: 2 resume_token: 't2'
        change {
          revision: 2
          commit_time { seconds: 1700000000 }
          actor: 'ann'
          message: 'Exit\nends'
          events { schema { kinds { name: 'lab' } predicates {} predicates {} } }
          events { put_entity { id: 'lab/exit' names { key: 'en' value: 'Exit' }
                                names { key: 'nl' value: 'Uitgang' } } }
          events { put_statement { id: 's1' subject: 'lab/exit' predicate: 'targets'
                                   object: 'crime/x' } }
          events { put_statement { id: 's2' subject: 'lab/exit' predicate: 'size'
                                   value { number_value: 6 } } }
        })"),
      Proto<v1::WatchResponse>("revision: 3 heartbeat {} resume_token: 't3'"),
      Proto<v1::WatchResponse>(R"(
        revision: 4 resume_token: 't4'
        change {
          revision: 4
          commit_time { seconds: 1700000000 }
          events { retract_statement: 's1' }
          events { delete_entity: 'lab/exit' }
          events { redirect { id: 'lab/a' into: 'lab/b' } }
          events { redirect { id: 'lab/c' } }
          events { erase { statement: 's2' } }
          events {}
        })")};
  absl::Status end_;
  std::string request_;
};

TEST_F(WatchTest, EveryRecordIsALine) {
  const Outcome run = Watch({});
  EXPECT_EQ(run.code, 0) << run.err;
  EXPECT_EQ(run.err, "");
  EXPECT_EQ(run.out,
            "2  commit    2023-11-14T22:13:20Z by ann: Exit ends\n"
            "2  schema    1 kinds, 2 predicates, 0 qualifiers\n"
            "2  put       lab/exit  Exit\n"
            "2  put       s1  lab/exit -targets-> crime/x\n"
            "2  put       s2  lab/exit -size-> 6\n"
            "4  commit    2023-11-14T22:13:20Z\n"
            "4  gone      s1\n"
            "4  gone      lab/exit\n"
            "4  redirect  lab/a  leads to lab/b\n"
            "4  redirect  lab/c  stands for itself again\n"
            "4  erased    s2\n"
            "4  changed   in a way that this program does not know\n");
}

TEST_F(WatchTest, NamesAreInTheLanguageAskedFor) {
  EXPECT_THAT(Watch({"--lang", "nl"}).out, HasSubstr("lab/exit  Uitgang\n"));
}

TEST_F(WatchTest, SnapshotsSayWhereTheyBeginAndEnd) {
  messages_ = {Proto<v1::WatchResponse>(R"(
                 revision: 2 more: true
                 snapshot { schema {} entities { id: 'lab/a' } })"),
               Proto<v1::WatchResponse>(R"(
                 revision: 2 resume_token: 't2'
                 snapshot { statements { id: 's1' subject: 'lab/a' predicate: 'knows'
                                         object: 'lab/b' }
                            redirects { id: 'lab/c' into: 'lab/b' } })")};
  EXPECT_EQ(Watch({"--snapshot"}).out,
            "2  snapshot  begins, in place of all before\n"
            "2  schema    0 kinds, 0 predicates, 0 qualifiers\n"
            "2  put       lab/a\n"
            "2  put       s1  lab/a -knows-> lab/b\n"
            "2  redirect  lab/c  leads to lab/b\n"
            "2  snapshot  ends\n");
  EXPECT_EQ(request_, "snapshot: true");
}

TEST_F(WatchTest, JsonLinesAreMessagesOfTheApi) {
  messages_.erase(messages_.begin());
  const Outcome run = Watch({"-o", "jsonl"});
  EXPECT_THAT(run.out, ::testing::StartsWith(
                           R"({"heartbeat":{},"revision":"3","resume_token":"t3"})"
                           "\n"
                           R"({"change":{"revision":"4",)"));
  EXPECT_THAT(Watch({"-o", "json"}).out, HasSubstr("\n \"resume_token\": \"t3\"\n"));
}

TEST_F(WatchTest, OptionsMakeTheRequest) {
  Watch({"--from", "7", "--kind", "lab,team", "--predicate", "targets", "--entity",
         "lab/exit"});
  EXPECT_EQ(request_,
            "after_revision: 7 filter { kinds: \"lab\" kinds: \"team\" predicates: "
            "\"targets\" entities: \"lab/exit\" }");
  Watch({"--from", "0"});
  EXPECT_THAT(request_, HasSubstr("after_revision: 0"));
  Watch({"--resume", "t2"});
  EXPECT_THAT(request_, HasSubstr("resume_token: \"t2\""));
}

TEST_F(WatchTest, ThereIsOneBeginning) {
  EXPECT_EQ(Watch({"--from", "7", "--snapshot"}).code, 2);
  EXPECT_EQ(Watch({"--resume", "t", "--snapshot"}).code, 2);
  EXPECT_EQ(Watch({"--from", "7", "--resume", "t"}).code, 2);
  EXPECT_EQ(Watch({"--from", "x"}).code, 2);
  EXPECT_EQ(Watch({"--revision", "3"}).code, 2);
}

TEST_F(WatchTest, EndsAfterSoManyCommits) {
  EXPECT_THAT(Watch({"--count", "1"}).out,
              ::testing::EndsWith("2  put       s2  lab/exit -size-> 6\n"));
}

TEST_F(WatchTest, AnErrorComesAfterWhatWasTold) {
  end_ = client::MakeError(v1::ERROR_REASON_RESUME_TOKEN_INVALID, "resume_token", "No.");
  const Outcome run = Watch({});
  EXPECT_EQ(run.code, 1);
  EXPECT_THAT(run.out, HasSubstr("4  gone      s1\n"));
  EXPECT_THAT(run.err, HasSubstr("RESUME_TOKEN_INVALID"));
}

}  // namespace
}  // namespace labgraph::cli
