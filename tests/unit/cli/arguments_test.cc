// The command line: what is refused before anything is asked of a server, and what
// reaches the request.

#include <cstdlib>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/cli/cli_runner.h"

namespace labgraph::cli {
namespace {

using ::testing::HasSubstr;

struct UsageCase {
  std::vector<std::string> args;
  const char* says;
};

TEST(ArgumentsTest, RefusesWhatMakesNoSense) {
  const UsageCase cases[] = {
      {{}, "a command is missing"},
      {{"frobnicate"}, "there is no command \"frobnicate\""},
      {{"--frob"}, "there is no option \"--frob\""},
      {{"--frob", "list"}, "not expected: --frob"},
      {{"version", "one", "--two"}, "not expected: one --two"},
      {{"search", "\xFF\xFE"}, "has bytes that are not UTF-8"},
      {{"commit", "--delete", "lab/x", "-m", "\xFF"}, "has bytes that are not UTF-8"},
      {{"list", "--server", ""}, "--server is empty"},
      {{"get"}, "required"},
      {{"get", "lab/exit", "lab/other"}, "lab/other"},
      {{"get", "lab/exit", "--frob"}, "--frob"},
      {{"get", "lab/exit", "-o", "xml"},
       "\"xml\" is none of table, json, jsonl, csv, dot, mermaid"},
      {{"get", "lab/exit", "--color", "pink"}, "\"pink\" is none of auto, always, never"},
      {{"get", "lab/exit", "--at", "2022-01-01", "--certainty", "sure"},
       "\"sure\" is none of certain, possible, no"},
      {{"get", "lab/exit", "--certainty", "no"}, "--at"},
      {{"get", "lab/exit", "--revision", "x"}, "--revision"},
      {{"get", "lab/exit", "--revision", "-1"}, "--revision"},
      {{"get", "lab/exit", "--timeout", "soon"}, "\"soon\" is not a duration"},
      {{"get", "lab/exit", "--timeout", "0s"}, "\"0s\" is not a duration"},
      {{"get", "lab/exit", "--timeout", "inf"}, "\"inf\" is not a duration"},
      {{"list", "--limit", "0"}, "\"0\" is not a number from 1"},
      {{"list", "--limit", "-3"}, "\"-3\" is not a number from 1"},
      {{"list", "--limit", "99999999999999999999"}, "--limit"},
      {{"list", "--limit", "3", "--all"}, "--limit excludes --all"},
      {{"search"}, "required"},
      {{"search", "x", "--limit", "9999999999"}, "--limit"},
      {{"neighbors", "lab/exit", "--in", "--out"}, "excludes"},
      {{"path", "lab/exit"}, "required"},
      {{"path", "a/b", "a/c", "--direction", "up"}, "\"up\" is none of out, in, both"},
      {{"traverse"}, "required"},
      {{"traverse", "lab/exit", "--kind", "lab"}, "put --out, --in or --both before it"},
      {{"traverse", "lab/exit", "--hops", "2"}, "put --out, --in or --both before it"},
      {{"traverse", "lab/exit", "--where", "x"}, "put --out, --in or --both before it"},
      {{"traverse", "lab/exit", "--out", "--hops", "3..1"}, "\"3..1\" is neither"},
      {{"traverse", "lab/exit", "--out", "--hops", "1..2..3"}, "\"1..2..3\" is neither"},
      {{"traverse", "lab/exit", "--out", "--hops", "1.."}, "\"1..\" is neither"},
      {{"traverse", "lab/exit", "--out", "--hops", "x"}, "\"x\" is neither"},
      {{"traverse", "lab/exit", "--ids", "--count"}, "excludes"},
      {{"traverse", "lab/exit", "--ids", "--paths"}, "excludes"},
      {{"schema", "merged_into"}, "\"merged_into\" is none of kinds"},
      {{"commit"}, "commit needs a file"},
      {{"commit", "/no/such/file"}, "cannot read \"/no/such/file\""},
      {{"commit", "-", "--delete", "lab/x"}, "not both"},
      {{"commit", "--retract", "s-1", "--cascade"}, "--cascade belongs to --delete"},
      {{"commit", "--put-entity", "{"}, "--put-entity"},
      {{"commit", "--put-entity", "{\"name\": 1}"}, "name"},
      {{"completion"}, "required"},
      {{"completion", "tcsh"}, "\"tcsh\" is none of bash, zsh, fish"},
      {{"help", "frobnicate"}, "there is no command \"frobnicate\""},
  };
  for (const UsageCase& test : cases) {
    CliRunner cli;
    const Outcome run = cli.Run(test.args);
    SCOPED_TRACE(::testing::PrintToString(test.args));
    EXPECT_EQ(run.code, 2);
    EXPECT_EQ(run.out, "");
    EXPECT_THAT(run.err, HasSubstr(test.says));
    EXPECT_THAT(run.err, ::testing::StartsWith("labgraph: "));
    EXPECT_EQ(std::count(run.err.begin(), run.err.end(), '\n'), 1) << run.err;
  }
}

struct FormatCase {
  std::vector<std::string> args;
  const char* gives;
};

TEST(ArgumentsTest, SaysWhichFormatsACommandGives) {
  const FormatCase cases[] = {
      {{"info", "-o", "csv"}, "labgraph info cannot give csv here; it gives table, json"},
      {{"list", "-o", "dot"}, "it gives table, json, jsonl, csv"},
      {{"search", "x", "-o", "mermaid"}, "it gives table, json, jsonl, csv"},
      {{"neighbors", "lab/x", "--count", "-o", "dot"},
       "it gives table, json, jsonl, csv"},
      {{"traverse", "lab/x", "--count", "-o", "csv"}, "it gives table, json, jsonl"},
      {{"traverse", "lab/x", "--ids", "-o", "dot"}, "it gives table, json, jsonl, csv"},
      {{"schema", "-o", "csv"}, "it gives table, json"},
      {{"commit", "--delete", "lab/x", "-o", "dot"}, "it gives table, json, jsonl, csv"},
      {{"version", "-o", "json"}, "it gives text only"},
  };
  for (const FormatCase& test : cases) {
    CliRunner cli;
    const Outcome run = cli.Run(test.args);
    SCOPED_TRACE(::testing::PrintToString(test.args));
    EXPECT_EQ(run.code, 2);
    EXPECT_EQ(cli.address(), "");
    EXPECT_THAT(run.err, HasSubstr(test.gives));
  }
}

TEST(ArgumentsTest, RefusesReadOptionsWhereNothingIsReadOfTheGraph) {
  for (const char* command : {"info", "version"}) {
    CliRunner cli;
    const Outcome run = cli.Run({command, "--revision", "3"});
    EXPECT_EQ(run.code, 2);
    EXPECT_THAT(run.err, HasSubstr("have no meaning for"));
  }
}

TEST(ArgumentsTest, RefusesADayWhereItWouldChangeNothing) {
  for (const std::vector<std::string>& args : std::vector<std::vector<std::string>>{
           {"list", "lab"}, {"search", "exit"}, {"schema"}}) {
    CliRunner cli;
    std::vector<std::string> with_day = args;
    with_day.insert(with_day.end(), {"--at", "2022-01-01"});
    const Outcome run = cli.Run(with_day);
    EXPECT_EQ(run.code, 2);
    EXPECT_EQ(cli.address(), "");
    EXPECT_THAT(run.err, HasSubstr("--at changes nothing of what labgraph " + args[0]));
    EXPECT_THAT(run.err, HasSubstr("--filter 'existed = true'"));
  }
}

TEST(ArgumentsTest, ConnectsOnlyWhereAServerIsAsked) {
  CliRunner cli;
  for (const std::vector<std::string>& args : std::vector<std::vector<std::string>>{
           {"version"}, {"help"}, {"completion", "bash"}}) {
    std::vector<std::string> with_server = args;
    with_server.insert(with_server.end(), {"--server", ""});
    EXPECT_EQ(cli.Run(with_server).code, 0);
    EXPECT_EQ(cli.Run(args).code, 0);
    EXPECT_EQ(cli.address(), "");
  }
}

class GlobalOptionsTest : public ::testing::Test {
 protected:
  GlobalOptionsTest() {
    unsetenv("LABGRAPH_SERVER");
    cli_.server().list_entities = [this](const v1::ListEntitiesRequest& request) {
      request_ = request;
      return v1::ListEntitiesResponse();
    };
  }
  ~GlobalOptionsTest() override { unsetenv("LABGRAPH_SERVER"); }

