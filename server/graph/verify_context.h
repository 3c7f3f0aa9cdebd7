#ifndef LABGRAPH_SERVER_GRAPH_VERIFY_CONTEXT_H_
#define LABGRAPH_SERVER_GRAPH_VERIFY_CONTEXT_H_

// What the checks of VerifyStore share. Private to the verify files.

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "server/graph/entity_index.h"
#include "server/graph/facets.h"
#include "server/graph/record_reader.h"
#include "server/graph/verify.h"
#include "server/keys/rows.h"
#include "server/keys/segment.h"
#include "server/kv/store.h"
#include "server/schema/ontology.h"

namespace labgraph::graph {

// The store under verification and what has been found. Used by one thread.
class VerifyContext {
 public:
  VerifyContext(const kv::Reader* reader, const EntityIndex* index, size_t limit)
      : reader_(reader), index_(index), limit_(limit) {}

  // Reads counters, facets and every version of the schema. REQUIRES: called once, before
  // all else. Errors: STORAGE_FAILED, STORAGE_CORRUPT.
  absl::Status Load();

  const kv::Reader& reader() const { return *reader_; }
  const EntityIndex* index() const { return index_; }
  const keys::State& state() const { return state_; }
  // The oldest revision that can be read. Rows that went by then are leftovers of
  // forgetting them, and not looked at.
  keys::Revision oldest() const { return oldest_; }
  FacetTable& facets() { return facets_; }

  // Records as they stood at a revision, with the schema of then.
  RecordReader At(keys::Revision revision) const;

  void Add(absl::string_view invariant, absl::string_view subject,
           absl::string_view problem);
  // An error of reading one record becomes a finding, another is given back.
  absl::Status AddIfCorrupt(const absl::Status& status, absl::string_view subject);
  bool sound() const { return findings_.empty(); }
  absl::Span<const Finding> findings() const { return findings_; }
  bool full() const { return findings_.size() >= limit_; }
  std::vector<Finding> TakeFindings() { return std::move(findings_); }

 private:
  absl::Status LoadFacets();
  absl::Status LoadOntologies();

  const kv::Reader* const reader_;
  const EntityIndex* const index_;
  const size_t limit_;
  keys::State state_;
  keys::Revision oldest_ = 0;
  FacetTable facets_;
  std::map<keys::Revision, std::shared_ptr<const schema::Ontology>> ontologies_;
  std::vector<Finding> findings_;
};

// A row with the revisions from the first to the last at which it can be read.
struct RowLife {
  absl::string_view key;
  absl::string_view value;
  keys::Revision version = 0;  // the revision that wrote it, at or before `first`
  keys::Revision first = 0;
  keys::Revision last = 0;
};

// Calls `visit` for every current and every past row of a versioned keyspace until the
// context is full; for kOut and kIn only for the past ones, which are edges.
absl::Status ForEachRow(VerifyContext& context, kv::Keyspace keyspace,
                        absl::FunctionRef<absl::Status(const RowLife&)> visit);

// The edge `key` of kOut or kIn in its segment; nullopt where there is none.
absl::StatusOr<absl::optional<keys::Edge>> FindCurrentEdge(const kv::Reader& reader,
                                                           kv::Keyspace keyspace,
                                                           const keys::EdgeKey& key);
// The edge as it stood at `revision`.
absl::StatusOr<absl::optional<keys::Edge>> FindEdgeAt(const kv::Reader& reader,
                                                      kv::Keyspace keyspace,
                                                      const keys::EdgeKey& key,
                                                      keys::Revision revision);

// "statement/12", "out/0000...": a row by name for a finding; its key as a number where
// it is one, otherwise in hex.
std::string RowName(kv::Keyspace keyspace, absl::string_view key);

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_VERIFY_CONTEXT_H_
