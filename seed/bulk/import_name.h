#ifndef LABGRAPH_SEED_BULK_IMPORT_NAME_H_
#define LABGRAPH_SEED_BULK_IMPORT_NAME_H_

#include <string>

#include "absl/status/statusor.h"
#include "seed/bulk/bulk_format.h"

namespace labgraph::seed {

// The name under which a server keeps how far the import of a file came: another one as
// soon as the file may be another one. It is a hash over the file's name without folders,
// size, time of the last change, first and last 64 KiB, and mapping. An error says that
// the file cannot be read.
absl::StatusOr<std::string> ImportName(const BulkFile& file);

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_BULK_IMPORT_NAME_H_
