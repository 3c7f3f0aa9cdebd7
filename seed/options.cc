#include "seed/options.h"

#include <CLI/CLI.hpp>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "client/cli/help_formatter.h"
#include "client/cli/output/display_width.h"
#include "seed/bulk/parallel_reader.h"
#include "seed/reader/utf8.h"

namespace labgraph::seed {
namespace {

constexpr char kDescription[] =
    "Loads fixtures (YAML) and bulk data (JSON lines, CSV) into a labgraph server.\n"
    "\n"
    "All files are read first; when anything is wrong in any of them, all of it is\n"
    "reported as file:line:column and nothing is written. Then the server checks the\n"
    "fixtures, as far as they can be checked before others are written, and what it\n"
    "finds is reported in the same way. Loading twice changes nothing, and a load of\n"
    "bulk data that was broken off goes on where it was.\n";

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
    "  4    all is done, but the output cannot be written\n"
    "  130  interrupted; what was committed before is said\n"
    "\n"
    "Examples:\n"
    "  labgraph-seed seed/nsoc\n"
    "  labgraph-seed --dry-run seed/nsoc\n"
    "  labgraph-seed routes.map.yaml\n"
    "  labgraph-seed --check --no-load seed/nsoc\n";

// The mutations that any server takes in a commit are fewer.
constexpr uint64_t kMaxBatch = 1000000;

// Takes whole numbers from 1 to `most`.
CLI::Validator UpTo(uint64_t most) {
  return CLI::Validator(
      [most](const std::string& text) {
        uint64_t number = 0;
        const bool is_fine =
            absl::SimpleAtoi(text, &number) && number >= 1 && number <= most;
        return is_fine ? std::string()
                       : absl::StrCat(text, " is no whole number from 1 to ", most);
      },
      "");
}

CLI::Validator IsUtf8() {
  return CLI::Validator(
      [](const std::string& text) {
        return ValidUtf8Prefix(text) == text.size()
                   ? std::string()
                   : std::string("the text is not UTF-8");
      },
      "");
}

void Declare(Options* options, CLI::App* app) {
  app->add_option("--server", options->server,
                  absl::StrCat("Where the server is; by default ", options->server))
      ->envname("LABGRAPH_SERVER")
      ->type_name("HOST:PORT");
  CLI::Option* dry_run = app->add_flag(
      "--dry-run", options->dry_run,
      "Print what loading would change, and change nothing; checks are not evaluated");
  CLI::Option* check = app->add_flag("--check", options->check,
                                     "Evaluate the checks of the fixtures after loading");
  app->add_flag_callback(
         "--no-load", [options] { options->load = false; }, "Only evaluate the checks")
      ->needs(check)
      ->excludes(dry_run);
  app->add_option("--message", options->message,
                  "Message of the revisions, in the place of \"fixture <name>: ...\"")
      ->type_name("TEXT")
      ->check(IsUtf8());
  app->add_option("--batch", options->batch,
                  "Records in one commit at most; by default as many as the server takes")
      ->type_name("N")
      ->check(UpTo(kMaxBatch));
  app->add_option("--threads", options->threads,
                  "Threads that parse bulk data; by default one for each core")
      ->type_name("N")
      ->check(UpTo(kMaxReaderThreads));
  app->add_option("inputs", options->inputs, "Files and directories to load")
      ->type_name("FILE_OR_DIR...");
}

// Required arguments are looked for here and not by the parser, which would ask for them
// before it says which option it does not know.
void PrintUsageError(absl::string_view what, std::ostream& err) {
  err << "labgraph-seed: " << cli::Printable(what)
      << "\nlabgraph-seed: --help lists what there is\n";
}

}  // namespace

absl::optional<Options> ParseOptions(int argc, const char* const* argv, std::ostream& out,
                                     std::ostream& err, ExitCode* code) {
  Options options;
  CLI::App app(kDescription, "labgraph-seed");
  app.footer(kFooter);
  app.formatter(std::make_shared<cli::HelpFormatter>());
  Declare(&options, &app);
  try {
    app.parse(argc, argv);
    if (!options.inputs.empty()) return options;
    PrintUsageError("no files or directories to load are named", err);
    *code = kUsage;
  } catch (const CLI::ParseError& e) {
    // What is no error asks for help.
    *code = e.get_exit_code() == 0 ? kOk : kUsage;
    if (*code == kOk) {
      app.exit(e, out, err);
    } else {
      PrintUsageError(e.what(), err);
    }
  }
  return absl::nullopt;
}

}  // namespace labgraph::seed
