#include "server/query/statement_header.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/keys/keyspaces.h"
#include "server/keys/rows.h"

namespace labgraph::query {

absl::StatusOr<absl::optional<StatementHeader>> ReadStatementHeader(
    const graph::RecordReader& records, keys::StatementNumber number) {
  ASSIGN_OR_RETURN(const absl::optional<std::string> bytes,
                   records.rows().Get(keys::kStatement, keys::StatementKey(number)));
  if (!bytes.has_value()) return absl::optional<StatementHeader>();
  keys::StatementRow row;
  if (!keys::StatementRow::Decode(*bytes, &row)) {
    return errors::StorageCorrupt(absl::StrCat("statement/", number),
                                  "a record cannot be decoded.");
  }
  return absl::make_optional<StatementHeader>(
      {row.subject, row.predicate, row.object, row.facet});
}

}  // namespace labgraph::query
