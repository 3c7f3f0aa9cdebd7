// The command count: what is counted by which keys, and how counts look.

#include "gmock/gmock.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "labgraph/error.h"
#include "tests/unit/cli/cli_runner.h"

namespace labgraph::cli {
namespace {

using ::testing::HasSubstr;

class CountTest : public ::testing::Test {
 protected:
  CountTest() {
    cli_.server().aggregate = [this](const v1::AggregateRequest& request) {
      request_ = request;
      return Proto<v1::AggregateResponse>(R"(
          groups { keys: ['lab/exit', '2021'] count: 12 }
          groups { keys: ['lab/off', ''] count: 3 }
          group_count: 2 total: 15 revision: 7)");
    };
  }

  // The request that the arguments make, as text format.
  void ExpectAsks(std::vector<std::string> arguments, const std::string& text) {
    arguments.insert(arguments.begin(), "count");
    arguments.insert(arguments.end(), {"-o", "json"});
    request_.Clear();
    const Outcome run = cli_.Run(arguments);
    EXPECT_EQ(run.code, 0) << run.err;
    v1::AggregateRequest expected = Proto<v1::AggregateRequest>(text);
    expected.mutable_read();
    EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(request_, expected))
        << request_.DebugString();
  }

  CliRunner cli_;
  v1::AggregateRequest request_;
};

const std::vector<std::string> kByLabAndYear = {"count", ":lab", "--by",
                                                "lab,lab.since.year"};

std::vector<std::string> With(std::vector<std::string> arguments,
                              const std::vector<std::string>& more) {
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

TEST_F(CountTest, AsTable) {
  const Outcome run = cli_.Run(kByLabAndYear);
  EXPECT_EQ(run.out,
            "LAB       LAB.SINCE.YEAR  COUNT\n"
            "lab/exit  2021            12\n"
            "lab/off                   3\n");
  EXPECT_EQ(run.err, "");
}

TEST_F(CountTest, AsCsv) {
  EXPECT_EQ(cli_.Run(With(kByLabAndYear, {"-o", "csv"})).out,
            "lab,lab.since.year,count\r\nlab/exit,2021,12\r\nlab/off,,3\r\n");
}

TEST_F(CountTest, AsJson) {
  EXPECT_THAT(cli_.Run(With(kByLabAndYear, {"-o", "json"})).out,
              HasSubstr("\"total\": \"15\""));
  EXPECT_EQ(cli_.Run(With(kByLabAndYear, {"-o", "jsonl"})).out,
            "{\"keys\":[\"lab/exit\",\"2021\"],\"count\":\"12\"}\n"
            "{\"keys\":[\"lab/off\",\"\"],\"count\":\"3\"}\n");
}

TEST_F(CountTest, ReadsKeys) {
  ExpectAsks({"a -p-> b", "--by", "a,b.kind", "--by", "a.size,b.since.year,year"},
             R"(variables { name: 'a' } variables { name: 'b' }
                edges { from: 'a' to: 'b' direction: DIRECTION_OUT predicates: 'p' }
                group_by { variable: 'a' by: GROUP_BY_ID }
                group_by { variable: 'b' by: GROUP_BY_KIND }
                group_by { variable: 'a' by: GROUP_BY_PROPERTY property: 'size' }
                group_by { variable: 'b' by: GROUP_BY_YEAR property: 'since' }
                group_by { variable: 'year' by: GROUP_BY_ID })");
  ExpectAsks({"--by", "predicate,year,subject,object.kind"},
             R"(statements {}
                group_by { by: GROUP_BY_PREDICATE }
                group_by { by: GROUP_BY_YEAR }
                group_by { variable: 'subject' by: GROUP_BY_ID }
                group_by { variable: 'object' by: GROUP_BY_KIND })");
}

TEST_F(CountTest, PassesConditionsOn) {
  ExpectAsks({":lab", "--where", "lab: size > 5", "--different", "--limit", "3",
              "--max-visited", "77"},
             R"(variables { name: 'lab' kinds: 'lab' where: 'size > 5' }
                all_different: true max_groups: 3 max_visited: 77)");
  ExpectAsks({"--subject", "a/b", "--object", "c/d", "--predicate", "p,q", "--source",
              "document/x"},
             R"(statements { subject: 'a/b' object: 'c/d' predicates: ['p', 'q']
                             source: 'document/x' })");
  cli_.Run({"count", "--at", "2022-01-01", "--certainty", "no", "--revision", "3"});
  EXPECT_EQ(request_.read().valid_at(), "2022-01-01");
  EXPECT_EQ(request_.read().certainty(), v1::CERTAINTY_NO);
  EXPECT_EQ(request_.read().revision(), 3);
}

TEST_F(CountTest, RefusesWhatMakesNoSense) {
  const struct {
    std::vector<std::string> arguments;
    const char* says;
  } cases[] = {
      {{":lab", "--by", "lab.since.month"}, "--by: \"lab.since.month\" is none of"},
      {{":lab", "--by", "lab."}, "--by: \"lab.\" is none of"},
      {{":lab", "--by", "a.b.year.c"}, "--by: \"a.b.year.c\" is none of"},
      {{":lab", "--source", "document/x"}, "excludes"},
      {{":lab", "--subject", "lab/x"}, "excludes"},
      {{"--where", "lab: size > 5"}, "requires"},
      {{"--different"}, "requires"},
      {{"lab -targets->"}, "does not end in an entity"},
      {{":lab", "--limit", "0"}, "\"0\" is not a number from 1"},
      {{":lab", "-o", "dot"}, "it gives table, json, jsonl, csv"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(::testing::PrintToString(c.arguments));
    const Outcome run = cli_.Run(With({"count"}, c.arguments));
    EXPECT_EQ(run.code, 2);
    EXPECT_EQ(run.out, "");
    EXPECT_THAT(run.err, HasSubstr(c.says));
    EXPECT_EQ(request_.ByteSizeLong(), 0) << "something was asked of the server";
  }
}

TEST(CountEdgeTest, WithoutKeysThereIsOneNumber) {
  CliRunner cli;
  cli.server().aggregate = [](const v1::AggregateRequest&) {
    return Proto<v1::AggregateResponse>("groups { count: 75 } group_count: 1 total: 75");
  };
  EXPECT_EQ(cli.Run({"count", "any"}).out, "COUNT\n75\n");
  EXPECT_EQ(cli.Run({"count", "any", "-o", "csv"}).out, "count\r\n75\r\n");
}

TEST(CountEdgeTest, SaysThatThereAreMoreGroupsAndThatItWasCut) {
  CliRunner cli;
  cli.server().aggregate = [](const v1::AggregateRequest&) {
    return Proto<v1::AggregateResponse>(
        "groups { keys: 'lab/a' count: 2 } group_count: 8 total: 11 "
        "cut: CUT_REASON_MAX_VISITED");
  };
  const Outcome run = cli.Run({"count", ":lab", "--by", "lab"});
  EXPECT_EQ(run.code, 0);
  EXPECT_EQ(
      run.err,
      "labgraph: the answer is cut: too many statements were looked at; a larger "
      "--max-visited gives more\n"
      "labgraph: these are the largest 1 of 8 groups; a larger --limit gives more\n");
}

TEST(CountEdgeTest, ARefusalIsReported) {
  CliRunner cli;
  cli.server().aggregate =
      [](const v1::AggregateRequest&) -> absl::StatusOr<v1::AggregateResponse> {
    return client::MakeError(v1::ERROR_REASON_FIELD_INVALID, "group_by[0].variable",
                             "There is no variable \"lap\".");
  };
  const Outcome run = cli.Run({"count", ":lab", "--by", "lap"});
  EXPECT_EQ(run.code, 1);
  EXPECT_THAT(run.err, HasSubstr("FIELD_INVALID at group_by[0].variable"));
}

}  // namespace
}  // namespace labgraph::cli
