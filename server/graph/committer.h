#ifndef LABGRAPH_SERVER_GRAPH_COMMITTER_H_
#define LABGRAPH_SERVER_GRAPH_COMMITTER_H_

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/types/span.h"
#include "labgraph/v1/admin_service.pb.h"
#include "labgraph/v1/editor_service.pb.h"
#include "server/base/clock.h"
#include "server/graph/answer_thread.h"
#include "server/graph/commit_group.h"
#include "server/graph/entity_index.h"
#include "server/graph/entity_numbers.h"
#include "server/graph/facets.h"
#include "server/graph/view.h"
#include "server/graph/write_listener.h"
#include "server/kv/store.h"

namespace labgraph::graph {

// The single writer, a thread. Commits wait in a queue; it takes all that wait, applies
// them one after another, writes them with one sync and answers all (group commit).
// Thread-safe.
class Committer {
 public:
  // Bytes of memory that the requests of waiting commits take at most, together with
  // those being written; one alone may take more. A commit above it is refused: BUSY.
  static constexpr size_t kMaxWaitingBytes = size_t{512} << 20;

  // Called with the state of a batch that is on disk, in the order of revisions.
  using Publish = std::function<void(std::shared_ptr<const Head>)>;
  // Called once, when a write has failed and no more are taken.
  using Stopped = std::function<void()>;
  // Called once with what became of a commit, by a thread of the committer or, where it
  // is refused at once, by the caller's. It must be quick and not wait for the committer.
  using Done = absl::AnyInvocable<void(absl::Status)>;

  // `store`, `facets`, `index`, `finder`, `clock` and `listener` must outlive the
  // committer; index, finder and listener may be null.
  // `head` and `numbering` are those of the store as it is.
  Committer(kv::Store* store, FacetTable* facets, const EntityIndex* index,
            const EntityFinder* finder, const Clock* clock, WriteListener* listener,
            std::shared_ptr<const Head> head, schema::Numbering numbering,
            Publish publish, Stopped stopped);
  // Answers what waits.
  ~Committer();
  Committer(const Committer&) = delete;
  Committer& operator=(const Committer&) = delete;

  // See Graph.
  absl::StatusOr<v1::CommitResponse> Commit(const v1::CommitRequest& request)
      ABSL_LOCKS_EXCLUDED(mu_);
  void StartCommit(const v1::CommitRequest* request, v1::CommitResponse* response,
                   Done done) ABSL_LOCKS_EXCLUDED(mu_);
  absl::Status Import(absl::Span<v1::ImportRequest> parts,
                      std::vector<v1::ImportResponse>* answers) ABSL_LOCKS_EXCLUDED(mu_);
  absl::StatusOr<v1::ApplySchemaResponse> ApplySchema(
      const v1::ApplySchemaRequest& request) ABSL_LOCKS_EXCLUDED(mu_);
  // See EraseInGroup.
  absl::StatusOr<v1::EraseResponse> Erase(const v1::EraseRequest& request)
      ABSL_LOCKS_EXCLUDED(mu_);
  // Makes `oldest` the oldest revision that can be read, if it is later than the present
  // one. Errors: REVISION_IN_FUTURE at "before"; STORAGE_FAILED.
  absl::Status SetOldest(keys::Revision oldest) ABSL_LOCKS_EXCLUDED(mu_);

 private:
  // Does one commit in the group, or several. On error it has left the group as it was.
  using Work = absl::AnyInvocable<absl::Status(CommitGroup& group)>;
  struct Waiting {
    Work work;
    size_t mutations;
    size_t bytes;
    Done done;
    absl::Status status;
  };
  using Queue = std::deque<std::unique_ptr<Waiting>>;

  // Has the work done in its turn. `mutations`: how many it has. `bytes`: what it counts
  // against kMaxWaitingBytes.
  void Enqueue(size_t mutations, size_t bytes, Work work, Done done)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  // That one more commit may wait. Errors: BUSY.
  absl::Status CheckRoom(size_t bytes) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  // The same, and returns when its result is on disk.
  absl::Status Run(size_t mutations, Work work) ABSL_LOCKS_EXCLUDED(mu_);
  static void Answer(Waiting& waiting);
  // What the thread does, until the destructor.
  void Serve() ABSL_LOCKS_EXCLUDED(mu_);
  // Those that are written together next; none when there will be no more. Waits for
  // them.
  Queue TakeGroup() ABSL_LOCKS_EXCLUDED(mu_);
  // Does the work of all and writes it.
  void DoTogether(const Queue& group);
  // They take no room any more.
  void FreeRoom(const Queue& group) ABSL_LOCKS_EXCLUDED(mu_);
  // Writes the group's changes, if any, and publishes them. Where even packing them
  // fails, nothing has reached the disk and writing goes on.
  absl::Status Write(CommitGroup& group);

  kv::Store* const store_;
  FacetTable* const facets_;
  const EntityIndex* const index_;
  const EntityFinder* const finder_;
  const Clock* const clock_;
  WriteListener* const listener_;
  const Publish publish_;
  const Stopped stopped_;

  // Used only by the thread.
  std::shared_ptr<const Head> head_;
  schema::Numbering numbering_;
  EntityNumbers numbers_;
  RareRows rare_;
  size_t facets_written_;
  absl::Status failed_;  // of a write; what it left on disk is unknown until reopened

  absl::Mutex mu_;
  absl::CondVar waiting_;  // something waits, or it is over
  Queue queue_ ABSL_GUARDED_BY(mu_);
  size_t waiting_bytes_ ABSL_GUARDED_BY(mu_) = 0;
  bool over_ ABSL_GUARDED_BY(mu_) = false;

  AnswerThread answers_;
  std::thread thread_;  // last: it uses all else
};

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_COMMITTER_H_
