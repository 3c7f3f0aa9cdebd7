#ifndef LABGRAPH_SEED_CSV_CELL_FILTER_H_
#define LABGRAPH_SEED_CSV_CELL_FILTER_H_

#include <string>

#include "absl/strings/string_view.h"

namespace labgraph::seed {

// The filters of templates; csv_mapping.proto says what each does. Each adds what it
// makes of a cell, which is UTF-8, to `out`.
void AppendSlug(absl::string_view cell, std::string* out);
void AppendClean(absl::string_view cell, std::string* out);

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_CSV_CELL_FILTER_H_
