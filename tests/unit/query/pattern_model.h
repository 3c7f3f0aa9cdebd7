#ifndef LABGRAPH_TESTS_UNIT_QUERY_PATTERN_MODEL_H_
#define LABGRAPH_TESTS_UNIT_QUERY_PATTERN_MODEL_H_

#include <cstdint>
#include <ostream>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "labgraph/v1/pattern.pb.h"
#include "tests/unit/query/random_graph.h"

namespace labgraph::query {

using PatternVariables = google::protobuf::RepeatedPtrField<v1::PatternVariable>;
using PatternEdges = google::protobuf::RepeatedPtrField<v1::PatternEdge>;

// A pattern of one to four variables over a random graph: chains, stars, cycles, pieces
// without connection, edges of several hops.
struct RandomPattern {
  RandomPattern(const RandomGraph& graph, std::mt19937_64& random);

  PatternVariables variables;
  PatternEdges edges;
  bool all_different = false;
};

// The matches of a pattern found by trying every entity in every place; conditions are
// "kind = special" or none.
struct PatternModel {
  PatternModel(graph::View& view, const RandomPattern& pattern);

  struct Match {
    std::vector<keys::EntityNumber> entities;
    std::vector<keys::StatementNumber> statements;
    friend auto operator<=>(const Match&, const Match&) = default;
    friend std::ostream& operator<<(std::ostream& out, const Match& match) {
      return out << absl::StrJoin(match.entities, ",") << " by "
                 << absl::StrJoin(match.statements, ",");
    }
  };
  std::vector<Match> matches;  // ascending
};

}  // namespace labgraph::query

#endif  // LABGRAPH_TESTS_UNIT_QUERY_PATTERN_MODEL_H_
