#include "server/graph/verify_context.h"

#include <algorithm>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "server/base/error.h"
#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/graph/compact_history.h"
#include "server/graph/schema_commit.h"
#include "server/keys/keyspaces.h"

namespace labgraph::graph {

absl::Status VerifyContext::Load() {
  ASSIGN_OR_RETURN(const absl::optional<std::string> state,
                   reader_->Get(keys::kMeta, keys::kMetaState));
  if (!state.has_value() || !keys::State::Decode(*state, &state_)) {
    return errors::StorageCorrupt("meta/state", "the counters cannot be decoded.");
  }
  ASSIGN_OR_RETURN(oldest_, ReadOldest(*reader_));
  RETURN_IF_ERROR(LoadFacets());
  return LoadOntologies();
}

absl::Status VerifyContext::LoadFacets() {
  const std::unique_ptr<kv::Cursor> cursor = reader_->NewCursor(keys::kFacet);
  for (cursor->Seek(""); cursor->Valid(); cursor->Next()) {
    Facet facet;
    const bool decoded = Facet::Decode(cursor->value(), &facet);
    if (!decoded || keys::FacetKey(facets_.Intern(facet)) != cursor->key()) {
      Add("I3", RowName(keys::kFacet, cursor->key()),
          "The facet cannot be decoded, stands twice or leaves a gap before it.");
    }
  }
  return cursor->status();
}

absl::Status VerifyContext::LoadOntologies() {
  ASSIGN_OR_RETURN(schema::Numbering numbering, ReadNumbering(*reader_, state_));
  ASSIGN_OR_RETURN(ontologies_[0], schema::Ontology::Compile(v1::Schema(), &numbering));
  const std::unique_ptr<kv::Cursor> cursor = reader_->NewCursor(keys::kSchema);
  for (cursor->Seek(keys::kSchemaVersionPrefix);
       cursor->Valid() && absl::StartsWith(cursor->key(), keys::kSchemaVersionPrefix);
       cursor->Next()) {
    const keys::Revision revision = keys::LastBe64(cursor->key());
    ASSIGN_OR_RETURN(const SchemaVersion version, ReadSchema(*reader_, revision));
    ASSIGN_OR_RETURN(ontologies_[revision],
                     schema::Ontology::CompileStored(version.schema, &numbering));
  }
  return cursor->status();
}

RecordReader VerifyContext::At(keys::Revision revision) const {
  const auto after = ontologies_.upper_bound(revision);
  return RecordReader(VersionedReader(reader_, revision, revision == state_.head),
                      std::prev(after)->second);
}

void VerifyContext::Add(absl::string_view invariant, absl::string_view subject,
                        absl::string_view problem) {
  if (full()) return;
  findings_.push_back(
      {std::string(invariant), std::string(subject), std::string(problem)});
}

absl::Status VerifyContext::AddIfCorrupt(const absl::Status& status,
                                         absl::string_view subject) {
  if (status.ok() || ReasonOf(status) == v1::ERROR_REASON_STORAGE_FAILED) return status;
  Add("I3", subject, absl::StrCat("It cannot be read: ", status.message()));
  return absl::OkStatus();
}

absl::Status ForEachRow(VerifyContext& context, kv::Keyspace keyspace,
                        absl::FunctionRef<absl::Status(const RowLife&)> visit) {
  if (keyspace != keys::kOut && keyspace != keys::kIn) {
    const std::unique_ptr<kv::Cursor> current = context.reader().NewCursor(keyspace);
    for (current->Seek(""); current->Valid() && !context.full(); current->Next()) {
      const keys::Revision version = keys::RowRevision(current->value());
      RETURN_IF_ERROR(visit({current->key(), current->value(), version,
                             std::max(version, context.oldest()), context.state().head}));
    }
    RETURN_IF_ERROR(current->status());
  }
  const std::string prefix = keys::PastPrefix(keyspace, "");
  const std::unique_ptr<kv::Cursor> past = context.reader().NewCursor(keys::kPast);
  for (past->Seek(prefix);
       past->Valid() && absl::StartsWith(past->key(), prefix) && !context.full();
       past->Next()) {
    if (past->key().size() <= prefix.size() + sizeof(keys::Revision)) {
      context.Add("I4", RowName(keys::kPast, past->key()), "The key is too short.");
      continue;
    }
    const absl::string_view key = past->key().substr(1, past->key().size() - 9);
    const keys::Revision removed = keys::LastBe64(past->key());
    if (removed <= context.oldest()) continue;
    const keys::Revision version = keys::RowRevision(past->value());
    RETURN_IF_ERROR(visit(
        {key, past->value(), version, std::max(version, context.oldest()), removed - 1}));
  }
  return past->status();
}

absl::StatusOr<absl::optional<keys::Edge>> FindCurrentEdge(const kv::Reader& reader,
                                                           kv::Keyspace keyspace,
                                                           const keys::EdgeKey& key) {
  const std::unique_ptr<kv::Cursor> cursor = reader.NewCursor(keyspace);
  cursor->SeekForPrev(key.Encode());
  RETURN_IF_ERROR(cursor->status());
  std::vector<keys::Edge> edges;
  if (!cursor->Valid() ||
      !absl::StartsWith(cursor->key(), keys::EdgePrefix(key.node, key.predicate)) ||
      !keys::DecodeSegment(cursor->value(), &edges)) {
    return absl::optional<keys::Edge>();
  }
  const keys::Edge wanted{key.neighbor, key.statement};
  const auto at = std::lower_bound(edges.begin(), edges.end(), wanted, keys::EdgeOrder);
  if (at == edges.end() || keys::EdgeOrder(wanted, *at))
    return absl::optional<keys::Edge>();
  return absl::optional<keys::Edge>(*at);
}

absl::StatusOr<absl::optional<keys::Edge>> FindEdgeAt(const kv::Reader& reader,
                                                      kv::Keyspace keyspace,
                                                      const keys::EdgeKey& key,
                                                      keys::Revision revision) {
  ASSIGN_OR_RETURN(const absl::optional<keys::Edge> current,
                   FindCurrentEdge(reader, keyspace, key));
  if (current.has_value() && current->revision <= revision) return current;
  const std::unique_ptr<kv::Cursor> past = reader.NewCursor(keys::kPast);
  past->Seek(keys::PastKey(keyspace, key.Encode(), revision + 1));
  RETURN_IF_ERROR(past->status());
  keys::IndexRow row;
  if (!past->Valid() ||
      !absl::StartsWith(past->key(), keys::PastPrefix(keyspace, key.Encode())) ||
      !keys::IndexRow::Decode(past->value(), &row) || row.revision > revision) {
    return absl::optional<keys::Edge>();
  }
  return absl::optional<keys::Edge>(keys::Edge{key.neighbor, key.statement,
                                               static_cast<keys::FacetNumber>(row.number),
                                               row.revision});
}

std::string RowName(kv::Keyspace keyspace, absl::string_view key) {
  const std::string name =
      key.size() == 8 ? absl::StrCat(keys::LastBe64(key)) : absl::BytesToHexString(key);
  return absl::StrCat(keys::kNames[keyspace], "/", name);
}

}  // namespace labgraph::graph
