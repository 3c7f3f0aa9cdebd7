#ifndef LABGRAPH_SERVER_GRAPH_RECORD_FILTER_H_
#define LABGRAPH_SERVER_GRAPH_RECORD_FILTER_H_

#include <memory>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "labgraph/v1/change.pb.h"
#include "labgraph/v1/entity.pb.h"
#include "labgraph/v1/history.pb.h"
#include "labgraph/v1/statement.pb.h"
#include "server/graph/record_reader.h"
#include "server/schema/ontology.h"

namespace labgraph::graph {

// The compiled form of v1::RecordFilter. It judges records by ids and names and not by
// numbers, so that records of any revision can be judged, and those that are gone.
// Immutable; thread-safe.
class RecordFilter {
 public:
  // Lets everything pass.
  RecordFilter() = default;

  // Checks the filter against what `records` reads, and compiles it for that.
  // Errors: KIND_UNKNOWN at "kinds[0]", PREDICATE_UNKNOWN at "predicates[0]",
  // ENTITY_NOT_FOUND and ID_MALFORMED at "entities[0]", LIMIT_EXCEEDED (kBatchIds) at
  // "kinds", "predicates" and "entities".
  static absl::StatusOr<RecordFilter> Make(const v1::RecordFilter& filter,
                                           const RecordReader& records);

  // Compiles a filter that was checked once: for another schema, or after its entities
  // were deleted. A name that is not known stands for itself alone. Errors:
  // STORAGE_FAILED, STORAGE_CORRUPT.
  static absl::StatusOr<RecordFilter> Compile(const v1::RecordFilter& filter,
                                              const RecordReader& records);

  // Lets what is said of the entities of another one pass as well.
  void AddEntitiesOf(const RecordFilter& other) {
    entities_.insert(other.entities_.begin(), other.entities_.end());
  }

  // Whether it asks for the entity, or for one that was merged into it.
  bool IsAbout(absl::string_view id) const { return entities_.contains(id); }

  bool passes_all() const { return !by_kind_ && !by_predicate_ && !by_entity_; }

  bool Passes(const v1::Entity& entity) const { return PassesEntity(entity.id()); }
  // The same for an entity of which only the id is left. Nothing else is asked of one.
  bool PassesEntity(absl::string_view id) const;
  // A statement with all its fields. Its predicate may have any name that it ever had.
  bool Passes(const v1::Statement& statement) const;
  // What is said of an entity that was merged is said of either.
  bool Passes(const v1::Redirect& redirect) const {
    return PassesEntity(redirect.id()) || PassesEntity(redirect.into());
  }

 private:
  using Names = absl::flat_hash_set<std::string>;

  void AddKind(const std::string& name);
  void AddPredicate(const std::string& name);
  absl::Status AddEntity(const std::string& id, const RecordReader& records);
  bool IsOfKind(absl::string_view id) const;
  bool HasPredicate(absl::string_view name) const;
  bool Mentions(const v1::Statement& statement) const;

  std::shared_ptr<const schema::Ontology> ontology_;
  bool by_kind_ = false;
  bool by_predicate_ = false;
  bool by_entity_ = false;
  Names kinds_;  // those under the ones asked for as well
  absl::flat_hash_set<schema::PredicateNumber> predicates_;
  Names unknown_predicates_;
  Names entities_;  // and those that they were merged into
};

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_RECORD_FILTER_H_
