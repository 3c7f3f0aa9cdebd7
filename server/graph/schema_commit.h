#ifndef LABGRAPH_SERVER_GRAPH_SCHEMA_COMMIT_H_
#define LABGRAPH_SERVER_GRAPH_SCHEMA_COMMIT_H_

// The steps of a change of schema: plan it, see which facts it would break, write it.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "labgraph/v1/editor_service.pb.h"
#include "server/graph/draft.h"
#include "server/kv/store.h"
#include "server/schema/ontology.h"

namespace labgraph::graph {

// A schema to be.
struct PlannedSchema {
  std::shared_ptr<const schema::Ontology> ontology;
  schema::Numbering numbering;
  std::vector<v1::SchemaDifference> differences;
};

// Errors, at fields of the request: those of schema::ApplyChange and Ontology::Compile.
absl::StatusOr<PlannedSchema> PlanSchema(const v1::ApplySchemaRequest& request,
                                         const schema::Ontology& before,
                                         const schema::Numbering& numbering);

// Facts that do not fit.
struct SchemaProblems {
  uint64_t count = 0;
  // Of the request, where the first problem is with one of it alone.
  std::string field = "schema";
  std::vector<v1::Problem> listed;  // at most kProblems
};

// SCHEMA_BREAKS_FACTS, which tells the first. REQUIRES: there is one.
absl::Status BrokenFacts(const SchemaProblems& problems);

// Checks every fact that the differences may touch. `planned` is what the request asks
// for, `draft` of its ontology.
absl::StatusOr<SchemaProblems> FindBrokenFacts(const v1::ApplySchemaRequest& request,
                                               const PlannedSchema& planned,
                                               const schema::Ontology& before,
                                               Draft& draft);

// Writes the schema and its new numbers as of the draft's revision. `before` is the
// numbering that the store has.
void WriteSchema(const PlannedSchema& planned, const schema::Numbering& before,
                 Draft& draft);

// The numbering and the schema that stood at `revision`; that schema's own revision is 0
// when there was none yet. Errors: STORAGE_FAILED, STORAGE_CORRUPT.
absl::StatusOr<schema::Numbering> ReadNumbering(const kv::Reader& reader,
                                                const keys::State& state);
struct SchemaVersion {
  keys::Revision revision = 0;
  v1::Schema schema;
};
absl::StatusOr<SchemaVersion> ReadSchema(const kv::Reader& reader,
                                         keys::Revision revision);
// The revision of that schema alone.
absl::StatusOr<keys::Revision> SchemaRevision(const kv::Reader& reader,
                                              keys::Revision revision);

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_SCHEMA_COMMIT_H_
