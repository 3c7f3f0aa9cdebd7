// The command match: how a pattern is read, and how its matches look.

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "labgraph/error.h"
#include "tests/unit/cli/cli_runner.h"

namespace labgraph::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class MatchTest : public ::testing::Test {
 protected:
  MatchTest() {
    cli_.server().match_pattern = [this](const v1::MatchPatternRequest& request) {
      request_ = request;
      return client::StreamOf<v1::MatchPatternResponse>(
          {Proto<v1::MatchPatternResponse>(R"(
               rows {
                 entities { id: 'lab/exit' label { text: 'Exit' } }
                 entities { id: 'crime/x' label { text: 'Drug trade' } }
                 entities { id: 'commodity/drugs' label { text: 'Drugs' } }
                 statements { id: 's-1' subject: 'lab/exit' predicate: 'targets'
                              object: 'crime/x' valid { start: '2021' }
                              certainty: CERTAINTY_CERTAIN
                              sources { document: 'document/page' locator: 'B3' } }
                 statements { id: 's-2' subject: 'crime/x' predicate: 'involves'
                              object: 'commodity/drugs' certainty: CERTAINTY_POSSIBLE
                              sources { document: 'document/page' locator: 'B3' }
                              sources { document: 'document/other' } }
               })"),
           Proto<v1::MatchPatternResponse>(R"(
               rows {
                 entities { id: 'lab/off' }
                 entities { id: 'crime/y' label { text: 'Smuggling' } }
                 entities { id: 'commodity/drugs' label { text: 'Drugs' } }
                 statements { id: 's-3' subject: 'lab/off' predicate: 'targets'
                              object: 'crime/y' certainty: CERTAINTY_CERTAIN }
                 statements {}
               })"),
           Proto<v1::MatchPatternResponse>("summary { revision: 7 rows: 2 }")});
    };
  }

  Outcome Match(std::vector<std::string> options) {
    options.insert(options.begin(), {"match", kChain});
    return cli_.Run(options);
  }

  // The pattern that the arguments make, as text format of the request.
  void ExpectAsks(std::vector<std::string> arguments, const std::string& text) {
    arguments.insert(arguments.begin(), "match");
    arguments.insert(arguments.end(), {"-o", "json"});
    request_.Clear();
    const Outcome run = cli_.Run(arguments);
    EXPECT_EQ(run.code, 0) << run.err;
    v1::MatchPatternRequest expected = Proto<v1::MatchPatternRequest>(text);
    expected.mutable_read();
    EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(request_, expected))
        << request_.DebugString();
  }

  static constexpr char kChain[] = ":lab -targets-> crime -involves-> commodity/drugs";

  CliRunner cli_;
  v1::MatchPatternRequest request_;
};

TEST_F(MatchTest, AsTable) {
  EXPECT_EQ(Match({}).out,
            "LAB       LAB NAME  CRIME    CRIME NAME\n"
            "lab/exit  Exit      crime/x  Drug trade\n"
            "lab/off             crime/y  Smuggling\n");
  EXPECT_FALSE(request_.include_statements());
}

TEST_F(MatchTest, AsTableWithStatements) {
  EXPECT_EQ(Match({"--statements"}).out,
            "LAB       LAB NAME  CRIME    CRIME NAME  VALID      SOURCES\n"
            "lab/exit  Exit      crime/x  Drug trade  from 2021  document/page B3; "
            "document/other\n"
            "lab/off             crime/y  Smuggling\n");
  EXPECT_TRUE(request_.include_statements());
  // One that possibly held makes the whole of them possible.
  EXPECT_EQ(Match({"--statements", "--at", "2022-01-01", "--return", "lab"}).out,
            "LAB       LAB NAME  VALID      CERTAINTY  SOURCES\n"
            "lab/exit  Exit      from 2021  possible   document/page B3; document/other\n"
            "lab/off                        certain\n");
}

