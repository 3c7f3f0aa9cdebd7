#ifndef LABGRAPH_SEED_INPUTS_H_
#define LABGRAPH_SEED_INPUTS_H_

#include <memory>
#include <string>
#include <vector>

#include "seed/bulk/bulk_format.h"
#include "seed/reader/fixture_reader.h"
#include "seed/reader/input_files.h"
#include "seed/reader/problem.h"
#include "seed/stop_flag.h"

namespace labgraph::seed {

// One file to load. A fixture is held whole; bulk data are read again when they are
// written.
struct Input {
  std::string path;
  // One of the two.
  std::unique_ptr<FixtureFile> fixture;
  std::unique_ptr<BulkFile> bulk;
};

// Reads every file that the arguments stand for. Everything wrong with any of them is
// added to `problems`. Large files are read by `threads` threads. Ends early when `stop`
// is set.
std::vector<Input> ReadInputs(const std::vector<std::string>& arguments, int threads,
                              const StopFlag& stop, Problems* problems);

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_INPUTS_H_
