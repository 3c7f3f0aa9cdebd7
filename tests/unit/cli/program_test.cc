// The commands about the server and the program itself: info, version, help, completion;
// and what happens when the output cannot be written.

#include <sstream>

#include "client/cli/run.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/cli/cli_runner.h"

namespace labgraph::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

v1::GetServerInfoResponse SmallInfo() {
  return Proto<v1::GetServerInfoResponse>(R"(
      version: '0.1.0' store_id: 'abc' epoch: 'e-1' head_revision: 12 oldest_revision: 1
      head_commit_time { seconds: 1700000000 }
      entity_count: 75 statement_count: 85
      limits { name: 'page_size_max' value: 1000 description: 'Elements on a page.' })");
}

TEST(InfoTest, AsTable) {
  CliRunner cli;
  cli.server().get_server_info = [](const v1::GetServerInfoRequest&) {
    return SmallInfo();
  };
  EXPECT_EQ(cli.Run({"info"}).out, R"(version          0.1.0
store            abc
epoch            e-1
head revision    12, committed 2023-11-14T22:13:20Z
oldest revision  1
entities         75
statements       85

LIMIT          VALUE  DESCRIPTION
page_size_max  1000   Elements on a page.
)");
}

TEST(InfoTest, AsJson) {
  CliRunner cli;
  cli.server().get_server_info = [](const v1::GetServerInfoRequest&) {
    return Proto<v1::GetServerInfoResponse>("version: '0.1.0'");
  };
  EXPECT_EQ(cli.Run({"info", "-o", "json"}).out, "{\n \"version\": \"0.1.0\"\n}\n");
  EXPECT_EQ(cli.Run({"info", "-o", "jsonl"}).out, "{\"version\":\"0.1.0\"}\n");
}

TEST(VersionTest, SaysTheVersion) {
  CliRunner cli;
  EXPECT_THAT(cli.Run({"version"}).out, ::testing::MatchesRegex("labgraph [0-9.]+\n"));
}

TEST(HelpTest, NamesEveryCommandAndTheExitCodes) {
  CliRunner cli;
  for (const std::vector<std::string>& args :
       std::vector<std::vector<std::string>>{{"--help"}, {"-h"}, {"help"}}) {
    const Outcome run = cli.Run(args);
    EXPECT_EQ(run.code, 0);
    EXPECT_EQ(run.err, "");
    for (const char* word : {"info",      "get",
                             "list",      "search",
                             "neighbors", "traverse",
                             "path",      "match",
                             "count",     "statements",
                             "history",   "diff",
                             "watch",     "schema",
                             "commit",    "merge",
                             "backup",    "restore",
                             "verify",    "compact",
                             "erase",     "completion",
                             "version",   "help",
                             "--server",  "Exit codes: 0 done; 1 not found"}) {
      EXPECT_THAT(run.out, HasSubstr(word));
    }
  }
}

TEST(HelpTest, ExplainsACommand) {
  CliRunner cli;
  const Outcome by_command = cli.Run({"help", "traverse"});
  EXPECT_EQ(by_command.code, 0);
  EXPECT_THAT(by_command.out, HasSubstr("Usage: labgraph traverse [OPTIONS] ID..."));
  EXPECT_THAT(by_command.out, HasSubstr("--max-visited"));
  EXPECT_EQ(cli.Run({"traverse", "--help"}).out, by_command.out);
}

TEST(HelpTest, ExplainsTheModesOfPaths) {
  CliRunner cli;
  const Outcome run = cli.Run({"help", "path"});
  EXPECT_EQ(run.code, 0);
  for (const char* word : {"--k", "--all-simple", "--require ", "--require-predicate",
                           "--where", "Five ways from one lab to another"}) {
    EXPECT_THAT(run.out, HasSubstr(word));
  }
}

TEST(HelpTest, ExplainsPatterns) {
  CliRunner cli;
  const Outcome match = cli.Run({"help", "match"});
  EXPECT_EQ(match.code, 0);
  for (const char* word :
       {"Usage: labgraph match [OPTIONS] PATTERN...", "--where 'NAME: FILTER'",
        "--return", "':lab -targets-> crime -involves-> commodity/drugs'"}) {
    EXPECT_THAT(match.out, HasSubstr(word));
  }
  const Outcome count = cli.Run({"help", "count"});
  EXPECT_EQ(count.code, 0);
  for (const char* word : {"Usage: labgraph count [OPTIONS] [PATTERN...]", "--by KEY,...",
                           "--different", "--source ID"}) {
    EXPECT_THAT(count.out, HasSubstr(word));
  }
}

TEST(HelpTest, SaysOfTheProgramsOptionsThatTheyMayStandAnywhereOnlyThere) {
  CliRunner cli;
  EXPECT_THAT(cli.Run({"--help"}).out, HasSubstr("Options of this list stand before"));
  for (const char* command : {"list", "path"}) {
    EXPECT_THAT(cli.Run({command, "--help"}).out, Not(HasSubstr("Options of this list")));
  }
  EXPECT_THAT(cli.Run({"help", "path"}).out, HasSubstr("[OPTIONS] FROM TO"));
}

