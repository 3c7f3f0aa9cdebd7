#include "server/graph/commit_group.h"

#include <cstdint>
#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "server/base/error.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"
#include "server/base/timestamp.h"
#include "server/graph/commit_attempt.h"
#include "server/graph/import_checkpoint.h"
#include "server/graph/mutations.h"
#include "server/graph/preconditions.h"
#include "server/graph/record_checks.h"
#include "server/graph/request_log.h"
#include "server/graph/schema_commit.h"
#include "server/schema/checks.h"

namespace labgraph::graph {
namespace {

void AddProblem(const absl::Status& error, v1::CommitResponse* response) {
  v1::Problem* problem = response->add_problems();
  problem->set_reason(ReasonName(ReasonOf(error)));
  problem->set_field(FieldOf(error));
  problem->set_message(std::string(error.message()));
}

// The record that a mutation would make, for telling follow-up errors from first ones.
std::string NamedId(const v1::Mutation& mutation) {
  return mutation.has_put_entity() ? mutation.put_entity().id()
                                   : mutation.put_statement().id();
}

absl::Status AtMutation(const absl::Status& status, int index) {
  return AtField(status, absl::StrCat("mutations[", index, "]"));
}

void AddResult(Applied applied, v1::CommitResponse* response) {
  v1::MutationResult* result = response->add_results();
  result->set_outcome(applied.outcome);
  result->set_id(std::move(applied.id));
}

absl::Status ApplyAll(const v1::CommitRequest& request, Draft& draft,
                      v1::CommitResponse* response) {
  for (int i = 0; i < request.mutations_size(); ++i) {
    absl::StatusOr<Applied> applied =
        ApplyMutation(v1::Mutation(request.mutations(i)), i, draft);
    if (!applied.ok()) return AtMutation(applied.status(), i);
    AddResult(*std::move(applied), response);
  }
  return absl::OkStatus();
}

// Goes on after an error as if that mutation were not there, but leaves out the errors
// that only follow from it.
void FindProblems(const v1::CommitRequest& request, Draft& draft,
                  v1::CommitResponse* response) {
  absl::flat_hash_set<std::string> failed;
  for (int i = 0; i < request.mutations_size(); ++i) {
    const WriteBuffer::Mark mark = draft.buffer().SetMark();
    const keys::State state = draft.state();
    const uint64_t cascaded = draft.cascaded();
    absl::StatusOr<Applied> applied =
        ApplyMutation(v1::Mutation(request.mutations(i)), i, draft);
    if (applied.ok()) {
      AddResult(*std::move(applied), response);
      continue;
    }
    draft.buffer().RollBack(mark);
    draft.state() = state;
    draft.cascaded() = cascaded;
    failed.insert(NamedId(request.mutations(i)));
    const bool follows =
        ReasonOf(applied.status()) == v1::ERROR_REASON_REFERENCE_NOT_FOUND &&
        failed.contains(MetaOf(applied.status(), "id"));
    if (follows ||
        static_cast<uint64_t>(response->problems_size()) >= limits::kProblems.value) {
      continue;
    }
    AddProblem(AtMutation(applied.status(), i), response);
  }
  if (response->problems_size() > 0) response->clear_results();
}

void Count(v1::Outcome outcome, v1::ImportResponse* response) {
  switch (outcome) {
    case v1::OUTCOME_CREATED:
      return response->set_created(response->created() + 1);
    case v1::OUTCOME_UPDATED:
      return response->set_updated(response->updated() + 1);
    case v1::OUTCOME_RETRACTED:
      return response->set_retracted(response->retracted() + 1);
    default:
      return response->set_unchanged(response->unchanged() + 1);
  }
}

absl::Status CheckPart(const v1::ImportRequest& part) {
  if (static_cast<uint64_t>(part.mutations_size()) > limits::kMutations.value) {
    return errors::LimitExceeded("mutations", limits::kMutations, part.mutations_size());
  }
  RETURN_IF_ERROR(CheckProvenance(part.message(), part.actor()));
  return part.has_checkpoint() ? CheckCheckpoint(part.checkpoint()) : absl::OkStatus();
}

}  // namespace

absl::Status CommitInGroup(const v1::CommitRequest& request, CommitGroup& group,
                           v1::CommitResponse* response) {
  RequestLog log(&group.buffer, group.clock->Now());
  ASSIGN_OR_RETURN(const bool replayed, log.Find(request, response));
  if (replayed) return absl::OkStatus();
  CommitAttempt attempt(&group, group.ontology);
  const absl::Status holds =
      CheckPreconditions(request.preconditions(), group, attempt.draft());
  if (request.validate_only()) {
    if (!holds.ok()) AddProblem(holds, response);
    FindProblems(request, attempt.draft(), response);
  } else {
    RETURN_IF_ERROR(holds);
    RETURN_IF_ERROR(ApplyAll(request, attempt.draft(), response));
    attempt.Finish(request.message(), request.actor());
  }
  response->set_revision(group.state.head);
  if (group.state.head > 0)
    SetUnixNanos(group.state.head_time_ns, response->mutable_commit_time());
  if (request.validate_only()) return absl::OkStatus();
  RETURN_IF_ERROR(log.Remember(request, *response));
  attempt.Keep();
  return absl::OkStatus();
}

absl::Status ImportInGroup(v1::ImportRequest& part, CommitGroup& group,
                           v1::ImportResponse* response) {
  RETURN_IF_ERROR(CheckPart(part));
  CommitAttempt attempt(&group, group.ontology);
  for (int i = 0; i < part.mutations_size(); ++i) {
    const absl::StatusOr<Applied> applied =
        ApplyMutation(std::move(*part.mutable_mutations(i)), i, attempt.draft());
    if (!applied.ok()) return AtMutation(applied.status(), i);
    Count(applied->outcome, response);
  }
  attempt.Finish(part.message(), part.actor());
  response->set_revision(group.state.head);
  if (part.has_checkpoint()) {
    ASSIGN_OR_RETURN(const uint64_t position, UpdateCheckpoint(part, group.buffer));
    response->set_checkpoint(position);
  }
  attempt.Keep();
  return absl::OkStatus();
}

absl::Status ApplySchemaInGroup(const v1::ApplySchemaRequest& request, CommitGroup& group,
                                v1::ApplySchemaResponse* response) {
  absl::StatusOr<PlannedSchema> planned =
      PlanSchema(request, *group.ontology, group.numbering);
  RETURN_IF_ERROR(planned.status());
  for (const v1::SchemaDifference& difference : planned->differences) {
    *response->add_differences() = difference;
  }
  CommitAttempt attempt(&group, planned->ontology);
  ASSIGN_OR_RETURN(const SchemaProblems problems,
                   FindBrokenFacts(request, *planned, *group.ontology, attempt.draft()));
  if (problems.count > 0 && !request.validate_only()) return BrokenFacts(problems);
  for (const v1::Problem& problem : problems.listed) *response->add_problems() = problem;
  if (!request.validate_only() && !planned->differences.empty()) {
    WriteSchema(*planned, group.numbering, attempt.draft());
    group.numbering = std::move(planned->numbering);
    group.ontology = planned->ontology;
    group.numbers->Clear();
    attempt.Finish(request.message(), request.actor());
    attempt.Keep();
  }
  response->set_revision(group.state.head);
  return absl::OkStatus();
}

}  // namespace labgraph::graph
