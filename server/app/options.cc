#include "server/app/options.h"

#include <CLI/CLI.hpp>

#include "server/app/listen_address.h"
#include "server/app/version.h"

namespace labgraph::app {
namespace {

// What is wrong with an address to listen on; empty where nothing is.
std::string CheckListen(const std::string& text) {
  if (ListenAddress::Parse(text).has_value()) return "";
  return "\"" + text +
         "\" is not host:port with a port of 0 to 65535, such as 127.0.0.1:50051 or "
         "[::1]:50051";
}

}  // namespace

int ParseOptions(int argc, char** argv, Options* options) {
  CLI::App app{"labgraphd: a knowledge-graph server over gRPC.", "labgraphd"};
  app.set_version_flag("--version", kVersion);
  app.add_option("--data", options->data_dir,
                 "Directory of the store; made when it is not there")
      ->envname("LABGRAPH_DATA")
      ->capture_default_str();
  app.add_flag("--in-memory", options->in_memory, "Keep the graph in memory only");
  CLI::Option* const backup_dir =
      app.add_option("--backup-dir", options->backup_dir,
                     "Directory in which backups are kept; made when it is not there. "
                     "Best on another disk")
          ->envname("LABGRAPH_BACKUP_DIR");
  app.add_option(
         "--restore", options->restore,
         "Restore this backup into --data, which must be absent or empty, and exit")
      ->type_name("ID")
      ->check(CLI::PositiveNumber)
      ->needs(backup_dir);
  app.add_option("--listen", options->listen,
                 "Address and port to listen on; port 0 takes a free one")
      ->type_name("HOST:PORT")
      ->check(CheckListen)
      ->envname("LABGRAPH_LISTEN")
      ->capture_default_str();
  app.add_option("--cache-mib", options->cache_mib,
                 "Memory for blocks of the store, in MiB")
      ->check(CLI::Range(8, 1 << 20))
      ->capture_default_str();
  app.add_option("--adjacency-mib", options->adjacency_mib,
                 "Memory for edges and ids that walks use, in MiB; 0 for none")
      ->check(CLI::Range(0, 1 << 20))
      ->capture_default_str();
  app.add_flag("--warm", options->warm,
               "Fill that memory in the background at start, not as walks need it");
  int drain_seconds = static_cast<int>(absl::ToInt64Seconds(options->drain));
  app.add_option("--drain-seconds", drain_seconds,
                 "Time that running calls get to end at shutdown")
      ->check(CLI::Range(0, 3600))
      ->capture_default_str();
  app.footer(
      "Exit codes: 0 stopped by SIGINT or SIGTERM, or restored; 1 could not start or "
      "restore; 2 wrong command line.");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  options->drain = absl::Seconds(drain_seconds);
  return -1;
}

}  // namespace labgraph::app