class CompletionTest : public ::testing::Test {
 protected:
  std::string ScriptFor(const std::string& shell) {
    CliRunner cli;
    const Outcome run = cli.Run({"completion", shell});
    EXPECT_EQ(run.code, 0);
    return run.out;
  }
};

TEST_F(CompletionTest, KnowsCommandsOptionsAndWords) {
  for (const char* shell : {"bash", "zsh", "fish"}) {
    const std::string script = ScriptFor(shell);
    EXPECT_THAT(script, HasSubstr("neighbors"));
    EXPECT_THAT(script, HasSubstr("avoid-predicate"));
    EXPECT_THAT(script, HasSubstr("table json jsonl csv dot mermaid"));
    EXPECT_THAT(script, HasSubstr("kinds predicates qualifiers"));
    EXPECT_THAT(script, HasSubstr("auto always never"));
    // What a value looks like is no word to complete.
    EXPECT_THAT(script, Not(HasSubstr("N N..M")));
    EXPECT_THAT(script, Not(HasSubstr("ID NAME")));
  }
}

// Completes the last of these words with the script in bash.
std::string CompleteInBash(const std::string& script,
                           const std::vector<std::string>& words) {
  const std::string path = ::testing::TempDir() + "/labgraph_completion.bash";
  FILE* file = fopen(path.c_str(), "w");
  fputs(script.c_str(), file);
  fputs("COMP_WORDS=(labgraph", file);
  for (const std::string& word : words) fprintf(file, " '%s'", word.c_str());
  fprintf(file, ")\nCOMP_CWORD=%zu\n_labgraph\necho \"${COMPREPLY[*]}\"\n", words.size());
  fclose(file);
  std::string answer;
  FILE* bash = popen(("bash '" + path + "' 2>&1").c_str(), "r");
  char buffer[4096];
  while (fgets(buffer, sizeof(buffer), bash) != nullptr) answer += buffer;
  pclose(bash);
  return answer;
}

TEST_F(CompletionTest, WorksInBash) {
  if (system("command -v bash > /dev/null") != 0) GTEST_SKIP() << "there is no bash";
  const std::string script = ScriptFor("bash");
  EXPECT_EQ(CompleteInBash(script, {"tr"}), "traverse\n");
  EXPECT_EQ(CompleteInBash(script, {"-o", "j"}), "json jsonl\n");
  EXPECT_EQ(CompleteInBash(script, {"list", "--output", "m"}), "mermaid\n");
  EXPECT_EQ(CompleteInBash(script, {"path", "--direction", ""}), "out in both\n");
  EXPECT_EQ(CompleteInBash(script, {"path", "--max"}), "--max-hops --max-visited\n");
  EXPECT_EQ(CompleteInBash(script, {"path", "--req"}), "--require --require-predicate\n");
  EXPECT_EQ(CompleteInBash(script, {"ma"}), "match\n");
  EXPECT_EQ(CompleteInBash(script, {"match", "--st"}), "--statements\n");
  EXPECT_EQ(CompleteInBash(script, {"match", "a -p-> b", "--w"}), "--where\n");
  EXPECT_EQ(CompleteInBash(script, {"count", "--b"}), "--by\n");
  EXPECT_EQ(CompleteInBash(script, {"count", "--by", ""}), "\n");
  EXPECT_EQ(CompleteInBash(script, {"schema", "k"}), "kinds\n");
  EXPECT_EQ(CompleteInBash(script, {"backup", ""}), "create list verify delete\n");
  EXPECT_EQ(CompleteInBash(script, {"merge", "--u"}), "--undo\n");
  EXPECT_EQ(CompleteInBash(script, {"verify", "--sk"}), "--skip-replay\n");
  EXPECT_EQ(CompleteInBash(script, {"erase", "--c"}), "--cascade --color --certainty\n");
  EXPECT_EQ(CompleteInBash(script, {"help", "neigh"}), "neighbors\n");
  EXPECT_EQ(CompleteInBash(script, {"get", ""}), "\n");
  EXPECT_EQ(CompleteInBash(script, {"get", "--cert"}), "--certainty\n");
  EXPECT_EQ(CompleteInBash(script, {"list", "--filter", ""}), "\n");
}

// A stream that fails as one to a full disk does.
class FullDisk : public std::streambuf {
 protected:
  int overflow(int) override { return traits_type::eof(); }
};

TEST(OutputTest, FailsWhereTheOutputCannotBeWritten) {
  auto server = std::make_shared<client::MockConnection>();
  int pages = 0;
  server->list_entities = [&pages](const v1::ListEntitiesRequest&) {
    ++pages;
    return Proto<v1::ListEntitiesResponse>(
        "entities { id: 'lab/exit' } next_page_token: 'more'");
  };
  FullDisk disk;
  std::ostream out(&disk);
  std::istringstream in;
  std::ostringstream err;
  const int code = cli::Run({"list", "--all", "-o", "jsonl"}, Console{in, out, err},
                            [&](const std::string&, absl::Duration) { return server; });
  EXPECT_EQ(code, 4);
  EXPECT_EQ(err.str(), "labgraph: the output cannot be written\n");
  // Nobody reads the rest, so it is not asked for.
  EXPECT_EQ(pages, 1);
}

}  // namespace
}  // namespace labgraph::cli
