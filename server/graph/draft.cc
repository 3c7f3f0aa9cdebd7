#include "server/graph/draft.h"

namespace labgraph::graph {

absl::optional<size_t> Draft::Name(absl::string_view id, size_t index) {
  const auto found = named_.find(id);
  if (found != named_.end()) return found->second;
  named_.emplace(names_.Copy(id), index);
  return absl::nullopt;
}

keys::FacetNumber Draft::Intern(const Facet& facet) {
  if (last_facet_number_ == 0 || !(facet == last_facet_)) {
    last_facet_number_ = context_.facets->Intern(facet);
    last_facet_ = facet;
  }
  return last_facet_number_;
}

}  // namespace labgraph::graph
