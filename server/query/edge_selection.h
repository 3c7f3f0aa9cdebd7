#ifndef LABGRAPH_SERVER_QUERY_EDGE_SELECTION_H_
#define LABGRAPH_SERVER_QUERY_EDGE_SELECTION_H_

#include <algorithm>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "labgraph/v1/read_options.pb.h"
#include "server/graph/record_reader.h"
#include "server/schema/ontology.h"

namespace labgraph::query {

// Which edges a walk follows from an entity. A value.
struct EdgeSelection {
  // Every relation in that direction but the avoided ones.
  bool all_out = false;
  bool all_in = false;
  // These as well; ascending, without those that all_out or all_in gives already.
  std::vector<schema::PredicateNumber> out;
  std::vector<schema::PredicateNumber> in;
  // Ascending.
  std::vector<schema::PredicateNumber> avoided;

  bool FollowsOut(schema::PredicateNumber predicate) const {
    return all_out ? !Avoids(predicate) || Has(out, predicate) : Has(out, predicate);
  }
  bool FollowsIn(schema::PredicateNumber predicate) const {
    return all_in ? !Avoids(predicate) || Has(in, predicate) : Has(in, predicate);
  }
  bool Avoids(schema::PredicateNumber predicate) const { return Has(avoided, predicate); }

  bool FollowsAll(graph::EdgeDirection direction) const {
    return direction == graph::EdgeDirection::kOut ? all_out : all_in;
  }
  const std::vector<schema::PredicateNumber>& Named(
      graph::EdgeDirection direction) const {
    return direction == graph::EdgeDirection::kOut ? out : in;
  }
  bool FollowsAny(graph::EdgeDirection direction) const {
    return FollowsAll(direction) || !Named(direction).empty();
  }
  bool Follows(graph::EdgeDirection direction, schema::PredicateNumber predicate) const {
    return direction == graph::EdgeDirection::kOut ? FollowsOut(predicate)
                                                   : FollowsIn(predicate);
  }

  // The same edges walked from their other ends.
  EdgeSelection Reversed() const;

  friend bool operator==(const EdgeSelection&, const EdgeSelection&) = default;

 private:
  // Asked for every group of edges, of which a walk mostly names one.
  static bool Has(const std::vector<schema::PredicateNumber>& numbers,
                  schema::PredicateNumber number) {
    if (numbers.size() == 1) return numbers.front() == number;
    return std::binary_search(numbers.begin(), numbers.end(), number);
  }
};

// What a request says about edges to follow.
struct SelectionRequest {
  v1::Direction direction = v1::DIRECTION_UNSPECIFIED;
  v1::Direction default_direction = v1::DIRECTION_OUT;
  // Names, former names or inverse names; the last turn the direction round. Empty: all.
  const google::protobuf::RepeatedPtrField<std::string>& predicates;
  // Relations, however named, not to be followed in either direction. Null: none.
  const google::protobuf::RepeatedPtrField<std::string>* avoided = nullptr;
};

// The numbers of relations, however named, ascending, each once. Errors:
// PREDICATE_UNKNOWN, and FIELD_INVALID for a property, at "<field>[i]".
absl::StatusOr<std::vector<schema::PredicateNumber>> ResolveRelations(
    const google::protobuf::RepeatedPtrField<std::string>& names, absl::string_view field,
    const schema::Ontology& ontology);

// A symmetric relation is selected both ways whatever the direction.
// Errors: FIELD_INVALID at "direction"; PREDICATE_UNKNOWN, and FIELD_INVALID for a
// property, at "predicates[i]" and "avoid_predicates[i]".
absl::StatusOr<EdgeSelection> SelectEdges(const SelectionRequest& request,
                                          const schema::Ontology& ontology);

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_EDGE_SELECTION_H_
