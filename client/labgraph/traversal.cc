#include "labgraph/traversal.h"

#include "absl/strings/str_cat.h"
#include "labgraph/error.h"
#include "labgraph/internal/filters.h"
#include "labgraph/internal/request_checks.h"
#include "labgraph/internal/stream_rows.h"

namespace labgraph::client {

Traversal::Traversal(std::vector<std::string> start) {
  for (std::string& id : start) request_.add_start(std::move(id));
  if (request_.start().empty()) {
    mistake_.Update(MakeError(v1::ERROR_REASON_FIELD_REQUIRED, "start",
                              "A walk needs an entity to start from, "
                              "for example From(\"lab/exit\")."));
  }
}

Traversal& Traversal::Step(v1::Direction direction, std::vector<std::string> predicates) {
  v1::TraverseStep& step = *request_.add_steps();
  step.set_direction(direction);
  for (std::string& predicate : predicates) step.add_predicates(std::move(predicate));
  return *this;
}

Traversal& Traversal::Hops(uint32_t min, uint32_t max) {
  v1::TraverseStep* step = LastStep("Hops");
  if (step == nullptr) return *this;
  if (min > max) {
    mistake_.Update(MakeError(
        v1::ERROR_REASON_FIELD_INVALID, LastStepField("max_hops"),
        absl::StrCat("Hops(", min, ", ", max, ") has its least above its most.")));
  }
  step->set_min_hops(min);
  step->set_max_hops(max);
  return *this;
}

Traversal& Traversal::Kinds(const std::vector<std::string>& kinds) {
  if (v1::TraverseStep* step = LastStep("Kinds"); step != nullptr) {
    for (const std::string& kind : kinds) step->add_kinds(kind);
  }
  return *this;
}

Traversal& Traversal::Where(absl::string_view filter) {
  if (v1::TraverseStep* step = LastStep("Where"); step != nullptr) {
    step->set_where(internal::BothFilters(step->where(), filter));
  }
  return *this;
}

Traversal& Traversal::View(v1::EntityView view) {
  request_.set_view(view);
  return *this;
}

Traversal& Traversal::WithPaths() {
  request_.set_include_paths(true);
  return *this;
}

Traversal& Traversal::WithIntermediate() {
  request_.set_include_intermediate(true);
  return *this;
}

Traversal& Traversal::CountOnly() {
  request_.set_count_only(true);
  return *this;
}

Traversal& Traversal::Limit(uint64_t hits) {
  mistake_.Update(internal::CheckPositive(hits, "max_hits"));
  request_.set_max_hits(hits);
  return *this;
}

Traversal& Traversal::MaxVisited(uint64_t statements) {
  mistake_.Update(internal::CheckPositive(statements, "max_visited"));
  request_.set_max_visited(statements);
  return *this;
}

Traversal& Traversal::PageToken(absl::string_view token) {
  request_.set_page_token(std::string(token));
  return *this;
}

absl::StatusOr<v1::TraverseRequest> Traversal::Build() const {
  absl::Status status = mistake_;
  status.Update(internal::CheckRead(read()));
  if (!status.ok()) return status;
  v1::TraverseRequest request = request_;
  *request.mutable_read() = read();
  return request;
}

TraversalRange Traversal::Run(std::shared_ptr<Connection> connection) const {
  return internal::StreamedRange<v1::TraverseHit, v1::TraverseSummary>(
      std::move(connection), Build(), &Connection::Traverse,
      &v1::TraverseResponse::mutable_hits);
}

v1::TraverseStep* Traversal::LastStep(absl::string_view method) {
  if (!request_.steps().empty()) {
    return request_.mutable_steps(request_.steps_size() - 1);
  }
  mistake_.Update(MakeError(
      v1::ERROR_REASON_FIELD_REQUIRED, "steps",
      absl::StrCat(method,
                   "() speaks of a step: begin one with Out(), In() or Both().")));
  return nullptr;
}

std::string Traversal::LastStepField(absl::string_view field) const {
  return absl::StrCat("steps[", request_.steps_size() - 1, "].", field);
}

}  // namespace labgraph::client
