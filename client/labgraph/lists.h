#ifndef LABGRAPH_LISTS_H_
#define LABGRAPH_LISTS_H_

#include <cstdint>
#include <memory>
#include <string>

#include "labgraph/connection.h"
#include "labgraph/range.h"

// Lists of any length as ranges, page after page as they are wanted. All pages show the
// same revision. `page_size` of a request says how much is fetched at a time,
// `page_token` where to begin.

namespace labgraph::client {

Range<v1::Entity> ListEntities(std::shared_ptr<Connection> connection,
                               v1::ListEntitiesRequest request);

Range<v1::Statement> ListStatements(std::shared_ptr<Connection> connection,
                                    v1::ListStatementsRequest request);

// One neighbour with what its group says of it, see v1::NeighborGroup.
struct RelatedEntity {
  std::string predicate;
  v1::Direction direction = v1::DIRECTION_UNSPECIFIED;
  v1::LocalizedText label;
  uint64_t group_count = 0;
  v1::Entity entity;
  v1::Statement statement;
};

// In the order of the groups. A request with count_only has no neighbours to give and is
// refused with FIELD_INVALID: its groups come as one page from Connection::ListNeighbors.
Range<RelatedEntity> ListNeighbors(std::shared_ptr<Connection> connection,
                                   v1::ListNeighborsRequest request);

}  // namespace labgraph::client

#endif  // LABGRAPH_LISTS_H_
