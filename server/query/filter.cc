#include "server/query/filter.h"

#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"
#include "server/query/filter_matcher.h"
#include "server/query/filter_parser.h"

namespace labgraph::query {

absl::StatusOr<Filter> Filter::Parse(absl::string_view text,
                                     const schema::Ontology& ontology,
                                     absl::string_view field) {
  if (text.size() > limits::kFilterBytes.value) {
    return errors::LimitExceeded(field, limits::kFilterBytes, text.size());
  }
  Filter filter;
  ASSIGN_OR_RETURN(filter.root_, FilterParser({text, field}, ontology).Parse());
  return filter;
}

absl::StatusOr<bool> Filter::Matches(graph::View& view, keys::EntityNumber entity) const {
  return FilterMatcher(*this, &view).Matches(entity);
}

}  // namespace labgraph::query
