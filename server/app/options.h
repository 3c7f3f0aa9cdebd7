#ifndef LABGRAPH_SERVER_APP_OPTIONS_H_
#define LABGRAPH_SERVER_APP_OPTIONS_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/time/time.h"

namespace labgraph::app {

// How a server is to run; what `labgraphd --help` lists.
struct Options {
  std::string data_dir = "./data";
  bool in_memory = false;  // keep nothing; data_dir is not used
  std::string backup_dir;  // empty: no backups
  // The backup to restore into data_dir, instead of serving; 0: none.
  uint32_t restore = 0;
  std::string listen = "127.0.0.1:50051";
  size_t cache_mib = 256;                    // blocks of the store
  size_t adjacency_mib = 1024;               // edges and ids in memory; 0: none
  bool warm = false;                         // fill that memory at start
  absl::Duration drain = absl::Seconds(10);  // time that running calls get at shutdown
};

// Reads the command line. On a mistake, and for --help and --version, prints what is to
// be printed and gives the exit code; otherwise gives -1.
int ParseOptions(int argc, char** argv, Options* options);

}  // namespace labgraph::app

#endif  // LABGRAPH_SERVER_APP_OPTIONS_H_