TEST_F(MatchTest, AsCsv) {
  EXPECT_EQ(Match({"-o", "csv"}).out,
            "lab,lab_name,crime,crime_name\r\n"
            "lab/exit,Exit,crime/x,Drug trade\r\n"
            "lab/off,,crime/y,Smuggling\r\n");
  EXPECT_EQ(Match({"-o", "csv", "--statements", "--return", "crime"}).out,
            "crime,crime_name,certainty,statements,sources\r\n"
            "crime/x,Drug trade,possible,s-1; s-2,document/page B3; document/other\r\n"
            "crime/y,Smuggling,certain,s-3,\r\n");
}

TEST_F(MatchTest, IdsOnly) {
  EXPECT_EQ(Match({"--ids"}).out,
            "LAB       CRIME\n"
            "lab/exit  crime/x\n"
            "lab/off   crime/y\n");
  EXPECT_EQ(request_.view(), v1::ENTITY_VIEW_IDS);
  EXPECT_EQ(Match({"--ids", "-o", "csv"}).out,
            "lab,crime\r\nlab/exit,crime/x\r\nlab/off,crime/y\r\n");
}

TEST_F(MatchTest, AsJsonJoinsRowsAndSummary) {
  const Outcome run = Match({"-o", "json"});
  EXPECT_THAT(run.out, HasSubstr("\"id\": \"lab/exit\""));
  EXPECT_THAT(run.out, HasSubstr("\"id\": \"lab/off\""));
  EXPECT_THAT(run.out, HasSubstr("\"rows\": \"2\""));
}

TEST_F(MatchTest, AsJsonlGivesALineForEachMatch) {
  const Outcome run = Match({"-o", "jsonl"});
  EXPECT_EQ(std::count(run.out.begin(), run.out.end(), '\n'), 2);
  EXPECT_THAT(run.out, ::testing::StartsWith("{\"entities\":[{\"id\":\"lab/exit\""));
}

TEST_F(MatchTest, AsDrawingAsksForTheStatements) {
  EXPECT_EQ(Match({"-o", "mermaid"}).out,
            "flowchart LR\n"
            "  n0[\"Exit<br/>lab/exit\"]\n"
            "  n1[\"Drug trade<br/>crime/x\"]\n"
            "  n2[\"Drugs<br/>commodity/drugs\"]\n"
            "  n3[\"lab/off\"]\n"
            "  n4[\"Smuggling<br/>crime/y\"]\n"
            "  n0 -- \"targets\" --> n1\n"
            "  n1 -. \"involves\" .-> n2\n"
            "  n3 -- \"targets\" --> n4\n");
  EXPECT_TRUE(request_.include_statements());
}

TEST_F(MatchTest, ShowsIdsWhereNothingElseIsAskedFor) {
  cli_.server().match_pattern = [](const v1::MatchPatternRequest&) {
    return client::StreamOf<v1::MatchPatternResponse>({Proto<v1::MatchPatternResponse>(
        "rows { entities { id: 'lab/a' } entities { id: 'lab/b' } } summary {}")});
  };
  EXPECT_EQ(cli_.Run({"match", "lab/a -p-> lab/b", "-o", "csv"}).out,
            "lab/a,lab/a_name,lab/b,lab/b_name\r\nlab/a,,lab/b,\r\n");
}

TEST_F(MatchTest, ReadsEntities) {
  ExpectAsks({"a"}, "variables { name: 'a' }");
  ExpectAsks({"a:lab"}, "variables { name: 'a' kinds: 'lab' }");
  ExpectAsks({"a:lab,team"}, "variables { name: 'a' kinds: ['lab', 'team'] }");
  ExpectAsks({":lab"}, "variables { name: 'lab' kinds: 'lab' }");
  ExpectAsks({"a=lab/x.y-1,lab/z"},
             "variables { name: 'a' ids: ['lab/x.y-1', 'lab/z'] }");
  ExpectAsks({"lab/x"}, "variables { name: '_1' ids: 'lab/x' }");
}

