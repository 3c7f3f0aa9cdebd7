#ifndef LABGRAPH_SERVER_QUERY_FILTER_H_
#define LABGRAPH_SERVER_QUERY_FILTER_H_

#include <memory>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "server/graph/view.h"
#include "server/keys/keys.h"
#include "server/schema/ontology.h"

namespace labgraph::query {

struct FilterNode;

// A condition on entities in the manner of AIP-160, compiled against a schema. The
// language is described in docs/filter.md. Immutable; copies are cheap. Thread-safe.
class Filter {
 public:
  // Matches every entity.
  Filter() = default;

  // Blank text matches every entity. Errors: FILTER_MALFORMED with the byte at fault,
  // also for what does not fit the schema, and LIMIT_EXCEEDED (kFilterBytes,
  // kFilterDepth), all at `field`.
  static absl::StatusOr<Filter> Parse(absl::string_view text,
                                      const schema::Ontology& ontology,
                                      absl::string_view field);

  // Whether the entity, which exists and may be seen at the view, matches. Relations and
  // properties count if their statements pass the view's verdicts. To ask about many
  // entities use a FilterMatcher. REQUIRES: the view has the ontology of Parse.
  // Errors: STORAGE_FAILED, STORAGE_CORRUPT.
  absl::StatusOr<bool> Matches(graph::View& view, keys::EntityNumber entity) const;

  // Whether no entity needs to be asked about.
  bool matches_all() const { return root_ == nullptr; }

 private:
  friend class FilterMatcher;
  std::shared_ptr<const FilterNode> root_;  // null: matches all
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_FILTER_H_
