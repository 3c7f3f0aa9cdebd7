#ifndef LABGRAPH_SERVER_GRAPH_ERASE_REFERENCES_H_
#define LABGRAPH_SERVER_GRAPH_ERASE_REFERENCES_H_

// What refers, or ever referred, to an entity that is to be erased.

#include <cstdint>
#include <set>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/graph/draft.h"
#include "server/graph/erase_set.h"
#include "server/keys/keys.h"

namespace labgraph::graph {

// Ids of all statements that ever had the entity as an end and are still told of in rows,
// merges of others, or changes after `oldest`; where there are more than `most`, just
// more than that. Errors: STORAGE_FAILED, STORAGE_CORRUPT.
absl::StatusOr<std::set<std::string>> StatementsOf(const ErasedRecord& entity,
                                                   keys::Revision oldest, uint64_t most,
                                                   Draft& draft);

// That nobody but those of the set ever had the entity as a source. Errors: ENTITY_IN_USE
// at "entity", STORAGE_FAILED, STORAGE_CORRUPT.
absl::Status CheckNotCited(const ErasedRecord& entity, keys::Revision oldest,
                           EraseSet& set, Draft& draft);

// That the statements of the set were never anything but facts about the entity: an id
// may have been given to another fact. Errors: as CheckNotCited.
absl::Status CheckFactsAreOf(const ErasedRecord& entity, EraseSet& set);

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_ERASE_REFERENCES_H_
