#ifndef LABGRAPH_SERVER_GRAPH_COMMITTER_H_
#define LABGRAPH_SERVER_GRAPH_COMMITTER_H_

#include <cstddef>
#include <deque>
#include <memory>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "labgraph/v1/change.pb.h"
#include "labgraph/v1/editor_service.pb.h"
#include "server/base/clock.h"
#include "server/graph/draft.h"
#include "server/graph/entity_index.h"
#include "server/graph/facets.h"
#include "server/graph/view.h"
#include "server/graph/write_listener.h"
#include "server/kv/overlay.h"
#include "server/kv/store.h"

namespace labgraph::graph {

// Commits that are written together: each its own revision, all in one batch.
struct CommitGroup {
  kv::Overlay overlay;
  keys::State state;  // after the last commit of the group that succeeded
  std::shared_ptr<const schema::Ontology> ontology;
  schema::Numbering numbering;
};

// The single writer. Commits wait in a queue; whoever is first takes all that wait,
// applies them one after another, writes them with one sync and answers all (group
// commit). Thread-safe.
class Committer {
 public:
  // Called with the state of a batch that is on disk, in the order of revisions.
  using Publish = std::function<void(std::shared_ptr<const Head>)>;

  // `store`, `facets`, `index`, `clock` and `listener` must outlive the committer; index
  // and listener may be null.
  // `head` and `numbering` are those of the store as it is.
  Committer(kv::Store* store, FacetTable* facets, const EntityIndex* index,
            const Clock* clock, WriteListener* listener, std::shared_ptr<const Head> head,
            schema::Numbering numbering, Publish publish);

  // See Graph.
  absl::StatusOr<v1::CommitResponse> Commit(const v1::CommitRequest& request)
      ABSL_LOCKS_EXCLUDED(mu_);
  absl::StatusOr<v1::ApplySchemaResponse> ApplySchema(
      const v1::ApplySchemaRequest& request) ABSL_LOCKS_EXCLUDED(mu_);

 private:
  // Does one commit in the group. On error it has left the group as it was.
  using Work = absl::FunctionRef<absl::Status(CommitGroup& group)>;
  struct Waiting {
    explicit Waiting(Work work) : work(work) {}
    Work work;
    absl::Status status;
    bool done = false;
  };

  // Waits for the turn, does the work, and returns when its result is on disk.
  absl::Status Run(Work work) ABSL_LOCKS_EXCLUDED(mu_);
  // Does the work of all and writes it. REQUIRES: the caller leads.
  void Lead(const std::vector<Waiting*>& group);
  // Writes the group's changes, if any, and publishes them.
  absl::Status Write(CommitGroup& group);

  absl::Status CommitIn(const v1::CommitRequest& request, CommitGroup& group,
                        v1::CommitResponse* response);
  absl::Status ApplyAll(const v1::CommitRequest& request, Draft& draft,
                        v1::CommitResponse* response);
  void FindProblems(const v1::CommitRequest& request, Draft& draft,
                    v1::CommitResponse* response);
  absl::Status ApplySchemaIn(const v1::ApplySchemaRequest& request, CommitGroup& group,
                             v1::ApplySchemaResponse* response);
  // Ends a draft that changed something: the change is kept and the group moves on.
  void Finish(const std::string& message, Draft& draft, CommitGroup& group);

  kv::Store* const store_;
  FacetTable* const facets_;
  const EntityIndex* const index_;
  const Clock* const clock_;
  WriteListener* const listener_;
  const Publish publish_;

  // Used only by the leader.
  std::shared_ptr<const Head> head_;
  schema::Numbering numbering_;
  size_t facets_written_;
  absl::Status failed_;  // of a write; what it left on disk is unknown until reopened

  absl::Mutex mu_;
  std::deque<Waiting*> queue_ ABSL_GUARDED_BY(mu_);
  bool leading_ ABSL_GUARDED_BY(mu_) = false;
};

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_COMMITTER_H_
