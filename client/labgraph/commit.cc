#include "labgraph/commit.h"

#include <string>
#include <utility>

#include "labgraph/internal/request_id.h"

namespace labgraph::client {

Commit::Commit() { request_.set_request_id(internal::RandomRequestId()); }

Commit& Commit::PutEntity(v1::Entity entity) {
  *request_.add_mutations()->mutable_put_entity() = std::move(entity);
  return *this;
}

Commit& Commit::PutStatement(v1::Statement statement) {
  *request_.add_mutations()->mutable_put_statement() = std::move(statement);
  return *this;
}

Commit& Commit::Retract(absl::string_view statement_id) {
  request_.add_mutations()->mutable_retract_statement()->set_id(
      std::string(statement_id));
  return *this;
}

Commit& Commit::Delete(absl::string_view entity_id) {
  request_.add_mutations()->mutable_delete_entity()->set_id(std::string(entity_id));
  return *this;
}

Commit& Commit::DeleteWithStatements(absl::string_view entity_id) {
  v1::DeleteEntity& deletion = *request_.add_mutations()->mutable_delete_entity();
  deletion.set_id(std::string(entity_id));
  deletion.set_cascade(true);
  return *this;
}

Commit& Commit::Merge(absl::string_view from, absl::string_view into) {
  v1::MergeEntities& merge = *request_.add_mutations()->mutable_merge_entities();
  merge.set_from(std::string(from));
  merge.set_into(std::string(into));
  return *this;
}

Commit& Commit::Unmerge(absl::string_view entity_id) {
  request_.add_mutations()->mutable_unmerge_entity()->set_id(std::string(entity_id));
  return *this;
}

Commit& Commit::If(v1::Precondition precondition) {
  *request_.add_preconditions() = std::move(precondition);
  return *this;
}

Commit& Commit::Actor(absl::string_view name) {
  request_.set_actor(std::string(name));
  return *this;
}

Commit& Commit::Message(absl::string_view message) {
  request_.set_message(std::string(message));
  return *this;
}

Commit& Commit::RequestId(absl::string_view id) {
  request_.set_request_id(std::string(id));
  return *this;
}

Commit& Commit::ValidateOnly() {
  request_.set_validate_only(true);
  return *this;
}

absl::StatusOr<v1::CommitResponse> Commit::Run(Connection& connection) const {
  return connection.Commit(request_);
}

}  // namespace labgraph::client
