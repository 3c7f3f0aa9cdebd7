#ifndef LABGRAPH_SEED_JSONL_JSON_LINES_H_
#define LABGRAPH_SEED_JSONL_JSON_LINES_H_

#include <memory>
#include <string>

#include "seed/bulk/bulk_format.h"

namespace labgraph::seed {

// A file of JSON lines, each a labgraph.v1.Mutation in proto3 JSON. Empty lines are
// skipped, as is a byte order mark.
BulkFile JsonLinesFile(std::string path);

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_JSONL_JSON_LINES_H_
