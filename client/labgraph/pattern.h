#ifndef LABGRAPH_PATTERN_H_
#define LABGRAPH_PATTERN_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "labgraph/names.h"
#include "labgraph/v1/pattern.pb.h"

namespace labgraph::client {

// A graph of variables to put entities in the place of, written as a sentence:
//
//   // Labs that target something which involves drugs.
//   Pattern("lab").Kinds("lab").Out("targets").To("crime")
//       .Out("involves").To("goods").Ids("commodity/drugs")
//
//   // Two different labs that target the same.
//   Pattern("lab").Out("targets").To("crime")
//       .And("other").Out("targets").To("crime").AllDifferent()
//
// Out, In and Both begin an edge at the variable named last, and To ends it; And goes on
// at another. A variable is the same wherever its name stands, and their order is that in
// which they are named first. What is wrong with a pattern is said where it is used: by
// Match (match.h) and CountMatches (aggregation.h). Copyable. Not thread-safe.
class Pattern {
 public:
  // A name has 1 to 64 characters of a-z, 0-9 and '_'.
  explicit Pattern(absl::string_view variable);

  // Goes on at this variable, new or named before.
  Pattern& And(absl::string_view variable);

  // Begins an edge along these predicates or inverse names; none means every relation.
  template <Name... Names>
  Pattern& Out(const Names&... predicates) {
    return Edge(v1::DIRECTION_OUT, NameList(predicates...));
  }
  template <Name... Names>
  Pattern& In(const Names&... predicates) {
    return Edge(v1::DIRECTION_IN, NameList(predicates...));
  }
  template <Name... Names>
  Pattern& Both(const Names&... predicates) {
    return Edge(v1::DIRECTION_BOTH, NameList(predicates...));
  }
  Pattern& Edge(v1::Direction direction, const std::vector<std::string>& predicates);
  // Ends the edge at this variable, new or named before; the sentence goes on there.
  Pattern& To(absl::string_view variable);
  // Exactly this many hops, or from min to max, of the edge begun last. 0 is the entity
  // itself; more than one are those of the shortest way.
  Pattern& Hops(uint32_t hops) { return Hops(hops, hops); }
  Pattern& Hops(uint32_t min, uint32_t max);

  // Only entities of these kinds stand for the variable named last. Called again it adds
  // kinds.
  template <Name... Names>
  Pattern& Kinds(const Names&... kinds) {
    return Kinds(NameList(kinds...));
  }
  Pattern& Kinds(const std::vector<std::string>& kinds);
  // Only these entities. Called again it adds ids.
  template <Name... Names>
  Pattern& Ids(const Names&... ids) {
    return Ids(NameList(ids...));
  }
  Pattern& Ids(const std::vector<std::string>& ids);
  // Only entities for which this filter is true. Called again, both must be true.
  Pattern& Where(absl::string_view filter);

  // No two variables stand for the same entity.
  Pattern& AllDifferent();

  // What was said so far.
  const std::vector<v1::PatternVariable>& variables() const { return variables_; }
  const std::vector<v1::PatternEdge>& edges() const { return edges_; }
  bool all_different() const { return all_different_; }

  // The first mistake in the sentence, as INVALID_ARGUMENT with the field it concerns.
  absl::Status Check() const;

 private:
  // Makes the variable the one named last.
  void GoTo(absl::string_view variable);
  // Whether an edge is begun and not ended.
  bool IsEdgeOpen() const { return !edges_.empty() && edges_.back().to().empty(); }
  absl::Status EdgeWithoutEnd() const;
  // Notes a mistake where an edge is open, so that no variable is spoken of.
  void CheckNoEdgeOpen() { mistake_.Update(EdgeWithoutEnd()); }
  v1::PatternVariable& LastVariable();

  std::vector<v1::PatternVariable> variables_;
  std::vector<v1::PatternEdge> edges_;
  bool all_different_ = false;
  size_t last_ = 0;       // position of the variable named last
  absl::Status mistake_;  // the first one
};

}  // namespace labgraph::client

#endif  // LABGRAPH_PATTERN_H_
