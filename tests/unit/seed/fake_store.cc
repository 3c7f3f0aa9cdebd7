#include "fake_store.h"

#include "absl/strings/str_cat.h"
#include "labgraph/error.h"

namespace labgraph::seed {
namespace {

std::string IdOf(const v1::Mutation& mutation) {
  if (mutation.has_put_entity()) return mutation.put_entity().id();
  const v1::Statement& statement = mutation.put_statement();
  if (!statement.id().empty()) return statement.id();
  return absl::StrCat("s-", statement.subject(), "-", statement.predicate(), "-",
                      statement.object(), statement.value().ShortDebugString());
}

// Puts the record and tells what that did.
v1::Outcome Put(const std::string& id, const std::string& record,
                std::map<std::string, std::string>* records) {
  auto [it, is_new] = records->emplace(id, record);
  if (is_new) return v1::OUTCOME_CREATED;
  if (it->second == record) return v1::OUTCOME_UNCHANGED;
  it->second = record;
  return v1::OUTCOME_UPDATED;
}

void AddProblem(const std::string& reason, size_t index, const std::string& field,
                v1::CommitResponse* response) {
  v1::Problem* problem = response->add_problems();
  problem->set_reason(reason);
  problem->set_field(absl::StrCat("mutations[", index, "].", field));
  problem->set_message("The fake store does not take this.");
}

bool ChangesAnything(const v1::CommitResponse& response) {
  for (const v1::MutationResult& result : response.results()) {
    if (result.outcome() != v1::OUTCOME_UNCHANGED) return true;
  }
  return false;
}

}  // namespace

FakeStore::FakeStore() : connection_(std::make_shared<client::MockConnection>()) {
  connection_->get_server_info = [this](const v1::GetServerInfoRequest&) {
    v1::GetServerInfoResponse response;
    v1::Limit* limit = response.add_limits();
    limit->set_name("mutations");
    limit->set_value(max_mutations);
    return response;
  };
  connection_->commit = [this](const v1::CommitRequest& request) {
    return Commit(request);
  };
  connection_->import_part = [this](const v1::ImportRequest& request) {
    return Import(request);
  };
  connection_->apply_schema = [this](const v1::ApplySchemaRequest& request) {
    return ApplySchema(request);
  };
}

absl::StatusOr<v1::CommitResponse> FakeStore::Commit(const v1::CommitRequest& request) {
  commits.push_back(request);
  if (!failure.ok()) return failure;
  if (static_cast<size_t>(request.mutations_size()) > max_mutations) {
    return client::MakeError(v1::ERROR_REASON_LIMIT_EXCEEDED, "mutations", "Too many.");
  }
  v1::CommitResponse response;
  Records records = records_;
  for (int i = 0; i < request.mutations_size(); ++i) {
    Apply(request.mutations(i), i, &records, &response);
  }
  if (!response.problems().empty()) {
    response.clear_results();
    if (request.validate_only()) return response;
    return client::MakeError(v1::ERROR_REASON_REFERENCE_NOT_FOUND,
                             response.problems(0).field(),
                             response.problems(0).message());
  }
  if (!request.validate_only()) {
    records_ = records;
    if (ChangesAnything(response)) ++revision_;
  }
  response.set_revision(revision_);
  return response;
}

void FakeStore::Apply(const v1::Mutation& mutation, size_t index, Records* records,
                      v1::CommitResponse* response) const {
  const std::string id = IdOf(mutation);
  if (auto it = refused.find(id); it != refused.end()) {
    AddProblem("FIELD_INVALID", index, absl::StrCat("put_entity.", it->second), response);
  }
  const v1::Statement& statement = mutation.put_statement();
  for (const auto& [field, end] : {std::pair("subject", statement.subject()),
                                   std::pair("object", statement.object())}) {
    if (!end.empty() && records->count(end) == 0) {
      AddProblem("REFERENCE_NOT_FOUND", index, absl::StrCat("put_statement.", field),
                 response);
    }
  }
  v1::MutationResult* result = response->add_results();
  result->set_id(id);
  result->set_outcome(Put(id, mutation.ShortDebugString(), records));
}

absl::StatusOr<v1::ImportResponse> FakeStore::Import(const v1::ImportRequest& request) {
  v1::ImportResponse response;
  if (request.mutations().empty()) {
    auto kept = checkpoints.find(request.checkpoint().name());
    if (kept != checkpoints.end()) response.set_checkpoint(kept->second);
    return response;
  }
  parts.push_back(request);
  v1::CommitRequest commit;
  *commit.mutable_mutations() = request.mutations();
  absl::StatusOr<v1::CommitResponse> committed = Commit(commit);
  if (!committed.ok()) return committed.status();
  response.set_checkpoint(NoteCheckpoint(request.checkpoint()));
  response.set_parts(parts.size());
  response.set_revision(committed->revision());
  for (const v1::MutationResult& result : committed->results()) {
    if (result.outcome() == v1::OUTCOME_CREATED)
      response.set_created(response.created() + 1);
    if (result.outcome() == v1::OUTCOME_UPDATED)
      response.set_updated(response.updated() + 1);
    if (result.outcome() == v1::OUTCOME_UNCHANGED) {
      response.set_unchanged(response.unchanged() + 1);
    }
  }
  return response;
}

uint64_t FakeStore::NoteCheckpoint(const v1::ImportCheckpoint& checkpoint) {
  if (!keeps_checkpoints || checkpoint.name().empty()) return 0;
  checkpoints[checkpoint.name()] = checkpoint.position();
  if (!checkpoint.done()) return checkpoint.position();
  checkpoints.erase(checkpoint.name());
  return 0;
}

absl::StatusOr<v1::ApplySchemaResponse> FakeStore::ApplySchema(
    const v1::ApplySchemaRequest& request) {
  schemas.push_back(request);
  if (!failure.ok()) return failure;
  v1::ApplySchemaResponse response;
  Records schema = schema_;
  for (int i = 0; i < request.schema().kinds_size(); ++i) {
    const v1::Kind& kind = request.schema().kinds(i);
    if (kind.name() == "bad") {
      return client::MakeError(v1::ERROR_REASON_SCHEMA_INVALID,
                               absl::StrCat("schema.kinds[", i, "].name"), "A bad kind.");
    }
    const v1::Outcome outcome = Put(kind.name(), kind.ShortDebugString(), &schema);
    if (outcome == v1::OUTCOME_UNCHANGED) continue;
    v1::SchemaDifference* difference = response.add_differences();
    difference->set_outcome(outcome);
    difference->set_type("kind");
    difference->set_name(kind.name());
  }
  if (!request.validate_only()) {
    if (!response.differences().empty()) ++revision_;
    schema_ = schema;
  }
  response.set_revision(revision_);
  return response;
}

}  // namespace labgraph::seed