TEST_F(MatchTest, ReadsArrows) {
  const struct {
    const char* arrow;
    const char* edge;
  } cases[] = {
      {"-p->", "direction: DIRECTION_OUT predicates: 'p'"},
      {"<-p-", "direction: DIRECTION_IN predicates: 'p'"},
      {"-p-", "direction: DIRECTION_BOTH predicates: 'p'"},
      {"-p,q->", "direction: DIRECTION_OUT predicates: ['p', 'q']"},
      {"-->", "direction: DIRECTION_OUT"},
      {"<--", "direction: DIRECTION_IN"},
      {"--", "direction: DIRECTION_BOTH"},
      {"-p*2->", "direction: DIRECTION_OUT predicates: 'p' min_hops: 2 max_hops: 2"},
      {"<-p,q*0..3-",
       "direction: DIRECTION_IN predicates: ['p', 'q'] min_hops: 0 max_hops: 3"},
      {"-*1..2-", "direction: DIRECTION_BOTH min_hops: 1 max_hops: 2"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.arrow);
    ExpectAsks({absl::StrCat("a ", c.arrow, "  b")},
               absl::StrCat("variables { name: 'a' } variables { name: 'b' } "
                            "edges { from: 'a' to: 'b' ",
                            c.edge, " }"));
  }
}

TEST_F(MatchTest, AnEntityIsTheSameWhereverItsNameOrIdStands) {
  ExpectAsks({"a:lab -p-> goods/x", "b:lab -p-> goods/x", "a -q-> b", "--different"},
             R"(variables { name: 'a' kinds: 'lab' }
                variables { name: '_1' ids: 'goods/x' }
                variables { name: 'b' kinds: 'lab' }
                edges { from: 'a' to: '_1' direction: DIRECTION_OUT predicates: 'p' }
                edges { from: 'b' to: '_1' direction: DIRECTION_OUT predicates: 'p' }
                edges { from: 'a' to: 'b' direction: DIRECTION_OUT predicates: 'q' }
                all_different: true)");
  // To say the same of it again is no contradiction.
  ExpectAsks({":lab -p-> x", ":lab -q-> x"},
             R"(variables { name: 'lab' kinds: 'lab' } variables { name: 'x' }
                edges { from: 'lab' to: 'x' direction: DIRECTION_OUT predicates: 'p' }
                edges { from: 'lab' to: 'x' direction: DIRECTION_OUT predicates: 'q' })");
}

TEST_F(MatchTest, PassesConditionsAndLimitsOn) {
  ExpectAsks({"a", "--where", "a: name:\"x\"", "--where", "a:size > 5", "--limit", "3",
              "--max-visited", "77"},
             R"(variables { name: 'a' where: '(name:"x") AND (size > 5)' }
                max_rows: 3 max_visited: 77)");
  cli_.Run({"match", "a", "--at", "2022-01-01", "--certainty", "certain", "--lang", "nl",
            "--revision", "3"});
  EXPECT_EQ(request_.read().valid_at(), "2022-01-01");
  EXPECT_EQ(request_.read().certainty(), v1::CERTAINTY_CERTAIN);
  EXPECT_EQ(request_.read().lang(), "nl");
  EXPECT_EQ(request_.read().revision(), 3);
}

TEST_F(MatchTest, ThePatternMayStandBehindTheOptions) {
  ExpectAsks({"--where", "a: size > 5", "--return", "a", "a -p-> b", "--different"},
             R"(variables { name: 'a' where: 'size > 5' } variables { name: 'b' }
                edges { from: 'a' to: 'b' direction: DIRECTION_OUT predicates: 'p' }
                all_different: true)");
}

