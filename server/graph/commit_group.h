#ifndef LABGRAPH_SERVER_GRAPH_COMMIT_GROUP_H_
#define LABGRAPH_SERVER_GRAPH_COMMIT_GROUP_H_

#include <memory>

#include "absl/status/status.h"
#include "labgraph/v1/editor_service.pb.h"
#include "server/base/clock.h"
#include "server/graph/draft.h"
#include "server/graph/entity_index.h"
#include "server/graph/entity_numbers.h"
#include "server/graph/facets.h"
#include "server/graph/write_buffer.h"
#include "server/keys/rows.h"
#include "server/schema/ontology.h"

namespace labgraph::graph {

class EntityFinder;

// Commits that are written together: each its own revision, all in one batch.
struct CommitGroup {
  WriteBuffer buffer;
  keys::State state;  // after the last commit of the group that succeeded
  std::shared_ptr<const schema::Ontology> ontology;
  schema::Numbering numbering;
  // What is the same for all groups.
  FacetTable* facets;
  const EntityIndex* index;    // may be null
  const EntityFinder* finder;  // may be null
  EntityNumbers* numbers;
  RareRows* rare;
  keys::Revision oldest;  // that can be read
  const Clock* clock;
};

// Each does one commit in the group. On error the group is as it was. Errors: those of
// the methods of Graph with the same names, at fields of the request.
absl::Status CommitInGroup(const v1::CommitRequest& request, CommitGroup& group,
                           v1::CommitResponse* response);
// Uses the part up. Leaves `parts` in the response alone.
absl::Status ImportInGroup(v1::ImportRequest& part, CommitGroup& group,
                           v1::ImportResponse* response);
absl::Status ApplySchemaInGroup(const v1::ApplySchemaRequest& request, CommitGroup& group,
                                v1::ApplySchemaResponse* response);

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_COMMIT_GROUP_H_
