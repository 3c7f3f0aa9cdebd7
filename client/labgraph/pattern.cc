#include "labgraph/pattern.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "labgraph/error.h"
#include "labgraph/internal/filters.h"

namespace labgraph::client {
namespace {

absl::Status NoEdge(absl::string_view method) {
  return MakeError(v1::ERROR_REASON_FIELD_REQUIRED, "edges",
                   absl::StrCat(method,
                                "() speaks of an edge: begin one with Out(), In() or "
                                "Both()."));
}

}  // namespace

Pattern::Pattern(absl::string_view variable) { GoTo(variable); }

Pattern& Pattern::And(absl::string_view variable) {
  CheckNoEdgeOpen();
  GoTo(variable);
  return *this;
}

Pattern& Pattern::Edge(v1::Direction direction,
                       const std::vector<std::string>& predicates) {
  CheckNoEdgeOpen();
  v1::PatternEdge& edge = edges_.emplace_back();
  edge.set_from(variables_[last_].name());
  edge.set_direction(direction);
  edge.mutable_predicates()->Assign(predicates.begin(), predicates.end());
  return *this;
}

Pattern& Pattern::To(absl::string_view variable) {
  if (IsEdgeOpen()) {
    edges_.back().set_to(std::string(variable));
  } else {
    mistake_.Update(NoEdge("To"));
  }
  GoTo(variable);
  return *this;
}

Pattern& Pattern::Hops(uint32_t min, uint32_t max) {
  if (edges_.empty()) {
    mistake_.Update(NoEdge("Hops"));
    return *this;
  }
  if (min > max) {
    mistake_.Update(MakeError(
        v1::ERROR_REASON_FIELD_INVALID,
        absl::StrCat("edges[", edges_.size() - 1, "].max_hops"),
        absl::StrCat("Hops(", min, ", ", max, ") has its least above its most.")));
  }
  edges_.back().set_min_hops(min);
  edges_.back().set_max_hops(max);
  return *this;
}

Pattern& Pattern::Kinds(const std::vector<std::string>& kinds) {
  LastVariable().mutable_kinds()->Add(kinds.begin(), kinds.end());
  return *this;
}

Pattern& Pattern::Ids(const std::vector<std::string>& ids) {
  LastVariable().mutable_ids()->Add(ids.begin(), ids.end());
  return *this;
}

Pattern& Pattern::Where(absl::string_view filter) {
  v1::PatternVariable& variable = LastVariable();
  variable.set_where(internal::BothFilters(variable.where(), filter));
  return *this;
}

Pattern& Pattern::AllDifferent() {
  all_different_ = true;
  return *this;
}

absl::Status Pattern::Check() const {
  absl::Status status = mistake_;
  status.Update(EdgeWithoutEnd());
  return status;
}

void Pattern::GoTo(absl::string_view variable) {
  const auto found = std::find_if(
      variables_.begin(), variables_.end(),
      [variable](const v1::PatternVariable& known) { return known.name() == variable; });
  last_ = found - variables_.begin();
  if (found == variables_.end()) {
    variables_.emplace_back().set_name(std::string(variable));
  }
}

absl::Status Pattern::EdgeWithoutEnd() const {
  if (!IsEdgeOpen()) return absl::OkStatus();
  return MakeError(v1::ERROR_REASON_FIELD_REQUIRED,
                   absl::StrCat("edges[", edges_.size() - 1, "].to"),
                   "The edge leads nowhere: end it with To() before going on.");
}

v1::PatternVariable& Pattern::LastVariable() {
  CheckNoEdgeOpen();
  return variables_[last_];
}

}  // namespace labgraph::client
