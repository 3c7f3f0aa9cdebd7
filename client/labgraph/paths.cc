#include "labgraph/paths.h"

#include <utility>

#include "labgraph/error.h"
#include "labgraph/internal/filters.h"
#include "labgraph/internal/request_checks.h"
#include "labgraph/internal/stream_rows.h"

namespace labgraph::client {
namespace {

using Strings = google::protobuf::RepeatedPtrField<std::string>;

void Append(const std::vector<std::string>& items, Strings& list) {
  list.Add(items.begin(), items.end());
}

absl::Status CheckEnds(const Strings& ends, absl::string_view field) {
  if (!ends.empty()) return absl::OkStatus();
  return MakeError(v1::ERROR_REASON_FIELD_REQUIRED, field,
                   "A path needs an entity at either end.");
}

}  // namespace

PathSearch::PathSearch(std::vector<std::string> from, std::vector<std::string> to) {
  Append(from, *request_.mutable_from());
  Append(to, *request_.mutable_to());
  mistake_.Update(CheckEnds(request_.from(), "from"));
  mistake_.Update(CheckEnds(request_.to(), "to"));
}

PathSearch& PathSearch::AllShortest() {
  request_.set_mode(v1::PATH_MODE_ALL_SHORTEST);
  return *this;
}

PathSearch& PathSearch::KShortest(uint32_t k) {
  request_.set_mode(v1::PATH_MODE_K_SHORTEST);
  return Limit(k);
}

PathSearch& PathSearch::AllSimple() {
  request_.set_mode(v1::PATH_MODE_ALL_SIMPLE);
  return *this;
}

PathSearch& PathSearch::Along(const std::vector<std::string>& predicates) {
  Append(predicates, *request_.mutable_predicates());
  return *this;
}

PathSearch& PathSearch::Directed(v1::Direction direction) {
  request_.set_direction(direction);
  return *this;
}

PathSearch& PathSearch::Kinds(const std::vector<std::string>& kinds) {
  Append(kinds, *request_.mutable_kinds());
  return *this;
}

PathSearch& PathSearch::Where(absl::string_view filter) {
  request_.set_where(internal::BothFilters(request_.where(), filter));
  return *this;
}

PathSearch& PathSearch::Require(const std::vector<std::string>& ids) {
  Append(ids, *request_.mutable_required_entities());
  return *this;
}

PathSearch& PathSearch::RequirePredicates(const std::vector<std::string>& predicates) {
  Append(predicates, *request_.mutable_required_predicates());
  return *this;
}

PathSearch& PathSearch::Avoid(const std::vector<std::string>& ids) {
  Append(ids, *request_.mutable_avoid_entities());
  return *this;
}

PathSearch& PathSearch::AvoidPredicates(const std::vector<std::string>& predicates) {
  Append(predicates, *request_.mutable_avoid_predicates());
  return *this;
}

PathSearch& PathSearch::MaxHops(uint32_t hops) {
  mistake_.Update(internal::CheckPositive(hops, "max_hops"));
  request_.set_max_hops(hops);
  return *this;
}

PathSearch& PathSearch::Limit(uint32_t paths) {
  mistake_.Update(internal::CheckPositive(paths, "max_paths"));
  request_.set_max_paths(paths);
  return *this;
}

PathSearch& PathSearch::MaxVisited(uint64_t statements) {
  mistake_.Update(internal::CheckPositive(statements, "max_visited"));
  request_.set_max_visited(statements);
  return *this;
}

PathSearch& PathSearch::View(v1::EntityView view) {
  request_.set_view(view);
  return *this;
}

PathSearch& PathSearch::PageToken(absl::string_view token) {
  request_.set_page_token(std::string(token));
  return *this;
}

absl::StatusOr<v1::FindPathsRequest> PathSearch::Build() const {
  absl::Status status = mistake_;
  status.Update(internal::CheckRead(read()));
  if (!status.ok()) return status;
  v1::FindPathsRequest request = request_;
  *request.mutable_read() = read();
  return request;
}

PathRange PathSearch::Run(std::shared_ptr<Connection> connection) const {
  return internal::StreamedRange<v1::Path, v1::FindPathsSummary>(
      std::move(connection), Build(), &Connection::FindPaths,
      &v1::FindPathsResponse::mutable_paths);
}

PathSearch PathsBetween(absl::string_view from, absl::string_view to) {
  return PathSearch({std::string(from)}, {std::string(to)});
}

PathSearch PathsBetween(std::vector<std::string> from, std::vector<std::string> to) {
  return PathSearch(std::move(from), std::move(to));
}

}  // namespace labgraph::client
