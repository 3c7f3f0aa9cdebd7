#include "server/graph/committer.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "server/base/error.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"
#include "server/graph/mutations.h"
#include "server/graph/request_log.h"
#include "server/graph/schema_commit.h"
#include "server/keys/keyspaces.h"
#include "server/schema/checks.h"

namespace labgraph::graph {
namespace {

// Commits in one batch at most; keeps the wait of the last one short.
constexpr size_t kMaxGroup = 256;

absl::Status CheckRequest(const v1::CommitRequest& request) {
  if (static_cast<uint64_t>(request.mutations_size()) > limits::kMutations.value) {
    return errors::LimitExceeded("mutations", limits::kMutations,
                                 request.mutations_size());
  }
  RETURN_IF_ERROR(
      schema::CheckText(request.request_id(), limits::kRequestIdBytes, "request_id"));
  return schema::CheckText(request.message(), limits::kMessageTextBytes, "message");
}

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

void SetTime(int64_t ns, google::protobuf::Timestamp* time) {
  time->set_seconds(ns / 1000000000);
  time->set_nanos(static_cast<int32_t>(ns % 1000000000));
}

}  // namespace

Committer::Committer(kv::Store* store, FacetTable* facets, const EntityIndex* index,
                     const Clock* clock, WriteListener* listener,
                     std::shared_ptr<const Head> head, schema::Numbering numbering,
                     Publish publish)
    : store_(store),
      facets_(facets),
      index_(index),
      clock_(clock),
      listener_(listener),
      publish_(std::move(publish)),
      head_(std::move(head)),
      numbering_(std::move(numbering)),
      facets_written_(facets->size()) {}

absl::Status Committer::Run(Work work) {
  Waiting self(work);
  std::vector<Waiting*> group;
  {
    absl::MutexLock lock(&mu_);
    queue_.push_back(&self);
    const auto my_turn = [this, &self]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
      return self.done || (!leading_ && queue_.front() == &self);
    };
    mu_.Await(absl::Condition(&my_turn));
    if (self.done) return self.status;
    leading_ = true;
    const size_t size = std::min(queue_.size(), kMaxGroup);
    group.assign(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(size));
    queue_.erase(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(size));
  }
  Lead(group);
  absl::MutexLock lock(&mu_);
  leading_ = false;
  for (Waiting* waiting : group) waiting->done = true;
  return self.status;
}

void Committer::Lead(const std::vector<Waiting*>& group) {
  if (!failed_.ok()) {
    for (Waiting* waiting : group) waiting->status = failed_;
    return;
  }
  CommitGroup commits{kv::Overlay(head_->snapshot.get()), head_->state, head_->ontology,
                      numbering_};
  for (Waiting* waiting : group) waiting->status = waiting->work(commits);
  const absl::Status written = Write(commits);
  if (written.ok()) return;
  failed_ = errors::StorageFailed(
      absl::StrCat("A write failed and the server takes no more until it is restarted: ",
                   written.message()));
  // What a commit saw of those before it is void as well.
  for (Waiting* waiting : group) waiting->status = written;
}

absl::Status Committer::Write(CommitGroup& group) {
  if (group.overlay.empty()) return absl::OkStatus();
  const size_t facets = facets_->size();
  for (size_t i = facets_written_ + 1; i <= facets; ++i) {
    const auto number = static_cast<keys::FacetNumber>(i);
    group.overlay.Put(keys::kFacet, keys::FacetKey(number),
                      facets_->Get(number).Encode());
  }
  group.overlay.Put(keys::kMeta, keys::kMetaState, group.state.Encode());
  const kv::Batch batch = group.overlay.ToBatch();
  RETURN_IF_ERROR(store_->Write(batch));
  if (listener_ != nullptr) listener_->OnWritten(batch, group.state.head);
  facets_written_ = facets;
  numbering_ = std::move(group.numbering);
  auto head = std::make_shared<Head>();
  head->state = group.state;
  head->oldest = head_->oldest;
  head->ontology = group.ontology;
  head->snapshot = store_->GetSnapshot();
  head_ = head;
  publish_(std::move(head));
  return absl::OkStatus();
}

void Committer::Finish(const std::string& message, Draft& draft, CommitGroup& group) {
  keys::State& state = draft.state();
  state.head = draft.revision();
  // Never earlier than the revision before, whatever the clock does.
  state.head_time_ns = std::max(state.head_time_ns, absl::ToUnixNanos(clock_->Now()));
  v1::Change& change = draft.change();
  change.set_revision(state.head);
  change.set_message(message);
  SetTime(state.head_time_ns, change.mutable_commit_time());
  group.overlay.Put(keys::kChange, keys::ChangeKey(state.head),
                    change.SerializeAsString());
  group.state = state;
}

