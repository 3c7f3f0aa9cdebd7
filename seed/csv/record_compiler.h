#ifndef LABGRAPH_SEED_CSV_RECORD_COMPILER_H_
#define LABGRAPH_SEED_CSV_RECORD_COMPILER_H_

#include <string>
#include <vector>

#include "seed/csv/columns.h"
#include "seed/csv/record_field.h"
#include "seed/csv_mapping.pb.h"
#include "seed/reader/read_context.h"

namespace labgraph::seed {

// A record of a mapping, made ready for the columns of a file.
struct CompiledRecord {
  // The mutation, as a field of labgraph.v1.ImportRequest.
  RecordField mutation;
  std::vector<int> skip_if_empty;
  bool repeats = false;
};

// Makes the records of a mapping ready. What is wrong with them is complained about in
// `context`, whose source map is the mapping's, once for each place.
std::vector<CompiledRecord> CompileRecords(const CsvMapping& mapping,
                                           const Columns& columns,
                                           const ReadContext& context);

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_CSV_RECORD_COMPILER_H_