  CliRunner cli_;
  v1::ListEntitiesRequest request_;
};

TEST_F(GlobalOptionsTest, MayStandBeforeAndAfterTheCommand) {
  const std::vector<std::string> options = {
      "--server",   "host:1", "--at",   "2022-01-01", "--certainty", "certain",
      "--revision", "3",      "--lang", "nl,en",      "--timeout",   "2m"};
  std::vector<std::string> before = options;
  before.push_back("list");
  before.insert(before.end(), {"--filter", "existed = true"});
  std::vector<std::string> after = {"list", "--filter", "existed = true"};
  after.insert(after.end(), options.begin(), options.end());
  for (const std::vector<std::string>& args : {before, after}) {
    request_.Clear();
    ASSERT_EQ(cli_.Run(args).code, 0);
    EXPECT_EQ(cli_.address(), "host:1");
    EXPECT_EQ(cli_.timeout(), absl::Minutes(2));
    EXPECT_EQ(request_.read().valid_at(), "2022-01-01");
    EXPECT_EQ(request_.read().certainty(), v1::CERTAINTY_CERTAIN);
    EXPECT_EQ(request_.read().revision(), 3);
    EXPECT_EQ(request_.read().lang(), "nl,en");
  }
}

TEST_F(GlobalOptionsTest, CanAskForTheEmptyStore) {
  ASSERT_EQ(cli_.Run({"list", "--revision", "0"}).code, 0);
  EXPECT_EQ(request_.read().at_case(), v1::ReadOptions::kRevision);
}

TEST_F(GlobalOptionsTest, HaveDefaults) {
  ASSERT_EQ(cli_.Run({"list"}).code, 0);
  EXPECT_EQ(cli_.address(), "127.0.0.1:50051");
  EXPECT_EQ(cli_.timeout(), absl::Seconds(30));
  EXPECT_EQ(request_.read().ByteSizeLong(), 0);
}

TEST_F(GlobalOptionsTest, TakeTheServerFromTheEnvironmentUnlessItIsGiven) {
  setenv("LABGRAPH_SERVER", "far:2", 1);
  ASSERT_EQ(cli_.Run({"list"}).code, 0);
  EXPECT_EQ(cli_.address(), "far:2");
  ASSERT_EQ(cli_.Run({"list", "--server", "near:3"}).code, 0);
  EXPECT_EQ(cli_.address(), "near:3");
}

TEST_F(GlobalOptionsTest, DecideAboutColours) {
  cli_.server().list_entities = [](const v1::ListEntitiesRequest&) {
    return Proto<v1::ListEntitiesResponse>("entities { id: 'lab/exit' }");
  };
  const auto is_coloured = [this](const std::string& mode) {
    const Outcome run = cli_.Run({"list", "--color", mode});
    return run.out.find('\x1b') != std::string::npos;
  };
  EXPECT_FALSE(is_coloured("auto"));
  EXPECT_TRUE(is_coloured("always"));
  cli_.out_is_terminal = true;
  EXPECT_TRUE(is_coloured("auto"));
  EXPECT_FALSE(is_coloured("never"));
  cli_.no_color = true;
  EXPECT_FALSE(is_coloured("auto"));
  EXPECT_TRUE(is_coloured("always"));
}

TEST_F(GlobalOptionsTest, CutTablesOnlyOnATerminal) {
  const std::string name(200, 'x');
  cli_.server().list_entities = [&name](const v1::ListEntitiesRequest&) {
    v1::ListEntitiesResponse response;
    response.add_entities()->mutable_label()->set_text(name);
    return response;
  };
  cli_.terminal_width = 40;
  EXPECT_THAT(cli_.Run({"list"}).out, HasSubstr(name));
  cli_.out_is_terminal = true;
  EXPECT_THAT(cli_.Run({"list"}).out, ::testing::Not(HasSubstr(name)));
  EXPECT_THAT(cli_.Run({"list", "-o", "csv"}).out, HasSubstr(name));
}

}  // namespace
}  // namespace labgraph::cli
