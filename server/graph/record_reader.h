#ifndef LABGRAPH_SERVER_GRAPH_RECORD_READER_H_
#define LABGRAPH_SERVER_GRAPH_RECORD_READER_H_

#include <memory>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "labgraph/v1/entity.pb.h"
#include "labgraph/v1/statement.pb.h"
#include "server/graph/edge_scan.h"
#include "server/graph/entity_numbers.h"
#include "server/graph/versioned_reader.h"
#include "server/keys/keys.h"
#include "server/schema/ontology.h"

namespace labgraph::graph {

enum class EdgeDirection { kOut, kIn };

// A stored entity: the record as written, without output-only fields.
struct EntityRecord {
  keys::EntityNumber number = 0;
  keys::Revision first = 0;     // revision that created it
  keys::Revision revision = 0;  // revision that wrote this version
  schema::KindNumber kind = 0;
  v1::Entity entity;
};

// A stored statement: the record as written, without output-only fields.
struct StatementRecord {
  keys::StatementNumber number = 0;
  keys::Revision first = 0;
  keys::Revision revision = 0;
  keys::EntityNumber subject = 0;
  schema::PredicateNumber predicate = 0;
  keys::EntityNumber object = 0;  // 0 for a property
  keys::FacetNumber facet = 0;
  v1::Statement statement;
};

// Finds and decodes the records of one revision. Statements are spelled with the
// ontology's present name of their predicate. Errors of every read: STORAGE_FAILED,
// STORAGE_CORRUPT. As thread-safe as what `rows` reads from, which must outlive it.
class RecordReader {
 public:
  // `known` may be null. Otherwise it must outlive the reader, which then is not
  // thread-safe, and `rows` must be of the newest revision.
  RecordReader(VersionedReader rows, std::shared_ptr<const schema::Ontology> ontology,
               EntityNumbers* known = nullptr)
      : rows_(rows), ontology_(std::move(ontology)), known_(known) {}

  const VersionedReader& rows() const { return rows_; }
  const schema::Ontology& ontology() const { return *ontology_; }
  const std::shared_ptr<const schema::Ontology>& shared_ontology() const {
    return ontology_;
  }

  // The entity, or nullopt where there is none. Errors: ID_MALFORMED, LIMIT_EXCEEDED,
  // FIELD_REQUIRED, KIND_UNKNOWN at `field`.
  absl::StatusOr<absl::optional<EntityRef>> FindEntityRef(absl::string_view id,
                                                          absl::string_view field) const;
  // As above, its number alone.
  absl::StatusOr<absl::optional<keys::EntityNumber>> FindEntity(
      absl::string_view id, absl::string_view field) const;
  // As above, for reading: the id of a merged entity leads to the one it was merged into.
  // Absence is ENTITY_NOT_FOUND at `field`; an unknown kind as well.
  absl::StatusOr<keys::EntityNumber> ResolveEntity(absl::string_view id,
                                                   absl::string_view field) const;
  // The id that `id` leads to since its entity was merged; nullopt where it was not.
  // Errors: as FindEntityRef.
  absl::StatusOr<absl::optional<std::string>> RedirectOf(absl::string_view id,
                                                         absl::string_view field) const;
  // Nullopt where there is none.
  absl::StatusOr<absl::optional<keys::StatementNumber>> FindStatement(
      absl::string_view id) const;

  // Nullopt where there is none.
  absl::StatusOr<absl::optional<EntityRecord>> ReadEntity(
      keys::EntityNumber number) const;
  absl::StatusOr<absl::optional<StatementRecord>> ReadStatement(
      keys::StatementNumber number) const;

  // The same for the value that a scan gives of a row of keys::kEntity, or kStatement.
  absl::StatusOr<EntityRecord> DecodeEntity(keys::EntityNumber number,
                                            absl::string_view bytes) const;
  absl::StatusOr<StatementRecord> DecodeStatement(keys::StatementNumber number,
                                                  absl::string_view bytes) const;

  // The kind alone; nullopt where there is no such entity.
  absl::StatusOr<absl::optional<schema::KindNumber>> KindOf(
      keys::EntityNumber number) const;

  // Edges of `node`, see EdgeScan.
  EdgeScan Edges(EdgeDirection direction, keys::EntityNumber node,
                 absl::optional<schema::PredicateNumber> predicate = absl::nullopt,
                 EdgeCursors* cursors = nullptr) const;

 private:
  VersionedReader rows_;
  std::shared_ptr<const schema::Ontology> ontology_;
  EntityNumbers* known_;
};

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_RECORD_READER_H_
