#ifndef LABGRAPH_SERVER_GRAPH_GRAPH_H_
#define LABGRAPH_SERVER_GRAPH_GRAPH_H_

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "labgraph/v1/admin_service.pb.h"
#include "labgraph/v1/editor_service.pb.h"
#include "labgraph/v1/read_options.pb.h"
#include "server/base/clock.h"
#include "server/graph/entity_index.h"
#include "server/graph/facets.h"
#include "server/graph/view.h"
#include "server/graph/write_listener.h"
#include "server/kv/store.h"

namespace labgraph::graph {

class Committer;
class EntityFinder;

// The knowledge graph over a key-value store: reads at any revision, atomic durable
// writes. Thread-safe: any number of readers beside writers; readers never wait for
// writers.
class Graph {
 public:
  // Opens the graph in `store`, making an empty one in an empty store. `index`,
  // `listener` and `finder` may be null; without a finder preconditions with filters are
  // refused. All must outlive the graph.
  // Errors: STORAGE_FAILED, STORAGE_CORRUPT (also for a store of another format).
  static absl::StatusOr<std::unique_ptr<Graph>> Open(
      kv::Store* store, const EntityIndex* index, const Clock* clock,
      WriteListener* listener = nullptr, const EntityFinder* finder = nullptr);
  ~Graph();

  // Random, made with the store; 32 hex digits.
  const std::string& store_id() const { return store_id_; }
  // Random, made with the store and again when it is restored from a backup; 16 hex
  // digits.
  const std::string& epoch() const { return epoch_; }
  // Both together: what revisions and tokens are of.
  const std::string& lineage() const { return lineage_; }

  // The newest state. Sees every acknowledged write.
  std::shared_ptr<const Head> head() const;

  // Has `told` called when a write has failed and the store takes no more until it is
  // opened again; at once where that is so already. It must be quick and leave the graph
  // alone. It takes the place of the one before; null is none.
  void OnWritesStopped(std::function<void()> told) ABSL_LOCKS_EXCLUDED(mu_);

  // Has `told` called whenever the newest state has become another, by the thread that
  // made it so; it must be quick and leave the graph alone. It takes the place of the one
  // before; null is none. When this returns the one before is no longer running.
  void OnPublished(std::function<void()> told) ABSL_LOCKS_EXCLUDED(mu_);

  // The graph as a request sees it. Errors, at fields of ReadOptions: REVISION_IN_FUTURE,
  // REVISION_COMPACTED, DATE_MALFORMED, LANGUAGE_MALFORMED, FIELD_INVALID.
  absl::StatusOr<std::unique_ptr<View>> Read(const v1::ReadOptions& options,
                                             ReadFilter::Mode mode) const;

  // The same as of a head that was current before, so that several reads see one state.
  absl::StatusOr<std::unique_ptr<View>> ReadIn(std::shared_ptr<const Head> head,
                                               const v1::ReadOptions& options,
                                               ReadFilter::Mode mode) const;

  // Applies the request as EditorService.Commit describes, and returns when it is on
  // disk. Commits that wait together share one write. Errors: those of Commit, with
  // fields from the request on.
  absl::StatusOr<v1::CommitResponse> Commit(const v1::CommitRequest& request);
  // The same without waiting: `done` is called once, when `response` is complete or with
  // what was refused, perhaps before this returns. It must be quick and not wait for
  // writes. `request` and `response` must outlive the call of it. More than
  // limits::kCommits or Committer::kMaxWaitingBytes that wait are refused: BUSY.
  void StartCommit(const v1::CommitRequest* request, v1::CommitResponse* response,
                   absl::AnyInvocable<void(absl::Status)> done);
  // Applies parts of an import in order, each as EditorService.Import describes, and
  // returns when they are on disk, with an answer for each in `answers`, which is empty
  // before; `parts` in them is left to the caller. The first part that is refused ends
  // it: its error is returned, and those before it are on disk and answered. Where the
  // write fails nothing is. The parts are used up.
  absl::Status Import(absl::Span<v1::ImportRequest> parts,
                      std::vector<v1::ImportResponse>* answers);
  absl::StatusOr<v1::ApplySchemaResponse> ApplySchema(
      const v1::ApplySchemaRequest& request);

  // Forgets history as AdminService.CompactHistory describes. Errors: those of it.
  absl::StatusOr<v1::CompactHistoryResponse> CompactHistory(keys::Revision before);
  // Erases a record as AdminService.Erase describes. Errors: those of it.
  absl::StatusOr<v1::EraseResponse> Erase(const v1::EraseRequest& request);

 private:
  explicit Graph(kv::Store* store);

  // Reads what the store holds and starts the committer.
  absl::Status Load(const EntityIndex* index, const Clock* clock, WriteListener* listener,
                    const EntityFinder* finder);
  // Makes the graph as of a written batch the one that readers see.
  void Publish(std::shared_ptr<const Head> head) ABSL_LOCKS_EXCLUDED(mu_);
  void StopWrites() ABSL_LOCKS_EXCLUDED(mu_);
  // The ontology as of `revision`.
  absl::StatusOr<std::shared_ptr<const schema::Ontology>> OntologyAt(
      const Head& head, keys::Revision revision) const ABSL_LOCKS_EXCLUDED(mu_);
  // Drops those that no read from `oldest` on needs.
  absl::Status ForgetOntologies(keys::Revision oldest) ABSL_LOCKS_EXCLUDED(mu_);

  kv::Store* const store_;
  // Constant after Load.
  std::string store_id_;
  std::string epoch_;
  std::string lineage_;
  FacetTable facets_;

  mutable absl::Mutex mu_;
  std::shared_ptr<const Head> head_ ABSL_GUARDED_BY(mu_);
  bool writes_stopped_ ABSL_GUARDED_BY(mu_) = false;
  std::function<void()> on_writes_stopped_ ABSL_GUARDED_BY(mu_);  // may be null
  std::function<void()> on_published_ ABSL_GUARDED_BY(mu_);       // may be null
  // Former ontologies by the revision that wrote them, compiled on first use.
  mutable std::map<keys::Revision, std::shared_ptr<const schema::Ontology>> former_
      ABSL_GUARDED_BY(mu_);

  std::unique_ptr<Committer> committer_;  // last: its thread uses all else
};

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_GRAPH_H_
