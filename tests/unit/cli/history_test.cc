// The commands that show what was: history and diff.

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "labgraph/error.h"
#include "tests/unit/cli/cli_runner.h"

namespace labgraph::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class HistoryTest : public ::testing::Test {
 protected:
  HistoryTest() {
    cli_.server().get_history = [this](const v1::GetHistoryRequest& request) {
      requests_.push_back(request);
      return request.page_token().empty() ? first_ : second_;
    };
  }

  CliRunner cli_;
  std::vector<v1::GetHistoryRequest> requests_;
  v1::GetHistoryResponse first_ = Proto<v1::GetHistoryResponse>(R"(
      revision: 9 next_page_token: 'older'
      versions {
        revision: 9 commit_time { seconds: 1700000000 } actor: 'ann'
        message: 'Exit has ended' outcome: OUTCOME_UPDATED
        entity { id: 'lab/exit' names { key: 'nl' value: 'Uitgang' } }
        differences { field: 'names.nl' before: '"Exit"' after: '"Uitgang"' }
        differences { field: 'placeholder' after: 'true' }
        differences { field: 'visibility' before: '"politie"' }
      })");
  v1::GetHistoryResponse second_ = Proto<v1::GetHistoryResponse>(R"(
      revision: 9
      versions {
        revision: 2 commit_time { seconds: 1600000000 } outcome: OUTCOME_CREATED
        entity { id: 'lab/exit' }
      })");
};

TEST_F(HistoryTest, AsTableTheNewestFirst) {
  const Outcome run = cli_.Run({"history", "lab/exit"});
  EXPECT_EQ(run.code, 0);
  EXPECT_EQ(run.err, "");
  EXPECT_EQ(
      run.out,
      R"(REVISION  TIME                  ACTOR  OUTCOME  DIFFERS                                                                               MESSAGE
9         2023-11-14T22:13:20Z  ann    updated  names.nl: "Exit" → "Uitgang"; placeholder: none → true; visibility: "politie" → none  Exit has ended
2         2020-09-13T12:26:40Z         created
)");
  ASSERT_EQ(requests_.size(), 2);
  EXPECT_EQ(requests_[0].entity(), "lab/exit");
  EXPECT_EQ(requests_[1].page_token(), "older");
}

TEST_F(HistoryTest, AsCsv) {
  EXPECT_EQ(cli_.Run({"history", "lab/exit", "-o", "csv"}).out,
            "revision,time,actor,outcome,differs,message\r\n"
            "9,2023-11-14T22:13:20Z,ann,updated,\"names.nl: \"\"Exit\"\" → "
            "\"\"Uitgang\"\"; placeholder: none → true; visibility: \"\"politie\"\" → "
            "none\",Exit has ended\r\n"
            "2,2020-09-13T12:26:40Z,,created,,\r\n");
}

TEST_F(HistoryTest, ForPrograms) {
  const Outcome lines = cli_.Run({"history", "lab/exit", "--limit", "2", "-o", "jsonl"});
  EXPECT_THAT(lines.out, ::testing::StartsWith("{\"revision\":\"9\","));
  EXPECT_THAT(lines.out, HasSubstr("\n{\"revision\":\"2\","));
  const Outcome json = cli_.Run({"history", "lab/exit", "-o", "json"});
  EXPECT_THAT(json.out, HasSubstr("\"field\": \"names.nl\""));
  EXPECT_THAT(json.out, HasSubstr("OUTCOME_CREATED"));
  EXPECT_THAT(json.out, ::testing::Not(HasSubstr("next_page_token")));
}

TEST_F(HistoryTest, AnIdWithoutSlashIsAStatement) {
  cli_.Run({"history", "s-1"});
  cli_.Run({"history", "--statement", "a/b"});
  ASSERT_EQ(requests_.size(), 4);
  EXPECT_EQ(requests_[0].statement(), "s-1");
  EXPECT_EQ(requests_[2].statement(), "a/b");
}

TEST_F(HistoryTest, TakesOneRecord) {
  const Outcome none = cli_.Run({"history"});
  EXPECT_EQ(none.code, 2);
  EXPECT_EQ(none.err,
            "labgraph: the id of an entity is missing, or --statement with that of a "
            "statement\n");
  EXPECT_EQ(cli_.Run({"history", "lab/exit", "--statement", "s-1"}).code, 2);
  EXPECT_EQ(cli_.Run({"history", "lab/exit", "--revision", "3"}).code, 2);
  EXPECT_EQ(cli_.Run({"history", "lab/exit", "-o", "dot"}).code, 2);
  EXPECT_TRUE(requests_.empty());
}

TEST_F(HistoryTest, SaysThatOlderVersionsAreForgotten) {
  second_.set_compacted(true);
  second_.set_oldest_revision(5);
  EXPECT_EQ(cli_.Run({"history", "lab/exit"}).err,
            "labgraph: older versions may be forgotten: the last one is how it stood at "
            "revision 5, the oldest that is kept\n");
}

TEST_F(HistoryTest, SaysOfACutListOnlyThatThereIsMore) {
  first_.set_compacted(true);
  EXPECT_EQ(cli_.Run({"history", "lab/exit", "--limit", "1"}).err,
            "labgraph: these are the first 1 versions; --limit N or --all gives more\n");
}

TEST_F(HistoryTest, SaysWhoErasedItAndWhy) {
  first_ = Proto<v1::GetHistoryResponse>(R"(
      revision: 12
      tombstone { revision: 11 time { seconds: 1700000000 } actor: 'ann' message: 'By law' })");
  const Outcome run = cli_.Run({"history", "lab/exit"});
  EXPECT_EQ(run.code, 0);
  EXPECT_EQ(run.out, "");
  EXPECT_EQ(run.err,
            "labgraph: no versions\n"
            "labgraph: it was erased at revision 11, 2023-11-14T22:13:20Z by ann: By "
            "law\n");
  EXPECT_THAT(cli_.Run({"history", "lab/exit", "-o", "json"}).out,
              HasSubstr("\"tombstone\""));
}

