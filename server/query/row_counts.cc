#include "server/query/row_counts.h"

#include <algorithm>

#include "server/base/status_macros.h"

namespace labgraph::query {

absl::StatusOr<uint64_t> RowCounts::Count(kv::Keyspace keyspace,
                                          const std::string& prefix, uint64_t bound) {
  Part& part = parts_[{keyspace, prefix}];
  if (part.whole || part.rows >= bound) return std::min(part.rows, bound);
  const std::string from = part.rows == 0 ? "" : part.last + '\0';
  graph::RowScan scan = rows_.Scan(keyspace, prefix, from);
  while (scan.Valid() && part.rows < bound && budget_.Work(1)) {
    ++part.rows;
    if (part.rows == bound) part.last = std::string(scan.key());
    scan.Next();
  }
  RETURN_IF_ERROR(scan.status());
  part.whole = part.rows < bound;
  return part.rows;
}

}  // namespace labgraph::query
