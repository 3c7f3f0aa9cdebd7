#include "seed/options.h"

#include <CLI/CLI.hpp>

namespace labgraph::seed {
namespace {

constexpr char kDescription[] =
    "Loads fixtures (YAML) and bulk data (JSON lines, CSV) into a labgraph server.\n"
    "\n"
    "All files are read first; when anything is wrong in any of them, all of it is\n"
    "reported as file:line:column and nothing is written. Loading twice changes\n"
    "nothing, and a load of bulk data that was broken off goes on where it was.\n";

constexpr char kFooter[] =
    "A fixture has the structure of seed/fixture.proto. A line of a .jsonl file is one\n"
    "labgraph.v1.Mutation in JSON. CSV files are named by a *.map.yaml, which has the\n"
    "structure of seed/csv_mapping.proto and says what their rows stand for. A "
    "directory\n"
    "stands for its *.yaml and *.jsonl in the order of their names.\n"
    "\n"
    "Exit codes:\n"
    "  0    all is loaded, and every check that was asked for holds\n"
    "  1    something is wrong in an input, or a check failed\n"
    "  2    the command line makes no sense\n"
    "  3    the server cannot be reached, or failed\n"
    "  130  interrupted; what was committed before is said\n"
    "\n"
    "Examples:\n"
    "  labgraph-seed seed/nsoc\n"
    "  labgraph-seed --dry-run seed/nsoc\n"
    "  labgraph-seed routes.map.yaml\n"
    "  labgraph-seed --check --no-load seed/nsoc\n";

void Declare(Options* options, CLI::App* app) {
  app->add_option("--server", options->server, "Where the server is")
      ->envname("LABGRAPH_SERVER")
      ->type_name("HOST:PORT")
      ->capture_default_str();
  CLI::Option* dry_run = app->add_flag(
      "--dry-run", options->dry_run,
      "Print what loading would change, and change nothing; checks are not evaluated");
  CLI::Option* check = app->add_flag("--check", options->check,
                                     "Evaluate the checks of the fixtures after loading");
  app->add_flag("--no-load{false}", options->load, "Only evaluate the checks")
      ->needs(check)
      ->excludes(dry_run);
  app->add_option("--message", options->message,
                  "Message of the revisions, in the place of \"fixture <name>: ...\"")
      ->type_name("TEXT");
  app->add_option("--batch", options->batch,
                  "Records in one commit at most; by default as many as the server takes")
      ->type_name("N")
      ->check(CLI::PositiveNumber);
  app->add_option("--threads", options->threads,
                  "Threads that parse bulk data; by default one for each core")
      ->type_name("N")
      ->check(CLI::PositiveNumber);
  app->add_option("inputs", options->inputs, "Files and directories to load")
      ->type_name("FILE_OR_DIR")
      ->required();
}

}  // namespace

absl::optional<Options> ParseOptions(int argc, const char* const* argv, std::ostream& out,
                                     std::ostream& err, ExitCode* code) {
  Options options;
  CLI::App app(kDescription, "labgraph-seed");
  app.footer(kFooter);
  Declare(&options, &app);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    *code = app.exit(e, out, err) == 0 ? kOk : kUsage;
    return absl::nullopt;
  }
  return options;
}

}  // namespace labgraph::seed
