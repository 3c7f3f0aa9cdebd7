#ifndef LABGRAPH_CLIENT_CLI_SCHEMA_ROWS_H_
#define LABGRAPH_CLIENT_CLI_SCHEMA_ROWS_H_

#include <vector>

#include "client/cli/output/row.h"
#include "client/cli/words/languages.h"
#include "labgraph/v1/schema.pb.h"

// How the definitions of a schema look in a table and as CSV.

namespace labgraph::cli {

std::vector<Column> KindColumns();
Row KindRow(const v1::Kind& kind, const Languages& languages);

std::vector<Column> PredicateColumns();
Row PredicateRow(const v1::Predicate& predicate, const Languages& languages);

std::vector<Column> QualifierColumns();
Row QualifierRow(const v1::Qualifier& qualifier, const Languages& languages);

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_SCHEMA_ROWS_H_
