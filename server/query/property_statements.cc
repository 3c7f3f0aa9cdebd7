#include "server/query/property_statements.h"

#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/keys/keyspaces.h"
#include "server/keys/rows.h"

namespace labgraph::query {

absl::Status VisitProperty(
    graph::View& view, keys::EntityNumber entity, schema::PredicateNumber property,
    absl::FunctionRef<absl::StatusOr<bool>(keys::StatementNumber)> visit) {
  graph::RowScan scan =
      view.records().rows().Scan(keys::kValue, keys::ValuePrefix(entity, property));
  for (; scan.Valid(); scan.Next()) {
    keys::IndexRow row;
    if (!keys::IndexRow::Decode(scan.value(), &row)) {
      return errors::StorageCorrupt(keys::kNames[keys::kValue],
                                    "a row cannot be decoded.");
    }
    if (!view.verdicts().Passes(static_cast<keys::FacetNumber>(row.number))) continue;
    ASSIGN_OR_RETURN(const bool go_on, visit(keys::LastBe64(scan.key())));
    if (!go_on) return absl::OkStatus();
  }
  return scan.status();
}

}  // namespace labgraph::query
