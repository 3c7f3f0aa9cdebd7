#ifndef LABGRAPH_SERVER_QUERY_ROW_COUNTS_H_
#define LABGRAPH_SERVER_QUERY_ROW_COUNTS_H_

#include <cstdint>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "server/graph/versioned_reader.h"
#include "server/kv/store.h"
#include "server/query/budget.h"

namespace labgraph::query {

// Counts the rows of parts of the store for one request, each row once however often and
// how far it is asked for. Not thread-safe.
class RowCounts {
 public:
  // Both must outlive this.
  RowCounts(const graph::VersionedReader& rows, Budget& budget)
      : rows_(rows), budget_(budget) {}

  // How many rows of the keyspace begin with `prefix`, or `bound` when there are as many
  // or more. Takes time with the smaller of both; gives what it has when the budget has
  // no time. Errors: STORAGE_FAILED, STORAGE_CORRUPT.
  absl::StatusOr<uint64_t> Count(kv::Keyspace keyspace, const std::string& prefix,
                                 uint64_t bound);

 private:
  // What is known of a part.
  struct Part {
    uint64_t rows = 0;
    std::string last;  // the key of the last row counted
    bool whole = false;
  };

  const graph::VersionedReader& rows_;
  Budget& budget_;
  absl::flat_hash_map<std::pair<kv::Keyspace, std::string>, Part> parts_;
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_ROW_COUNTS_H_
