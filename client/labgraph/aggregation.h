#ifndef LABGRAPH_AGGREGATION_H_
#define LABGRAPH_AGGREGATION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "labgraph/connection.h"
#include "labgraph/names.h"
#include "labgraph/pattern.h"
#include "labgraph/read_modifiers.h"

namespace labgraph::client {

// Counts the matches of a pattern, or statements, in groups:
//
//   // How many crimes does each lab target?
//   CountMatches(Pattern("lab").Kinds("lab").Out("targets").To("crime"))
//       .ById("lab")
//       .Run(*connection)
//   // What kinds of entity are there?
//   CountMatches(Pattern("any")).ByKind("any").Run(*connection)
//   // How many statements did each source bring, by relation?
//   CountStatements().Source("document/nsoc-labs-page").ByPredicate().Run(*connection)
//
// Every By... adds a key to what makes a group; without any there is one group. The
// variables of statements are "subject" and "object". Copyable; Run may be called any
// number of times. Not thread-safe.
class Aggregation : public ReadModifiers<Aggregation> {
 public:
  // Of statements, or of what a pattern matches.
  explicit Aggregation(const absl::optional<Pattern>& pattern);

  Aggregation& ById(absl::string_view variable);
  Aggregation& ByKind(absl::string_view variable);
  // Each value of the property puts what is counted in one more group.
  Aggregation& ByProperty(absl::string_view variable, absl::string_view property);
  // By the first year that a property of type DATE can mean.
  Aggregation& ByYear(absl::string_view variable, absl::string_view property);
  // Of statements: by predicate, and by the first year in which they can have begun to
  // hold.
  Aggregation& ByPredicate();
  Aggregation& ByYear();
  // Any key, with the others.
  Aggregation& By(v1::GroupKey key);

  // Which statements count. Of a pattern they are a mistake.
  Aggregation& Subject(absl::string_view id);
  Aggregation& Object(absl::string_view id);
  // With one of these predicates or inverse names. Called again it adds predicates.
  template <Name... Names>
  Aggregation& Predicates(const Names&... predicates) {
    return Predicates(NameList(predicates...));
  }
  Aggregation& Predicates(const std::vector<std::string>& predicates);
  Aggregation& Source(absl::string_view id);

  // Give at most this many groups, at least 1: the largest.
  Aggregation& Limit(uint32_t groups);
  // Look at no more than this many statements, at least 1.
  Aggregation& MaxVisited(uint64_t statements);

  // The request, or INVALID_ARGUMENT for the first mistake.
  absl::StatusOr<v1::AggregateRequest> Build() const;

  // Counts. `cut` of the answer says whether everything was counted, `group_count` how
  // many groups there are beside those given.
  absl::StatusOr<v1::AggregateResponse> Run(Connection& connection) const;

 private:
  Aggregation& By(v1::GroupBy by, absl::string_view variable, absl::string_view property);

  v1::AggregateRequest request_;
  absl::Status mistake_;  // the first one
};

// Begins a count of the matches of a pattern; of one variable without edges that is a
// count of entities.
inline Aggregation CountMatches(const Pattern& pattern) { return Aggregation(pattern); }
// Begins a count of statements.
inline Aggregation CountStatements() { return Aggregation(absl::nullopt); }

}  // namespace labgraph::client

#endif  // LABGRAPH_AGGREGATION_H_
