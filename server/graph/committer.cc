#include "server/graph/committer.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "server/base/error.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"
#include "server/graph/compact_history.h"
#include "server/graph/erase.h"
#include "server/graph/record_checks.h"
#include "server/keys/keyspaces.h"
#include "server/schema/checks.h"

namespace labgraph::graph {
namespace {

// Commits and mutations in one batch at most; they keep the wait of the last one short
// and the batch within some hundred MB of memory. One alone may be larger.
constexpr size_t kMaxGroup = 256;
constexpr size_t kMaxGroupMutations = 400000;

absl::Status CheckRequest(const v1::CommitRequest& request) {
  if (static_cast<uint64_t>(request.mutations_size()) > limits::kMutations.value) {
    return errors::LimitExceeded("mutations", limits::kMutations,
                                 request.mutations_size());
  }
  RETURN_IF_ERROR(
      schema::CheckText(request.request_id(), limits::kRequestIdBytes, "request_id"));
  return CheckProvenance(request.message(), request.actor());
}

// Whether there is any row. True as well where that cannot be read.
bool HasRows(const kv::Reader& reader, kv::Keyspace keyspace) {
  const std::unique_ptr<kv::Cursor> cursor = reader.NewCursor(keyspace);
  cursor->Seek("");
  return cursor->Valid() || !cursor->status().ok();
}

// What becomes of a commit, for whoever waits for that.
class Result {
 public:
  void Set(absl::Status status) {
    absl::MutexLock lock(&mu_);
    status_ = std::move(status);
    known_ = true;
  }
  absl::Status Await() {
    absl::MutexLock lock(&mu_, absl::Condition(&known_));
    return std::move(status_);
  }

