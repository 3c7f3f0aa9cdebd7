#include "client/cli/labels.h"

#include <set>

#include "client/cli/words/languages.h"

namespace labgraph::cli {
namespace {

using ByName = absl::flat_hash_map<std::string, std::string>;
using Statements = google::protobuf::RepeatedPtrField<v1::Statement>;

// Most ids that one BatchGetEntities takes.
constexpr int kLargestBatch = 1000;

absl::StatusOr<ByName> FetchPredicates(client::Connection& connection,
                                       const v1::ReadOptions& read) {
  v1::GetSchemaRequest request;
  *request.mutable_read() = read;
  const absl::StatusOr<v1::GetSchemaResponse> response = connection.GetSchema(request);
  if (!response.ok()) return response.status();
  const Languages languages(read.lang());
  ByName labels;
  for (const v1::Predicate& predicate : response->schema().predicates()) {
    labels[predicate.name()] = languages.Pick(predicate.labels());
  }
  return labels;
}

absl::Status FetchBatch(client::Connection& connection,
                        const v1::BatchGetEntitiesRequest& request, ByName& labels) {
  const absl::StatusOr<v1::BatchGetEntitiesResponse> response =
      connection.BatchGetEntities(request);
  if (!response.ok()) return response.status();
  for (const v1::Entity& entity : response->entities()) {
    labels[entity.id()] = entity.label().text();
  }
  return absl::OkStatus();
}

absl::StatusOr<ByName> FetchObjects(client::Connection& connection,
                                    const v1::ReadOptions& read,
                                    const Statements& statements) {
  std::set<std::string> ids;
  for (const v1::Statement& statement : statements) {
    if (statement.has_object()) ids.insert(statement.object());
  }
  ByName labels;
  v1::BatchGetEntitiesRequest request;
  *request.mutable_read() = read;
  for (auto id = ids.begin(); id != ids.end();) {
    request.clear_ids();
    while (id != ids.end() && request.ids_size() < kLargestBatch) {
      request.add_ids(*id++);
    }
    const absl::Status status = FetchBatch(connection, request, labels);
    if (!status.ok()) return status;
  }
  return labels;
}

std::string Find(const ByName& labels, absl::string_view name) {
  const auto found = labels.find(name);
  return found == labels.end() ? "" : found->second;
}

}  // namespace

absl::StatusOr<Labels> Labels::Fetch(client::Connection& connection,
                                     const v1::ReadOptions& read, uint64_t revision,
                                     const Statements& statements) {
  v1::ReadOptions same_state;
  same_state.set_revision(revision);
  same_state.set_lang(read.lang());
  absl::StatusOr<ByName> predicates = FetchPredicates(connection, same_state);
  if (!predicates.ok()) return predicates.status();
  absl::StatusOr<ByName> objects = FetchObjects(connection, same_state, statements);
  if (!objects.ok()) return objects.status();
  Labels labels;
  labels.predicates_ = *std::move(predicates);
  labels.entities_ = *std::move(objects);
  return labels;
}

std::string Labels::OfPredicate(absl::string_view name) const {
  const std::string label = Find(predicates_, name);
  return label.empty() ? std::string(name) : label;
}

std::string Labels::OfEntity(absl::string_view id) const { return Find(entities_, id); }

}  // namespace labgraph::cli
