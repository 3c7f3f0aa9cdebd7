#ifndef LABGRAPH_SEED_BULK_LOADER_H_
#define LABGRAPH_SEED_BULK_LOADER_H_

#include "labgraph/retry_policy.h"
#include "seed/bulk/bulk_format.h"
#include "seed/exit_code.h"
#include "seed/load_context.h"
#include "seed/reader/problem.h"
#include "seed/stop_flag.h"

namespace labgraph::seed {

// Reads a large file to its end for what is wrong with it, on `threads` threads, holding
// a few pieces at a time. False when `stop` was set meanwhile.
bool ScanBulkFile(const BulkFile& file, int threads, const StopFlag& stop,
                  Problems* problems);

// Writes a large file by Import, part after part, holding no more than a few pieces and
// parts, and shows how far it is. Where an earlier load of the same file was broken off
// it goes on behind what that one committed. Stopped or refused, it says how much is
// committed. All has been printed.
ExitCode LoadBulkFile(const BulkFile& file, const LoadContext& context,
                      client::Clock* clock);

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_BULK_LOADER_H_
