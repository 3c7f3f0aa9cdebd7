#ifndef LABGRAPH_PATHS_H_
#define LABGRAPH_PATHS_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "labgraph/connection.h"
#include "labgraph/names.h"
#include "labgraph/read_modifiers.h"
#include "labgraph/summary_range.h"

namespace labgraph::client {

using PathRange = SummaryRange<v1::Path, v1::FindPathsSummary>;

// Builds a search for paths:
//
//   PathsBetween("lab/exit", "lab/caterpillar").Avoid("sector/police").Run(connection)
//   PathsBetween("lab/exit", "lab/caterpillar").KShortest(5).Require("commodity/drugs")
//
// By default one shortest path along relations in either direction. Finding none is an
// empty range, not an error. Copyable; Run may be called any number of times. Not
// thread-safe.
class PathSearch : public ReadModifiers<PathSearch> {
 public:
  PathSearch(std::vector<std::string> from, std::vector<std::string> to);

  // All paths with the fewest hops.
  PathSearch& AllShortest();
  // The k shortest paths that pass no entity twice, at least 1.
  PathSearch& KShortest(uint32_t k);
  // All paths of at most MaxHops that pass no entity twice, the shortest first.
  PathSearch& AllSimple();
  // Only along these predicates or inverse names.
  template <Name... Names>
  PathSearch& Along(const Names&... predicates) {
    return Along(NameList(predicates...));
  }
  PathSearch& Along(const std::vector<std::string>& predicates);
  // Follow relations only in this direction; by default in both.
  PathSearch& Directed(v1::Direction direction);
  // Only through entities of these kinds; the ends may have any.
  template <Name... Names>
  PathSearch& Kinds(const Names&... kinds) {
    return Kinds(NameList(kinds...));
  }
  PathSearch& Kinds(const std::vector<std::string>& kinds);
  // Only through entities for which this filter is true; the ends may be any. Called
  // again, both must be true.
  PathSearch& Where(absl::string_view filter);
  // Only paths that pass, or end at, each of these entities; they pass none twice.
  template <Name... Ids>
  PathSearch& Require(const Ids&... ids) {
    return Require(NameList(ids...));
  }
  PathSearch& Require(const std::vector<std::string>& ids);
  // Only paths that use each of these relations, in either direction; as above.
  template <Name... Names>
  PathSearch& RequirePredicates(const Names&... predicates) {
    return RequirePredicates(NameList(predicates...));
  }
  PathSearch& RequirePredicates(const std::vector<std::string>& predicates);
  // Not through these entities.
  template <Name... Ids>
  PathSearch& Avoid(const Ids&... ids) {
    return Avoid(NameList(ids...));
  }
  PathSearch& Avoid(const std::vector<std::string>& ids);
  // Not along these relations.
  template <Name... Names>
  PathSearch& AvoidPredicates(const Names&... predicates) {
    return AvoidPredicates(NameList(predicates...));
  }
  PathSearch& AvoidPredicates(const std::vector<std::string>& predicates);

  // At most this many hops, at least 1.
  PathSearch& MaxHops(uint32_t hops);
  // At most this many paths, at least 1.
  PathSearch& Limit(uint32_t paths);
  // Look at no more than this many statements, at least 1.
  PathSearch& MaxVisited(uint64_t statements);
  // Goes on behind the last path of an answer: `next_page_token` of its summary (see
  // PathRange::Finish), which is there where Limit or KShortest ended it. The rest of the
  // chain must be as it was then.
  PathSearch& PageToken(absl::string_view token);
  PathSearch& IdsOnly() { return View(v1::ENTITY_VIEW_IDS); }
  PathSearch& View(v1::EntityView view);

  // The request, or INVALID_ARGUMENT for the first mistake in the chain.
  absl::StatusOr<v1::FindPathsRequest> Build() const;

  // Searches. The range asks nothing before its first element is wanted.
  PathRange Run(std::shared_ptr<Connection> connection) const;

 private:
  v1::FindPathsRequest request_;
  absl::Status mistake_;  // the first one
};

// Begins a search for paths from one entity to another.
PathSearch PathsBetween(absl::string_view from, absl::string_view to);
// The same with several ends: a path may start at any of the first and end at any of
// the second.
PathSearch PathsBetween(std::vector<std::string> from, std::vector<std::string> to);

}  // namespace labgraph::client

#endif  // LABGRAPH_PATHS_H_
