#ifndef LABGRAPH_SERVER_GRAPH_REFERENCES_H_
#define LABGRAPH_SERVER_GRAPH_REFERENCES_H_

#include <cstddef>
#include <cstdint>
#include <set>

#include "absl/status/statusor.h"
#include "server/graph/record_reader.h"

namespace labgraph::graph {

// Everything that refers to an entity.
struct References {
  std::set<keys::StatementNumber> statements;
  std::set<keys::EntityNumber> entities;  // others that name it as a source
  size_t size() const { return statements.size() + entities.size(); }
};

// What refers to the entity. Stops when there is more than `most`, whatever is left.
// Errors: STORAGE_FAILED, STORAGE_CORRUPT.
absl::StatusOr<References> FindReferences(keys::EntityNumber number, uint64_t most,
                                          const RecordReader& records);

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_REFERENCES_H_
