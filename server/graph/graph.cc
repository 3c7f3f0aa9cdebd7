#include "server/graph/graph.h"

#include <utility>

#include "absl/random/random.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "server/base/error.h"
#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/graph/committer.h"
#include "server/graph/compact_history.h"
#include "server/graph/epoch.h"
#include "server/graph/meta.h"
#include "server/graph/schema_commit.h"
#include "server/keys/keyspaces.h"

namespace labgraph::graph {
namespace {

constexpr char kFormat[] = "labgraph 3";

// Where something of a record may be.
constexpr kv::Keyspace kErasable[] = {
    keys::kEntity,      keys::kEntityId, keys::kStatement, keys::kStatementId,
    keys::kOut,         keys::kIn,       keys::kValue,     keys::kPredicateIndex,
    keys::kSourceIndex, keys::kText,     keys::kPast,      keys::kChange,
    keys::kRedirect};

// Makes an empty graph in an empty store.
absl::Status Initialize(kv::Store* store) {
  absl::BitGen random;
  kv::Batch batch;
  batch.Put(keys::kMeta, keys::kMetaEpoch, NewEpoch());
  batch.Put(keys::kMeta, keys::kMetaFormat, kFormat);
  batch.Put(keys::kMeta, keys::kMetaStoreId,
            absl::StrFormat("%016x%016x", absl::Uniform<uint64_t>(random),
                            absl::Uniform<uint64_t>(random)));
  batch.Put(keys::kMeta, keys::kMetaState, keys::State().Encode());
  return store->Write(batch);
}

absl::Status LoadFacets(const kv::Reader& reader, FacetTable* facets) {
  const std::unique_ptr<kv::Cursor> cursor = reader.NewCursor(keys::kFacet);
  for (cursor->Seek(""); cursor->Valid(); cursor->Next()) {
    Facet facet;
    if (!Facet::Decode(cursor->value(), &facet) ||
        keys::FacetKey(facets->Intern(facet)) != cursor->key()) {
      return errors::StorageCorrupt("facet",
                                    "a facet cannot be decoded or is out of order.");
    }
  }
  return cursor->status();
}

}  // namespace

Graph::Graph(kv::Store* store) : store_(store) {}

Graph::~Graph() = default;

absl::StatusOr<std::unique_ptr<Graph>> Graph::Open(kv::Store* store,
                                                   const EntityIndex* index,
                                                   const Clock* clock,
                                                   WriteListener* listener,
                                                   const EntityFinder* finder) {
  ASSIGN_OR_RETURN(const absl::optional<std::string> format,
                   store->GetSnapshot()->Get(keys::kMeta, keys::kMetaFormat));
  if (!format.has_value()) {
    RETURN_IF_ERROR(Initialize(store));
  } else if (*format != kFormat) {
    return errors::StorageCorrupt(
        "meta/format", absl::StrCat("it has format \"", *format,
                                    "\" and this labgraph reads \"", kFormat, "\"."));
  }
  auto graph = absl::WrapUnique(new Graph(store));
  RETURN_IF_ERROR(graph->Load(index, clock, listener, finder));
  return graph;
}

absl::Status Graph::Load(const EntityIndex* index, const Clock* clock,
                         WriteListener* listener, const EntityFinder* finder) {
  auto head = std::make_shared<Head>();
  head->snapshot = store_->GetSnapshot();
  ASSIGN_OR_RETURN(store_id_, ReadMeta(*head->snapshot, keys::kMetaStoreId));
  ASSIGN_OR_RETURN(epoch_, ReadMeta(*head->snapshot, keys::kMetaEpoch));
  lineage_ = absl::StrCat(store_id_, "/", epoch_);
  ASSIGN_OR_RETURN(head->oldest, ReadOldest(*head->snapshot));
  ASSIGN_OR_RETURN(const std::string state, ReadMeta(*head->snapshot, keys::kMetaState));
  if (!keys::State::Decode(state, &head->state)) {
    return errors::StorageCorrupt("meta/state", "the counters cannot be decoded.");
  }
  RETURN_IF_ERROR(LoadFacets(*head->snapshot, &facets_));
  ASSIGN_OR_RETURN(schema::Numbering numbering,
                   ReadNumbering(*head->snapshot, head->state));
  ASSIGN_OR_RETURN(const SchemaVersion version,
                   ReadSchema(*head->snapshot, head->state.head));
  ASSIGN_OR_RETURN(head->ontology,
                   schema::Ontology::CompileStored(version.schema, &numbering));
  committer_ = std::make_unique<Committer>(
      store_, &facets_, index, finder, clock, listener, head, std::move(numbering),
      [this](std::shared_ptr<const Head> published) { Publish(std::move(published)); },
      [this] { StopWrites(); });
  Publish(std::move(head));
  return absl::OkStatus();
}

void Graph::Publish(std::shared_ptr<const Head> head) {
  absl::MutexLock lock(&mu_);
  head_.swap(head);  // the former one goes after the lock
  if (on_published_) on_published_();
}

void Graph::OnPublished(std::function<void()> told) {
  absl::MutexLock lock(&mu_);
  on_published_ = std::move(told);
}

void Graph::StopWrites() {
  absl::MutexLock lock(&mu_);
  if (writes_stopped_) return;
  writes_stopped_ = true;
  if (on_writes_stopped_) on_writes_stopped_();
}

void Graph::OnWritesStopped(std::function<void()> told) {
  absl::MutexLock lock(&mu_);
  on_writes_stopped_ = std::move(told);
  if (writes_stopped_ && on_writes_stopped_) on_writes_stopped_();
}

std::shared_ptr<const Head> Graph::head() const {
  absl::ReaderMutexLock lock(&mu_);
  return head_;
}

absl::StatusOr<std::shared_ptr<const schema::Ontology>> Graph::OntologyAt(
    const Head& head, keys::Revision revision) const {
  if (revision == head.state.head) return head.ontology;
  ASSIGN_OR_RETURN(const keys::Revision made, SchemaRevision(*head.snapshot, revision));
  {
    absl::ReaderMutexLock lock(&mu_);
    const auto it = former_.find(made);
    if (it != former_.end()) return it->second;
  }
  ASSIGN_OR_RETURN(const SchemaVersion version, ReadSchema(*head.snapshot, revision));
  ASSIGN_OR_RETURN(schema::Numbering numbering,
                   ReadNumbering(*head.snapshot, head.state));
  ASSIGN_OR_RETURN(std::shared_ptr<const schema::Ontology> ontology,
                   schema::Ontology::CompileStored(version.schema, &numbering));
  absl::MutexLock lock(&mu_);
  return former_.emplace(version.revision, std::move(ontology)).first->second;
}

absl::Status Graph::ForgetOntologies(keys::Revision oldest) {
  ASSIGN_OR_RETURN(const keys::Revision made, SchemaRevision(*head()->snapshot, oldest));
  absl::MutexLock lock(&mu_);
  former_.erase(former_.begin(), former_.lower_bound(made));
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<View>> Graph::Read(const v1::ReadOptions& options,
                                                  ReadFilter::Mode mode) const {
  return ReadIn(head(), options, mode);
}

absl::StatusOr<std::unique_ptr<View>> Graph::ReadIn(std::shared_ptr<const Head> head,
                                                    const v1::ReadOptions& options,
                                                    ReadFilter::Mode mode) const {
  const keys::Revision newest = head->state.head;
  keys::Revision revision = newest;
  if (options.has_at_least_revision() && options.at_least_revision() > newest) {
    return errors::RevisionInFuture("at_least_revision", options.at_least_revision(),
                                    newest);
  }
  if (options.has_revision()) {
    revision = options.revision();
    if (revision > newest) return errors::RevisionInFuture("revision", revision, newest);
    if (revision < head->oldest) {
      return errors::RevisionCompacted("revision", revision, head->oldest);
    }
  }
  ASSIGN_OR_RETURN(ReadFilter filter,
                   ReadFilter::Make(options, mode, schema::Authorizations::All()));
  ASSIGN_OR_RETURN(std::vector<std::string> langs, ParseLanguages(options.lang()));
  ASSIGN_OR_RETURN(std::shared_ptr<const schema::Ontology> ontology,
                   OntologyAt(*head, revision));
  return std::make_unique<View>(std::move(head), revision, std::move(ontology), &facets_,
                                std::move(filter), std::move(langs));
}

absl::StatusOr<v1::CommitResponse> Graph::Commit(const v1::CommitRequest& request) {
  return committer_->Commit(request);
}

void Graph::StartCommit(const v1::CommitRequest* request, v1::CommitResponse* response,
                        absl::AnyInvocable<void(absl::Status)> done) {
  committer_->StartCommit(request, response, std::move(done));
}

absl::Status Graph::Import(absl::Span<v1::ImportRequest> parts,
                           std::vector<v1::ImportResponse>* answers) {
  return committer_->Import(parts, answers);
}

absl::StatusOr<v1::ApplySchemaResponse> Graph::ApplySchema(
    const v1::ApplySchemaRequest& request) {
  return committer_->ApplySchema(request);
}

absl::StatusOr<v1::EraseResponse> Graph::Erase(const v1::EraseRequest& request) {
  ASSIGN_OR_RETURN(v1::EraseResponse response, committer_->Erase(request));
  ASSIGN_OR_RETURN(const bool removed, store_->Purge(kErasable, *head()->snapshot));
  response.set_bytes_removed(removed);
  return response;
}

absl::StatusOr<v1::CompactHistoryResponse> Graph::CompactHistory(keys::Revision before) {
  if (before == 0) return errors::FieldRequired("before");
  RETURN_IF_ERROR(committer_->SetOldest(before));
  v1::CompactHistoryResponse response;
  response.set_oldest_revision(head()->oldest);
  RETURN_IF_ERROR(ForgetOntologies(response.oldest_revision()));
  const std::shared_ptr<const kv::Snapshot> snapshot = store_->GetSnapshot();
  ASSIGN_OR_RETURN(const uint64_t removed,
                   RemoveHistory(response.oldest_revision(), *snapshot,
                                 [this](const kv::Batch& batch) {
                                   const absl::Status written = store_->Write(batch);
                                   // It takes no more from anyone now.
                                   if (!written.ok()) StopWrites();
                                   return written;
                                 }));
  response.set_removed_rows(removed);
  return response;
}

}  // namespace labgraph::graph
