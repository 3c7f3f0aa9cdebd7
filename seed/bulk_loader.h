#ifndef LABGRAPH_SEED_BULK_LOADER_H_
#define LABGRAPH_SEED_BULK_LOADER_H_

#include <cstddef>
#include <string>

#include "labgraph/retry_policy.h"
#include "seed/exit_code.h"
#include "seed/fixture_loader.h"
#include "seed/reader/problem.h"
#include "seed/stop_flag.h"

namespace labgraph::seed {

// Problems reported of one file of JSON lines; a file of the wrong kind has one on every
// line.
inline constexpr size_t kMaxLineProblems = 100;

// Reads a file of JSON lines to its end for what is wrong with it, holding one line at
// a time. False when `stop` was set meanwhile.
bool ScanJsonLines(const std::string& path, const StopFlag& stop, Problems* problems);

// Writes a file of JSON lines by Import, part after part, holding no more than the few
// parts that are under way, and shows how far it is. Stopped or refused, it says how much
// is committed. All has been printed.
ExitCode LoadJsonLines(const std::string& path, const LoadContext& context,
                       client::Clock* clock);

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_BULK_LOADER_H_
