#include "server/query/find_paths.h"

#include <limits>

#include "server/base/status_macros.h"
#include "server/query/path_levels.h"
#include "server/query/path_links.h"
#include "server/query/path_lister.h"
#include "server/query/path_tools.h"
#include "server/query/shortest_path.h"
#include "server/query/simple_paths.h"
#include "server/query/statement_choices.h"

namespace labgraph::query {
namespace {

// How many paths are all that is asked for.
uint64_t Enough(const PathPlan& plan) {
  switch (plan.mode) {
    case v1::PATH_MODE_SHORTEST:
      return 1;
    case v1::PATH_MODE_K_SHORTEST:
      return plan.max_paths;
    default:
      return std::numeric_limits<uint64_t>::max();
  }
}

// These give the entities met.

absl::StatusOr<uint64_t> FindOne(const PathTools& tools, PathWriter& writer) {
  ShortestPath search(tools);
  ASSIGN_OR_RETURN(const absl::optional<FoundPath> path, search.Find());
  if (path.has_value()) writer.Give(*path);
  return search.met();
}

absl::StatusOr<uint64_t> FindAllShortest(const PathTools& tools, PathWriter& writer) {
  PathLevels levels(tools);
  RETURN_IF_ERROR(levels.CoverUntilMet(tools.plan.max_hops));
  if (levels.meetings().empty() || tools.budget.stopped()) return levels.met();
  ASSIGN_OR_RETURN(const PathLinks links, CollectLinks(levels, tools));
  if (tools.budget.stopped()) return levels.met();
  StatementChoices choices(tools.plan, &tools.budget, &writer);
  PathLister(links, levels.forward().hops + levels.backward().hops, choices).List();
  return levels.met();
}

absl::StatusOr<uint64_t> Find(const PathTools& tools, PathWriter& writer) {
  if (tools.plan.simple()) return FindSimplePaths(tools, writer);
  return tools.plan.mode == v1::PATH_MODE_ALL_SHORTEST ? FindAllShortest(tools, writer)
                                                       : FindOne(tools, writer);
}

}  // namespace

absl::StatusOr<PathsAnswer> FindPaths(const PathPlan& plan, graph::View& view,
                                      Expander& expander, Budget& budget,
                                      PathSink* sink) {
  PathsAnswer answer;
  const PathTools tools{plan, view, expander, budget};
  PathWriter writer(Enough(plan), sink, &budget, &answer.summary);
  ASSIGN_OR_RETURN(const uint64_t met, Find(tools, writer));
  RETURN_IF_ERROR(writer.status());
  answer.summary.set_revision(view.revision());
  answer.summary.set_visited_entities(met);
  answer.summary.set_visited_statements(budget.visited());
  answer.summary.set_cut(budget.cut());
  const bool all_k =
      plan.mode == v1::PATH_MODE_K_SHORTEST && answer.summary.paths() == plan.max_paths;
  answer.may_have_more = all_k || budget.cut() == v1::CUT_REASON_MAX_HITS;
  return answer;
}

}  // namespace labgraph::query
