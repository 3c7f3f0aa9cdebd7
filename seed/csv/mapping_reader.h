#ifndef LABGRAPH_SEED_CSV_MAPPING_READER_H_
#define LABGRAPH_SEED_CSV_MAPPING_READER_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "seed/bulk/bulk_format.h"
#include "seed/reader/problem.h"

namespace labgraph::seed {

// Reads a mapping (see csv_mapping.proto) from the text of a file, and the headers of the
// CSV files that it is for, which it gives ready to be loaded. Everything wrong with the
// mapping is added to `problems`, all in one run; the result is only of use when nothing
// was added.
std::vector<BulkFile> ReadMapping(const std::string& file, absl::string_view text,
                                  Problems* problems);

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_CSV_MAPPING_READER_H_