absl::Status Committer::ApplyAll(const v1::CommitRequest& request, Draft& draft,
                                 v1::CommitResponse* response) {
  for (int i = 0; i < request.mutations_size(); ++i) {
    absl::StatusOr<v1::MutationResult> result =
        ApplyMutation(request.mutations(i), i, draft);
    if (!result.ok()) return AtField(result.status(), absl::StrCat("mutations[", i, "]"));
    *response->add_results() = *std::move(result);
  }
  return absl::OkStatus();
}

// Goes on after an error as if that mutation were not there, but leaves out the errors
// that only follow from it.
void Committer::FindProblems(const v1::CommitRequest& request, Draft& draft,
                             v1::CommitResponse* response) {
  absl::flat_hash_set<std::string> failed;
  for (int i = 0; i < request.mutations_size(); ++i) {
    const kv::Overlay::Mark mark = draft.overlay().SetMark();
    const keys::State state = draft.state();
    const absl::StatusOr<v1::MutationResult> result =
        ApplyMutation(request.mutations(i), i, draft);
    if (result.ok()) {
      *response->add_results() = *result;
      continue;
    }
    draft.overlay().RollBack(mark);
    draft.state() = state;
    failed.insert(NamedId(request.mutations(i)));
    const bool follows =
        ReasonOf(result.status()) == v1::ERROR_REASON_REFERENCE_NOT_FOUND &&
        failed.contains(MetaOf(result.status(), "id"));
    if (follows ||
        static_cast<uint64_t>(response->problems_size()) >= limits::kProblems.value) {
      continue;
    }
    AddProblem(AtField(result.status(), absl::StrCat("mutations[", i, "]")), response);
  }
  if (response->problems_size() > 0) response->clear_results();
}

absl::Status Committer::CommitIn(const v1::CommitRequest& request, CommitGroup& group,
                                 v1::CommitResponse* response) {
  RequestLog log(&group.overlay, clock_->Now());
  ASSIGN_OR_RETURN(const bool replayed, log.Find(request, response));
  if (replayed) return absl::OkStatus();
  const kv::Overlay::Mark mark = group.overlay.SetMark();
  const keys::State before = group.state;
  Draft draft({&group.overlay, facets_, index_}, group.state, group.ontology);
  absl::Status status;
  if (request.validate_only()) {
    FindProblems(request, draft, response);
  } else {
    status = ApplyAll(request, draft, response);
  }
  const bool keep = status.ok() && !request.validate_only();
  if (keep && draft.changed()) Finish(request.message(), draft, group);
  response->set_revision(group.state.head);
  if (group.state.head > 0)
    SetTime(group.state.head_time_ns, response->mutable_commit_time());
  if (keep) status = log.Remember(request, *response);
  if (!keep || !status.ok()) {
    group.overlay.RollBack(mark);
    group.state = before;
  }
  return status;
}

absl::StatusOr<v1::CommitResponse> Committer::Commit(const v1::CommitRequest& request) {
  RETURN_IF_ERROR(CheckRequest(request));
  v1::CommitResponse response;
  RETURN_IF_ERROR(
      Run([&](CommitGroup& group) { return CommitIn(request, group, &response); }));
  return response;
}

absl::Status Committer::ApplySchemaIn(const v1::ApplySchemaRequest& request,
                                      CommitGroup& group,
                                      v1::ApplySchemaResponse* response) {
  const kv::Overlay::Mark mark = group.overlay.SetMark();
  absl::StatusOr<PlannedSchema> planned =
      PlanSchema(request, *group.ontology, group.numbering);
  RETURN_IF_ERROR(planned.status());
  for (const v1::SchemaDifference& difference : planned->differences) {
    *response->add_differences() = difference;
  }
  Draft draft({&group.overlay, facets_, index_}, group.state, planned->ontology);
  ASSIGN_OR_RETURN(const SchemaProblems problems,
                   FindBrokenFacts(*planned, *group.ontology, draft));
  if (problems.count > 0 && !request.validate_only()) {
    return errors::SchemaBreaksFacts(problems.count, problems.listed.front().message());
  }
  for (const v1::Problem& problem : problems.listed) *response->add_problems() = problem;
  if (!request.validate_only() && !planned->differences.empty()) {
    WriteSchema(*planned, group.numbering, draft);
    group.numbering = std::move(planned->numbering);
    group.ontology = planned->ontology;
    Finish(request.message(), draft, group);
  } else {
    group.overlay.RollBack(mark);
  }
  response->set_revision(group.state.head);
  return absl::OkStatus();
}

absl::StatusOr<v1::ApplySchemaResponse> Committer::ApplySchema(
    const v1::ApplySchemaRequest& request) {
  RETURN_IF_ERROR(
      schema::CheckText(request.message(), limits::kMessageTextBytes, "message"));
  v1::ApplySchemaResponse response;
  RETURN_IF_ERROR(
      Run([&](CommitGroup& group) { return ApplySchemaIn(request, group, &response); }));
  return response;
}

}  // namespace labgraph::graph
