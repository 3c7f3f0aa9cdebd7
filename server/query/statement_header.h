#ifndef LABGRAPH_SERVER_QUERY_STATEMENT_HEADER_H_
#define LABGRAPH_SERVER_QUERY_STATEMENT_HEADER_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "server/graph/record_reader.h"
#include "server/keys/keys.h"
#include "server/schema/ontology.h"

namespace labgraph::query {

// What a statement says in numbers, read without the rest of its record.
struct StatementHeader {
  keys::EntityNumber subject = 0;
  schema::PredicateNumber predicate = 0;
  keys::EntityNumber object = 0;  // 0 for a property
  keys::FacetNumber facet = 0;
};

inline StatementHeader HeaderOf(const graph::StatementRecord& record) {
  return {record.subject, record.predicate, record.object, record.facet};
}

// From the statement's row. Errors: STORAGE_CORRUPT.
absl::StatusOr<StatementHeader> DecodeStatementHeader(keys::StatementNumber number,
                                                      absl::string_view row_bytes);
// Nullopt where there is no such statement. Errors: STORAGE_FAILED, STORAGE_CORRUPT.
absl::StatusOr<absl::optional<StatementHeader>> ReadStatementHeader(
    const graph::RecordReader& records, keys::StatementNumber number);

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_STATEMENT_HEADER_H_
