#ifndef LABGRAPH_SERVER_GRAPH_MOVED_RECORDS_H_
#define LABGRAPH_SERVER_GRAPH_MOVED_RECORDS_H_

// What merging two entities and taking that back share: reading and putting records, and
// saying one id in the place of another.

#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "labgraph/v1/entity.pb.h"
#include "labgraph/v1/statement.pb.h"
#include "server/graph/draft.h"
#include "server/graph/record_reader.h"

namespace labgraph::graph {

using Sources = google::protobuf::RepeatedPtrField<v1::Source>;
// Ids of statements by the ids that they are to be exchanged for.
using StatementIds = absl::flat_hash_map<std::string, std::string>;

// An existing record, by number. Errors: STORAGE_FAILED; STORAGE_CORRUPT where there is
// none.
absl::StatusOr<StatementRecord> ReadKnown(keys::StatementNumber number,
                                          const Draft& draft);
absl::StatusOr<EntityRecord> ReadKnownEntity(keys::EntityNumber number,
                                             const Draft& draft);

// Prepares and writes a record. Errors: those of PrepareStatement, PrepareEntity and
// PutPrepared.
absl::Status Put(v1::Statement statement, Draft& draft);
absl::Status Put(v1::Entity entity, Draft& draft);

// Puts `to` in the place of `from` and leaves out sources that are there twice then.
void RenameSources(const std::string& from, const std::string& to, Sources* sources);
void LeaveOutDoubles(Sources* sources);

// Exchanges an entity for another in a statement's ends.
void RenameEnds(const std::string& from, const std::string& to, v1::Statement* statement);
bool IsEnd(const std::string& id, const v1::Statement& statement);

// Exchanges statements for others in a statement's value and qualifiers.
void RenameReferences(const StatementIds& ids, const schema::Ontology& ontology,
                      v1::Statement* statement);

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_MOVED_RECORDS_H_
