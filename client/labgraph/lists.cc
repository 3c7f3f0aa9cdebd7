#include "labgraph/lists.h"

#include <deque>
#include <utility>

#include "labgraph/error.h"
#include "labgraph/internal/pager.h"

namespace labgraph::client {
namespace {

void UnpackEntities(v1::ListEntitiesResponse page, std::deque<v1::Entity>& entities) {
  for (v1::Entity& entity : *page.mutable_entities())
    entities.push_back(std::move(entity));
}

void UnpackStatements(v1::ListStatementsResponse page,
                      std::deque<v1::Statement>& statements) {
  for (v1::Statement& statement : *page.mutable_statements()) {
    statements.push_back(std::move(statement));
  }
}

void UnpackNeighbors(v1::ListNeighborsResponse page, std::deque<RelatedEntity>& related) {
  for (v1::NeighborGroup& group : *page.mutable_groups()) {
    for (v1::Neighbor& neighbor : *group.mutable_neighbors()) {
      related.push_back({group.predicate(), group.direction(), group.label(),
                         group.count(), std::move(*neighbor.mutable_entity()),
                         std::move(*neighbor.mutable_statement())});
    }
  }
}

}  // namespace

Range<v1::Entity> ListEntities(std::shared_ptr<Connection> connection,
                               v1::ListEntitiesRequest request) {
  return internal::Paged<v1::Entity>(std::move(connection), &Connection::ListEntities,
                                     std::move(request), UnpackEntities);
}

Range<v1::Statement> ListStatements(std::shared_ptr<Connection> connection,
                                    v1::ListStatementsRequest request) {
  return internal::Paged<v1::Statement>(std::move(connection),
                                        &Connection::ListStatements, std::move(request),
                                        UnpackStatements);
}

Range<RelatedEntity> ListNeighbors(std::shared_ptr<Connection> connection,
                                   v1::ListNeighborsRequest request) {
  if (request.count_only()) {
    return Range<RelatedEntity>([]() -> absl::optional<absl::StatusOr<RelatedEntity>> {
      return absl::StatusOr<RelatedEntity>(
          MakeError(v1::ERROR_REASON_FIELD_INVALID, "count_only",
                    "A range has no counts to give; call Connection::ListNeighbors."));
    });
  }
  return internal::Paged<RelatedEntity>(std::move(connection), &Connection::ListNeighbors,
                                        std::move(request), UnpackNeighbors);
}

}  // namespace labgraph::client
