#ifndef LABGRAPH_SERVER_QUERY_ENTITY_CHECK_H_
#define LABGRAPH_SERVER_QUERY_ENTITY_CHECK_H_

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "server/graph/view.h"
#include "server/keys/keys.h"
#include "server/query/budget.h"
#include "server/query/expander.h"
#include "server/query/filter.h"
#include "server/query/filter_matcher.h"
#include "server/schema/ontology.h"

namespace labgraph::query {

// Asks of entities that a walk meets whether they are of its kinds and match its
// condition. Not thread-safe.
class EntityCheck {
 public:
  using Kinds = absl::flat_hash_set<schema::KindNumber>;

  // No kinds: all. All but `where` must outlive this.
  EntityCheck(const Kinds& kinds, Filter where, graph::View& view, Expander& expander,
              Budget& budget)
      : kinds_(kinds),
        asks_where_(!where.matches_all()),
        expander_(expander),
        budget_(budget),
        where_(std::move(where), &view) {}

  // Whether it can say no.
  bool asks() const { return asks_where_ || !kinds_.empty(); }

  // False as well when the budget stops it. Errors: STORAGE_FAILED, STORAGE_CORRUPT.
  absl::StatusOr<bool> Passes(keys::EntityNumber entity);

 private:
  const Kinds& kinds_;
  const bool asks_where_;
  Expander& expander_;
  Budget& budget_;
  FilterMatcher where_;
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_ENTITY_CHECK_H_
