#include "labgraph/aggregation.h"

#include <utility>

#include "labgraph/error.h"
#include "labgraph/internal/pattern_fields.h"
#include "labgraph/internal/request_checks.h"

namespace labgraph::client {

Aggregation::Aggregation(const absl::optional<Pattern>& pattern) {
  if (!pattern.has_value()) return;
  mistake_.Update(pattern->Check());
  internal::SetPattern(*pattern, request_);
}

Aggregation& Aggregation::ById(absl::string_view variable) {
  return By(v1::GROUP_BY_ID, variable, "");
}

Aggregation& Aggregation::ByKind(absl::string_view variable) {
  return By(v1::GROUP_BY_KIND, variable, "");
}

Aggregation& Aggregation::ByProperty(absl::string_view variable,
                                     absl::string_view property) {
  return By(v1::GROUP_BY_PROPERTY, variable, property);
}

Aggregation& Aggregation::ByYear(absl::string_view variable, absl::string_view property) {
  return By(v1::GROUP_BY_YEAR, variable, property);
}

Aggregation& Aggregation::ByPredicate() { return By(v1::GROUP_BY_PREDICATE, "", ""); }

Aggregation& Aggregation::ByYear() { return By(v1::GROUP_BY_YEAR, "", ""); }

Aggregation& Aggregation::By(v1::GroupKey key) {
  *request_.add_group_by() = std::move(key);
  return *this;
}

Aggregation& Aggregation::Subject(absl::string_view id) {
  request_.mutable_statements()->set_subject(std::string(id));
  return *this;
}

Aggregation& Aggregation::Object(absl::string_view id) {
  request_.mutable_statements()->set_object(std::string(id));
  return *this;
}

Aggregation& Aggregation::Predicates(const std::vector<std::string>& predicates) {
  request_.mutable_statements()->mutable_predicates()->Add(predicates.begin(),
                                                           predicates.end());
  return *this;
}

Aggregation& Aggregation::Source(absl::string_view id) {
  request_.mutable_statements()->set_source(std::string(id));
  return *this;
}

Aggregation& Aggregation::Limit(uint32_t groups) {
  mistake_.Update(internal::CheckPositive(groups, "max_groups"));
  request_.set_max_groups(groups);
  return *this;
}

Aggregation& Aggregation::MaxVisited(uint64_t statements) {
  mistake_.Update(internal::CheckPositive(statements, "max_visited"));
  request_.set_max_visited(statements);
  return *this;
}

absl::StatusOr<v1::AggregateRequest> Aggregation::Build() const {
  absl::Status status = mistake_;
  status.Update(internal::CheckRead(read()));
  if (request_.has_statements() && !request_.variables().empty()) {
    status.Update(MakeError(v1::ERROR_REASON_FIELD_INVALID, "statements",
                            "Subject(), Object(), Predicates() and Source() choose "
                            "statements: begin with CountStatements()."));
  }
  if (!status.ok()) return status;
  v1::AggregateRequest request = request_;
  *request.mutable_read() = read();
  return request;
}

absl::StatusOr<v1::AggregateResponse> Aggregation::Run(Connection& connection) const {
  const absl::StatusOr<v1::AggregateRequest> request = Build();
  if (!request.ok()) return request.status();
  return connection.Aggregate(*request);
}

Aggregation& Aggregation::By(v1::GroupBy by, absl::string_view variable,
                             absl::string_view property) {
  v1::GroupKey key;
  key.set_by(by);
  key.set_variable(std::string(variable));
  key.set_property(std::string(property));
  return By(std::move(key));
}

}  // namespace labgraph::client