 private:
  absl::Mutex mu_;
  absl::Status status_ ABSL_GUARDED_BY(mu_);
  bool known_ ABSL_GUARDED_BY(mu_) = false;
};

}  // namespace

Committer::Committer(kv::Store* store, FacetTable* facets, const EntityIndex* index,
                     const EntityFinder* finder, const Clock* clock,
                     WriteListener* listener, std::shared_ptr<const Head> head,
                     schema::Numbering numbering, Publish publish, Stopped stopped)
    : store_(store),
      facets_(facets),
      index_(index),
      finder_(finder),
      clock_(clock),
      listener_(listener),
      publish_(std::move(publish)),
      stopped_(std::move(stopped)),
      head_(std::move(head)),
      numbering_(std::move(numbering)),
      facets_written_(facets->size()) {
  rare_.merged = HasRows(*head_->snapshot, keys::kRedirect);
  rare_.erased = HasRows(*head_->snapshot, keys::kErased);
  thread_ = std::thread([this] { Serve(); });
}

Committer::~Committer() {
  {
    absl::MutexLock lock(&mu_);
    over_ = true;
    waiting_.Signal();
  }
  thread_.join();
}

void Committer::Enqueue(size_t mutations, size_t bytes, Work work, Done done) {
  if (queue_.empty()) waiting_.Signal();
  waiting_bytes_ += bytes;
  queue_.push_back(std::make_unique<Waiting>(
      Waiting{std::move(work), mutations, bytes, std::move(done), absl::OkStatus()}));
}

absl::Status Committer::Run(size_t mutations, Work work) {
  Result result;
  {
    absl::MutexLock lock(&mu_);
    Enqueue(mutations, /*bytes=*/0, std::move(work),
            [&](absl::Status status) { result.Set(std::move(status)); });
  }
  return result.Await();
}

void Committer::Answer(Waiting& waiting) { waiting.done(std::move(waiting.status)); }

void Committer::Serve() {
  for (Queue group = TakeGroup(); !group.empty(); group = TakeGroup()) {
    DoTogether(group);
    FreeRoom(group);
    if (group.size() == 1) {
      Answer(*group.front());  // quicker than waking a thread
      continue;
    }
    answers_.Give([answered = std::move(group)] {
      for (const auto& waiting : answered) Answer(*waiting);
    });
  }
}

Committer::Queue Committer::TakeGroup() {
  absl::MutexLock lock(&mu_);
  while (queue_.empty() && !over_) waiting_.Wait(&mu_);
  Queue group;
  size_t mutations = 0;
  while (!queue_.empty() && group.size() < kMaxGroup) {
    mutations += queue_.front()->mutations;
    if (!group.empty() && mutations > kMaxGroupMutations) break;
    group.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  return group;
}

void Committer::DoTogether(const Queue& group) {
  if (!failed_.ok()) {
    for (const auto& waiting : group) waiting->status = failed_;
    return;
  }
  numbers_.SetNext(head_->state.next_entity);
  CommitGroup commits{WriteBuffer(head_->snapshot.get()),
                      head_->state,
                      head_->ontology,
                      numbering_,
                      facets_,
                      index_,
                      finder_,
                      &numbers_,
                      &rare_,
                      head_->oldest,
                      clock_};
  for (const auto& waiting : group) waiting->status = waiting->work(commits);
  const absl::Status written = Write(commits);
  if (written.ok()) return;
  // What a commit saw of those before it is void as well.
  for (const auto& waiting : group) waiting->status = written;
}

void Committer::FreeRoom(const Queue& group) {
  absl::MutexLock lock(&mu_);
  for (const auto& waiting : group) waiting_bytes_ -= waiting->bytes;
}

absl::Status Committer::Write(CommitGroup& group) {
  if (group.buffer.empty()) return absl::OkStatus();
  const size_t facets = facets_->size();
  for (size_t i = facets_written_ + 1; i <= facets; ++i) {
    const auto number = static_cast<keys::FacetNumber>(i);
    group.buffer.Put(keys::kFacet, keys::FacetKey(number), facets_->Get(number).Encode());
  }
  group.buffer.Put(keys::kMeta, keys::kMetaState, group.state.Encode());
  ASSIGN_OR_RETURN(const kv::Batch batch, group.buffer.ToBatch());
  if (const absl::Status status = store_->Write(batch); !status.ok()) {
    failed_ = errors::StorageFailed(absl::StrCat(
        "A write failed and the server takes no more until it is restarted: ",
        status.message()));
    stopped_();
    return status;
  }
  if (listener_ != nullptr) listener_->OnWritten(batch, group.state.head);
  facets_written_ = facets;
  numbering_ = std::move(group.numbering);
  auto head = std::make_shared<Head>();
  head->state = group.state;
  head->oldest = group.oldest;
  head->ontology = group.ontology;
  head->snapshot = store_->GetSnapshot();
  head_ = head;
  publish_(std::move(head));
  return absl::OkStatus();
}

absl::StatusOr<v1::CommitResponse> Committer::Commit(const v1::CommitRequest& request) {
  v1::CommitResponse response;
  Result result;
  StartCommit(&request, &response,
              [&](absl::Status status) { result.Set(std::move(status)); });
  RETURN_IF_ERROR(result.Await());
  return response;
}

void Committer::StartCommit(const v1::CommitRequest* request,
                            v1::CommitResponse* response, Done done) {
  absl::Status refused = CheckRequest(*request);
  if (refused.ok()) {
    const size_t bytes = request->SpaceUsedLong();
    absl::MutexLock lock(&mu_);
    refused = CheckRoom(bytes);
    if (refused.ok()) {
      return Enqueue(
          static_cast<size_t>(request->mutations_size()), bytes,
          [request, response](CommitGroup& group) {
            return CommitInGroup(*request, group, response);
          },
          std::move(done));
    }
  }
  done(std::move(refused));
}

absl::Status Committer::CheckRoom(size_t bytes) const {
  if (queue_.size() >= limits::kCommits.value) {
    return errors::Busy(absl::StrCat("There are ", limits::kCommits.value,
                                     " commits waiting already; try again later."));
  }
  if (waiting_bytes_ > 0 && waiting_bytes_ + bytes > kMaxWaitingBytes) {
    return errors::Busy(
        "The commits waiting already take all the memory there is for them; try again "
        "later.");
  }
  return absl::OkStatus();
}

absl::Status Committer::Import(absl::Span<v1::ImportRequest> parts,
                               std::vector<v1::ImportResponse>* answers) {
  size_t mutations = 0;
  for (const v1::ImportRequest& part : parts) {
    mutations += static_cast<size_t>(part.mutations_size());
  }
  absl::Status refused;  // of one part; those before it are written all the same
  const absl::Status written = Run(mutations, [&](CommitGroup& group) {
    for (v1::ImportRequest& part : parts) {
      v1::ImportResponse answer;
      refused = ImportInGroup(part, group, &answer);
      if (!refused.ok()) break;
      answers->push_back(std::move(answer));
    }
    return absl::OkStatus();
  });
  if (written.ok()) return refused;
  answers->clear();
  return written;
}

absl::StatusOr<v1::ApplySchemaResponse> Committer::ApplySchema(
    const v1::ApplySchemaRequest& request) {
  RETURN_IF_ERROR(CheckProvenance(request.message(), request.actor()));
  v1::ApplySchemaResponse response;
  RETURN_IF_ERROR(Run(1, [&](CommitGroup& group) {
    return ApplySchemaInGroup(request, group, &response);
  }));
  return response;
}

absl::StatusOr<v1::EraseResponse> Committer::Erase(const v1::EraseRequest& request) {
  v1::EraseResponse response;
  RETURN_IF_ERROR(Run(
      1, [&](CommitGroup& group) { return EraseInGroup(request, group, &response); }));
  return response;
}

absl::Status Committer::SetOldest(keys::Revision oldest) {
  return Run(1, [&](CommitGroup& group) {
    const keys::Revision head = group.state.head;
    if (oldest > head) return errors::RevisionInFuture("before", oldest, head);
    if (oldest <= group.oldest) return absl::OkStatus();
    group.oldest = oldest;
    WriteOldest(oldest, group.buffer);
    return absl::OkStatus();
  });
}

}  // namespace labgraph::graph