TEST_F(MatchTest, RefusesWhatIsNoPattern) {
  const struct {
    std::vector<std::string> arguments;
    const char* says;
  } cases[] = {
      {{""}, "does not end in an entity"},
      {{"a -p->"}, "does not end in an entity"},
      {{"a b c"}, "\"b\" is no arrow"},
      {{"a-p->b"}, "\"a-p->b\" is no entity of a pattern"},
      {{"a -> b"}, "\"->\" is no arrow"},
      {{"a <-p-> b"}, "\"<-p->\" is no arrow"},
      {{"a -p*-> b"}, "\"-p*->\" is no arrow"},
      {{"a -p*3..1-> b"}, "\"-p*3..1->\" is no arrow"},
      {{"A"}, "\"A\" is no entity"},
      {{"1a"}, "\"1a\" is no entity"},
      {{"_1"}, "\"_1\" is no entity"},
      {{"a:"}, "\"a:\" is no entity"},
      {{"a="}, "\"a=\" is no entity"},
      {{":lab,team"}, "\":lab,team\" is no entity"},
      {{"lab/x,lab/y"}, "\"lab/x,lab/y\" is no entity"},
      {{"lab/x:lab"}, "\"lab/x:lab\" is no entity"},
      {{"a:lab -p-> a:team"}, "the pattern says twice what \"a\" is"},
      {{"a", "--where", "size > 5"}, "--where: \"size > 5\" is not of the form"},
      {{"a", "--where", "a:"}, "--where: \"a:\" is not of the form"},
      {{"a", "--where", "b: size > 5"}, "--where: the pattern has no entity named \"b\""},
      {{"a", "--return", "b"}, "--return: the pattern has no entity named \"b\""},
      {{"lab/x", "--return", "_1"}, "--return: the pattern has no entity named \"_1\""},
      {{"a", "--limit", "0"}, "\"0\" is not a number from 1"},
      {{"a", "--ids", "-o", "dot"}, "it gives table, json, jsonl, csv"},
      {{}, "required"},
  };
  for (const auto& c : cases) {
    std::vector<std::string> arguments = c.arguments;
    arguments.insert(arguments.begin(), "match");
    SCOPED_TRACE(::testing::PrintToString(arguments));
    request_.Clear();
    const Outcome run = cli_.Run(arguments);
    EXPECT_EQ(run.code, 2);
    EXPECT_EQ(run.out, "");
    EXPECT_THAT(run.err, HasSubstr(c.says));
    EXPECT_EQ(std::count(run.err.begin(), run.err.end(), '\n'), 1) << run.err;
    EXPECT_EQ(request_.ByteSizeLong(), 0) << "something was asked of the server";
  }
}

TEST(MatchEdgeTest, NothingIsAnAnswer) {
  CliRunner cli;
  cli.server().match_pattern = [](const v1::MatchPatternRequest&) {
    return client::StreamOf<v1::MatchPatternResponse>(
        {Proto<v1::MatchPatternResponse>("summary { revision: 7 }")});
  };
  const Outcome run = cli.Run({"match", "a:lab"});
  EXPECT_EQ(run.code, 0);
  EXPECT_EQ(run.out, "");
  EXPECT_EQ(run.err, "labgraph: nothing matches\n");
}

TEST(MatchEdgeTest, SaysThatItWasCut) {
  CliRunner cli;
  cli.server().match_pattern = [](const v1::MatchPatternRequest&) {
    return client::StreamOf<v1::MatchPatternResponse>({Proto<v1::MatchPatternResponse>(
        "rows { entities { id: 'a/b' } } summary { rows: 1 cut: CUT_REASON_MAX_HITS }")});
  };
  for (const char* format : {"table", "json", "jsonl", "csv", "dot", "mermaid"}) {
    const Outcome run = cli.Run({"match", "a", "-o", format});
    EXPECT_EQ(run.code, 0);
    EXPECT_EQ(run.err,
              "labgraph: the answer is cut: there are more matches; a larger --limit "
              "gives more\n");
  }
}

TEST(MatchEdgeTest, ARefusalIsReported) {
  CliRunner cli;
  cli.server().match_pattern = [](const v1::MatchPatternRequest&) {
    return client::StreamOf<v1::MatchPatternResponse>(
        {}, client::MakeError(v1::ERROR_REASON_KIND_UNKNOWN, "variables[0].kinds[0]",
                              "There is no kind \"lap\"."));
  };
  const Outcome run = cli.Run({"match", ":lap"});
  EXPECT_EQ(run.code, 1);
  EXPECT_EQ(
      run.err,
      "labgraph: INVALID_ARGUMENT KIND_UNKNOWN at variables[0].kinds[0]: There is no "
      "kind \"lap\".\n");
}

}  // namespace
}  // namespace labgraph::cli
