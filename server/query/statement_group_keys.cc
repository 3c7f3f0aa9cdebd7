#include "server/query/statement_group_keys.h"

#include "server/query/group_year.h"

namespace labgraph::query {
namespace {

constexpr GroupKey::Code kUnknown = UINT32_MAX;

}  // namespace

absl::StatusOr<absl::Span<const GroupKey::Code>> FacetKey::Of(const Counted& counted) {
  if (counted.facet >= codes_.size()) codes_.resize(counted.facet + 1, kUnknown);
  Code& code = codes_[counted.facet];
  if (code == kUnknown) {
    code = texts_.Code(TextOf(tools_.view.verdicts().FacetOf(counted.facet)));
  }
  return absl::Span<const Code>(&code, 1);
}

std::string FacetKey::TextOf(const graph::Facet& facet) const {
  if (by_ == v1::GROUP_BY_YEAR) return YearText(facet.bounds.earliest_start);
  const schema::Predicate* const predicate =
      tools_.view.ontology().FindPredicate(facet.predicate);
  return predicate == nullptr ? std::string() : predicate->definition.name();
}

}  // namespace labgraph::query
