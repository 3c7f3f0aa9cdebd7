// The command that finds paths.

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/cli/cli_runner.h"

namespace labgraph::cli {
namespace {

using ::testing::ElementsAre;

class PathTest : public ::testing::Test {
 protected:
  PathTest() {
    cli_.server().find_paths = [this](const v1::FindPathsRequest& request) {
      request_ = request;
      return client::StreamOf<v1::FindPathsResponse>(
          {Proto<v1::FindPathsResponse>(R"(
               paths {
                 entities { id: 'lab/exit' label { text: 'Exit' } }
                 entities { id: 'commodity/drugs' label { text: 'Drugs' } }
                 entities { id: 'lab/switch-off' label { text: 'Switch-off' } }
                 statements { id: 's-1' subject: 'lab/exit' predicate: 'involves'
                              object: 'commodity/drugs' valid { start: '2021' }
                              sources { document: 'document/page' locator: 'B3' } }
                 statements { id: 's-2' subject: 'lab/switch-off' predicate: 'involves'
                              object: 'commodity/drugs' }
               })"),
           Proto<v1::FindPathsResponse>("summary { revision: 7 paths: 1 hops: 2 }")});
    };
  }

  CliRunner cli_;
  v1::FindPathsRequest request_;
};

TEST_F(PathTest, AsTable) {
  EXPECT_EQ(
      cli_.Run({"path", "lab/exit", "lab/switch-off"}).out,
      "PATH  HOP  FROM             VIA          TO               NAME        VALID      "
      "SOURCES\n"
      "1     1    lab/exit         -involves->  commodity/drugs  Drugs       from 2021  "
      "document/page B3\n"
      "1     2    commodity/drugs  <-involves-  lab/switch-off   Switch-off\n");
}

TEST_F(PathTest, AsCsv) {
  EXPECT_EQ(cli_.Run({"path", "lab/exit", "lab/switch-off", "-o", "csv"}).out,
            "path,hop,from,predicate,direction,to,name,start,end,certainty,statement,"
            "sources\r\n"
            "1,1,lab/exit,involves,out,commodity/drugs,Drugs,2021,,,s-1,document/page B3"
            "\r\n"
            "1,2,commodity/drugs,involves,in,lab/switch-off,Switch-off,,,,s-2,\r\n");
}

TEST_F(PathTest, AsJsonlGivesALineForEachPath) {
  const Outcome run = cli_.Run({"path", "lab/exit", "lab/switch-off", "-o", "jsonl"});
  EXPECT_EQ(std::count(run.out.begin(), run.out.end(), '\n'), 1);
  EXPECT_THAT(run.out, ::testing::StartsWith("{\"entities\":[{\"id\":\"lab/exit\""));
}

TEST_F(PathTest, AsDrawing) {
  EXPECT_EQ(cli_.Run({"path", "lab/exit", "lab/switch-off", "-o", "dot"}).out,
            R"(digraph labgraph {
  rankdir=LR;
  node [shape=box, style=rounded];
  "lab/exit" [label="Exit\nlab/exit"];
  "commodity/drugs" [label="Drugs\ncommodity/drugs"];
  "lab/switch-off" [label="Switch-off\nlab/switch-off"];
  "lab/exit" -> "commodity/drugs" [label="involves"];
  "lab/switch-off" -> "commodity/drugs" [label="involves"];
}
)");
}

TEST_F(PathTest, PassesConditionsOn) {
  cli_.Run({"path", "a/b", "c/d"});
  EXPECT_THAT(request_.from(), ElementsAre("a/b"));
  EXPECT_THAT(request_.to(), ElementsAre("c/d"));
  EXPECT_EQ(request_.mode(), v1::PATH_MODE_SHORTEST);
  EXPECT_EQ(request_.direction(), v1::DIRECTION_BOTH);
  EXPECT_EQ(request_.max_hops(), 0);
  cli_.Run({"path", "a/b", "c/d", "--all", "--direction", "out", "--predicate", "p",
            "--kind", "lab", "--avoid", "x/y,z/w", "--avoid-predicate", "q", "--max-hops",
            "4", "--limit", "3"});
  EXPECT_EQ(request_.mode(), v1::PATH_MODE_ALL_SHORTEST);
  EXPECT_EQ(request_.direction(), v1::DIRECTION_OUT);
  EXPECT_THAT(request_.predicates(), ElementsAre("p"));
  EXPECT_THAT(request_.kinds(), ElementsAre("lab"));
  EXPECT_THAT(request_.avoid_entities(), ElementsAre("x/y", "z/w"));
  EXPECT_THAT(request_.avoid_predicates(), ElementsAre("q"));
  EXPECT_EQ(request_.max_hops(), 4);
  EXPECT_EQ(request_.max_paths(), 3);
}

TEST_F(PathTest, AsksForMoreThanTheShortest) {
  cli_.Run({"path", "a/b", "c/d", "--k", "5", "--require", "x/y,z/w", "--require", "u/v",
            "--require-predicate", "p,q", "--where", "placeholder = true"});
  EXPECT_EQ(request_.mode(), v1::PATH_MODE_K_SHORTEST);
  EXPECT_EQ(request_.max_paths(), 5);
  EXPECT_THAT(request_.required_entities(), ElementsAre("x/y", "z/w", "u/v"));
  EXPECT_THAT(request_.required_predicates(), ElementsAre("p", "q"));
  EXPECT_EQ(request_.where(), "placeholder = true");
  cli_.Run({"path", "a/b", "c/d", "--all-simple", "--limit", "7"});
  EXPECT_EQ(request_.mode(), v1::PATH_MODE_ALL_SIMPLE);
  EXPECT_EQ(request_.max_paths(), 7);
}

TEST_F(PathTest, JoinsConditions) {
  cli_.Run({"path", "a/b", "c/d", "--where", "kind = lab", "--where", "existed = true"});
  EXPECT_EQ(request_.where(), "(kind = lab) AND (existed = true)");
}

TEST_F(PathTest, TakesOneModeAlone) {
  for (const std::vector<std::string>& options :
       std::vector<std::vector<std::string>>{{"--k", "5", "--all"},
                                             {"--k", "5", "--all-simple"},
                                             {"--all", "--all-simple"},
                                             {"--k", "5", "--limit", "3"},
                                             {"--k", "0"}}) {
    std::vector<std::string> args = {"path", "a/b", "c/d"};
    args.insert(args.end(), options.begin(), options.end());
    EXPECT_EQ(cli_.Run(args).code, 2) << options[0] << " " << options.back();
  }
}

TEST(PathEdgeTest, NoPathIsAnAnswer) {
  CliRunner cli;
  cli.server().find_paths = [](const v1::FindPathsRequest&) {
    return client::StreamOf<v1::FindPathsResponse>(
        {Proto<v1::FindPathsResponse>("summary { revision: 7 }")});
  };
  const Outcome run = cli.Run({"path", "a/b", "c/d"});
  EXPECT_EQ(run.code, 0);
  EXPECT_EQ(run.out, "");
  EXPECT_EQ(run.err, "labgraph: no path\n");
}

TEST(PathEdgeTest, DoesNotDenyWhatItDidNotLookForToTheEnd) {
  CliRunner cli;
  cli.server().find_paths = [](const v1::FindPathsRequest&) {
    return client::StreamOf<v1::FindPathsResponse>(
        {Proto<v1::FindPathsResponse>("summary { cut: CUT_REASON_MAX_VISITED }")});
  };
  EXPECT_EQ(cli.Run({"path", "a/b", "c/d", "--max-visited", "1"}).err,
            "labgraph: none was found before the answer was cut\n"
            "labgraph: the answer is cut: too many statements were looked at; a larger "
            "--max-visited gives more\n");
}

TEST(PathEdgeTest, FromAnEntityToItselfThereIsNoHop) {
  CliRunner cli;
  cli.server().find_paths = [](const v1::FindPathsRequest&) {
    return client::StreamOf<v1::FindPathsResponse>({Proto<v1::FindPathsResponse>(
        "paths { entities { id: 'a/b' label { text: 'B' } } } summary { paths: 1 }")});
  };
  EXPECT_EQ(cli.Run({"path", "a/b", "a/b"}).out,
            "PATH  HOP  FROM  VIA  TO   NAME\n"
            "1     0    a/b        a/b  B\n");
}

}  // namespace
}  // namespace labgraph::cli
