#include "server/query/statement_header.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/keys/keyspaces.h"
#include "server/keys/rows.h"

namespace labgraph::query {

absl::StatusOr<StatementHeader> DecodeStatementHeader(keys::StatementNumber number,
                                                      absl::string_view row_bytes) {
  keys::StatementRow row;
  if (!keys::StatementRow::Decode(row_bytes, &row)) {
    return errors::StorageCorrupt(absl::StrCat("statement/", number),
                                  "a record cannot be decoded.");
  }
  return StatementHeader{row.subject, row.predicate, row.object, row.facet};
}

absl::StatusOr<absl::optional<StatementHeader>> ReadStatementHeader(
    const graph::RecordReader& records, keys::StatementNumber number) {
  ASSIGN_OR_RETURN(const absl::optional<std::string> bytes,
                   records.rows().Get(keys::kStatement, keys::StatementKey(number)));
  if (!bytes.has_value()) return absl::optional<StatementHeader>();
  return DecodeStatementHeader(number, *bytes);
}

}  // namespace labgraph::query