TEST_F(HistoryTest, AnUnknownRecordIsAnError) {
  cli_.server().get_history = [](const v1::GetHistoryRequest&) {
    return client::MakeError(v1::ERROR_REASON_ENTITY_NOT_FOUND, "entity", "None.");
  };
  const Outcome run = cli_.Run({"history", "lab/exti"});
  EXPECT_EQ(run.code, 1);
  EXPECT_EQ(run.err, "labgraph: NOT_FOUND ENTITY_NOT_FOUND at entity: None.\n");
}

class DiffTest : public ::testing::Test {
 protected:
  DiffTest() {
    cli_.server().diff_revisions = [this](const v1::DiffRevisionsRequest& request) {
      request_ = request;
      return response_;
    };
  }

  CliRunner cli_;
  v1::DiffRevisionsRequest request_;
  v1::DiffRevisionsResponse response_ = Proto<v1::DiffRevisionsResponse>(R"(
      from: 3 to: 9
      differences {
        outcome: OUTCOME_UPDATED revision: 5
        entity { id: 'lab/exit' names { key: 'en' value: 'Exit' }
                 names { key: 'nl' value: 'Uitgang' } }
        differences { field: 'names.nl' after: '"Uitgang"' }
      }
      differences {
        outcome: OUTCOME_CREATED revision: 8
        statement { id: 's-1' subject: 'lab/exit' predicate: 'targets' object: 'crime/x' }
      }
      differences {
        outcome: OUTCOME_RETRACTED revision: 9
        statement { id: 's-2' subject: 'lab/exit' predicate: 'size'
                    value { number_value: 6 } }
      })");
};

TEST_F(DiffTest, AsTable) {
  const Outcome run = cli_.Run({"diff", "3", "9"});
  EXPECT_EQ(run.code, 0);
  EXPECT_EQ(run.err, "");
  EXPECT_EQ(
      run.out,
      R"(OUTCOME    RECORD    ABOUT                        DIFFERS                     REVISION
updated    lab/exit  Exit                         names.nl: none → "Uitgang"  5
created    s-1       lab/exit -targets-> crime/x                              8
retracted  s-2       lab/exit -size-> 6                                       9
)");
  EXPECT_EQ(request_.from(), 3u);
  EXPECT_EQ(request_.to(), 9u);
}

TEST_F(DiffTest, NamesAreInTheLanguageAskedFor) {
  EXPECT_THAT(cli_.Run({"diff", "3", "--lang", "nl"}).out, HasSubstr("  Uitgang  "));
  EXPECT_FALSE(request_.has_to());
}

TEST_F(DiffTest, ForPrograms) {
  EXPECT_EQ(cli_.Run({"diff", "3", "-o", "csv"}).out,
            "outcome,record,about,differs,revision\r\n"
            "updated,lab/exit,Exit,\"names.nl: none → \"\"Uitgang\"\"\",5\r\n"
            "created,s-1,lab/exit -targets-> crime/x,,8\r\n"
            "retracted,s-2,lab/exit -size-> 6,,9\r\n");
  EXPECT_THAT(cli_.Run({"diff", "3", "-o", "jsonl"}).out,
              HasSubstr("\n{\"outcome\":\"OUTCOME_CREATED\",\"revision\":\"8\","));
  EXPECT_THAT(cli_.Run({"diff", "3", "-o", "json"}).out, HasSubstr(" \"to\": \"9\"\n"));
}

TEST_F(DiffTest, OptionsMakeTheFilter) {
  cli_.Run({"diff", "0", "--kind", "lab,team", "--predicate", "targets", "--entity",
            "lab/exit"});
  EXPECT_EQ(request_.from(), 0u);
  EXPECT_THAT(request_.filter().kinds(), ElementsAre("lab", "team"));
  EXPECT_THAT(request_.filter().predicates(), ElementsAre("targets"));
  EXPECT_THAT(request_.filter().entities(), ElementsAre("lab/exit"));
}

TEST_F(DiffTest, StopsAtTheLimitAndSaysSo) {
  const Outcome run = cli_.Run({"diff", "3", "--limit", "2"});
  EXPECT_THAT(run.out, ::testing::Not(HasSubstr("retracted")));
  EXPECT_THAT(run.err, HasSubstr("these are the first 2 differences"));
}

TEST_F(DiffTest, SaysThatNothingDiffers) {
  response_.clear_differences();
  EXPECT_EQ(cli_.Run({"diff", "3"}).err, "labgraph: no differences\n");
}

TEST_F(DiffTest, TakesRevisions) {
  EXPECT_EQ(cli_.Run({"diff"}).code, 2);
  EXPECT_EQ(cli_.Run({"diff", "x"}).code, 2);
  EXPECT_EQ(cli_.Run({"diff", "3", "9", "12"}).code, 2);
  cli_.server().diff_revisions = [](const v1::DiffRevisionsRequest&) {
    return client::MakeError(v1::ERROR_REASON_REVISION_COMPACTED, "from", "Forgotten.");
  };
  const Outcome run = cli_.Run({"diff", "3"});
  EXPECT_EQ(run.code, 1);
  EXPECT_EQ(run.err, "labgraph: OUT_OF_RANGE REVISION_COMPACTED at from: Forgotten.\n");
}

}  // namespace
}  // namespace labgraph::cli
