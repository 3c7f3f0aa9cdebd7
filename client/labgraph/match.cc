#include "labgraph/match.h"

#include <utility>

#include "labgraph/internal/pattern_fields.h"
#include "labgraph/internal/request_checks.h"
#include "labgraph/internal/stream_rows.h"

namespace labgraph::client {

Match::Match(const Pattern& pattern) : mistake_(pattern.Check()) {
  internal::SetPattern(pattern, request_);
}

Match& Match::View(v1::EntityView view) {
  request_.set_view(view);
  return *this;
}

Match& Match::WithStatements() {
  request_.set_include_statements(true);
  return *this;
}

Match& Match::CountOnly() {
  request_.set_count_only(true);
  return *this;
}

Match& Match::Limit(uint64_t rows) {
  mistake_.Update(internal::CheckPositive(rows, "max_rows"));
  request_.set_max_rows(rows);
  return *this;
}

Match& Match::MaxVisited(uint64_t statements) {
  mistake_.Update(internal::CheckPositive(statements, "max_visited"));
  request_.set_max_visited(statements);
  return *this;
}

absl::StatusOr<v1::MatchPatternRequest> Match::Build() const {
  absl::Status status = mistake_;
  status.Update(internal::CheckRead(read()));
  if (!status.ok()) return status;
  v1::MatchPatternRequest request = request_;
  *request.mutable_read() = read();
  return request;
}

MatchRange Match::Run(std::shared_ptr<Connection> connection) const {
  return internal::StreamedRange<v1::PatternRow, v1::MatchPatternSummary>(
      std::move(connection), Build(), &Connection::MatchPattern,
      &v1::MatchPatternResponse::mutable_rows);
}

}  // namespace labgraph::client
