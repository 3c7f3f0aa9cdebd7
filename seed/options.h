#ifndef LABGRAPH_SEED_OPTIONS_H_
#define LABGRAPH_SEED_OPTIONS_H_

#include <cstddef>
#include <ostream>
#include <string>
#include <vector>

#include "absl/types/optional.h"
#include "seed/exit_code.h"

namespace labgraph::seed {

// What the command line asks for.
struct Options {
  std::string server = "127.0.0.1:50051";
  bool dry_run = false;
  bool check = false;
  bool load = true;
  std::string message;
  // 0: as fits.
  size_t batch = 0;
  // That parse bulk data; 0: one for each core.
  int threads = 0;
  std::vector<std::string> inputs;
};

// Parses the command line. Absent when the program is done, having printed its help or
// what is wrong; `code` is then what to exit with.
absl::optional<Options> ParseOptions(int argc, const char* const* argv, std::ostream& out,
                                     std::ostream& err, ExitCode* code);

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_OPTIONS_H_
