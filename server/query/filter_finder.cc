#include "server/query/filter_finder.h"

#include <set>
#include <utility>

#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"
#include "server/keys/keyspaces.h"
#include "server/keys/rows.h"
#include "server/query/filter.h"
#include "server/query/filter_matcher.h"
#include "server/query/list_entities.h"

namespace labgraph::query {

absl::StatusOr<std::string> FilterFinder::FindOne(graph::View& view,
                                                  const v1::EntityMatch& match) const {
  ASSIGN_OR_RETURN(Filter filter,
                   Filter::Parse(match.filter(), view.ontology(), "filter"));
  if (match.kinds().empty() && filter.matches_all()) {
    return errors::FieldRequired("filter");
  }
  ASSIGN_OR_RETURN(const std::set<std::string> prefixes,
                   EntityIdPrefixes(view.ontology(), match.kinds()));
  FilterMatcher matcher(std::move(filter), &view);
  uint64_t looked_at = 0;
  for (const std::string& prefix : prefixes) {
    graph::RowScan scan = view.records().rows().Scan(keys::kEntityId, prefix);
    for (; scan.Valid(); scan.Next()) {
      if (++looked_at > limits::kPreconditionEntities.value) {
        return errors::LimitExceeded("", limits::kPreconditionEntities, looked_at);
      }
      keys::IndexRow row;
      keys::IndexRow::Decode(scan.value(), &row);
      ASSIGN_OR_RETURN(const bool matches, matcher.Matches(row.number));
      if (matches) return view.EntityId(row.number);
    }
    RETURN_IF_ERROR(scan.status());
  }
  return std::string();
}

}  // namespace labgraph::query
