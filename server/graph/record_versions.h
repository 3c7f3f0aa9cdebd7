#ifndef LABGRAPH_SERVER_GRAPH_RECORD_VERSIONS_H_
#define LABGRAPH_SERVER_GRAPH_RECORD_VERSIONS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "server/graph/record_reader.h"
#include "server/keys/keys.h"
#include "server/keys/keyspaces.h"
#include "server/kv/store.h"

namespace labgraph::graph {

// Which records: entities or statements.
struct RecordType {
  kv::Keyspace records;  // number -> record
  kv::Keyspace ids;      // id -> number
};
inline constexpr RecordType kEntityRecords{keys::kEntity, keys::kEntityId};
inline constexpr RecordType kStatementRecords{keys::kStatement, keys::kStatementId};

// One version of a record, as its row has it.
struct VersionRow {
  uint64_t number = 0;
  keys::Revision revision = 0;  // that wrote it
  keys::Revision removed = 0;   // that replaced or removed it; 0 while it stands
  std::string row;
};

// The key of an entity's id in kEntityId, also where its kind is no longer in the schema:
// entities of it may have been there. Errors at `field`: ID_MALFORMED, LIMIT_EXCEEDED,
// FIELD_REQUIRED, KIND_UNKNOWN; STORAGE_FAILED, STORAGE_CORRUPT.
absl::StatusOr<std::string> EntityIdKeyOf(absl::string_view id,
                                          const schema::Ontology& ontology,
                                          const kv::Reader& reader,
                                          absl::string_view field);

// Every number that the id under `id_key` has or had, ascending. Errors: STORAGE_FAILED,
// STORAGE_CORRUPT.
absl::StatusOr<std::vector<uint64_t>> NumbersOf(const kv::Reader& reader, RecordType type,
                                                absl::string_view id_key);

// All versions of the records that the id has or had, in the order of revisions. Those
// that went by `oldest` are left out. Errors: STORAGE_FAILED, STORAGE_CORRUPT.
absl::StatusOr<std::vector<VersionRow>> ReadVersions(const kv::Reader& reader,
                                                     RecordType type,
                                                     absl::string_view id_key,
                                                     keys::Revision oldest);

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_RECORD_VERSIONS_H_
