#include "server/query/find_paths.h"

#include "server/base/status_macros.h"
#include "server/query/path_links.h"
#include "server/query/path_lister.h"
#include "server/query/path_search.h"

namespace labgraph::query {

absl::StatusOr<FoundPaths> FindPaths(const PathPlan& plan, graph::View& view,
                                     Expander& expander, Budget& budget) {
  FoundPaths found;
  PathSearch search(plan, view, expander, budget);
  RETURN_IF_ERROR(search.Run());
  const uint32_t hops = search.forward().hops + search.backward().hops;
  if (!search.meetings().empty()) {
    ASSIGN_OR_RETURN(const PathLinks links,
                     CollectLinks(search, plan.all, view, expander, budget));
    const v1::Certainty none =
        plan.dated ? v1::CERTAINTY_CERTAIN : v1::CERTAINTY_UNSPECIFIED;
    if (!budget.stopped()) found.paths = PathLister(links, hops, none, budget).List();
    RETURN_IF_ERROR(budget.status());
  }
  found.summary.set_revision(view.revision());
  found.summary.set_paths(found.paths.size());
  if (!found.paths.empty()) found.summary.set_hops(hops);
  found.summary.set_visited_entities(search.met());
  found.summary.set_visited_statements(budget.visited());
  found.summary.set_cut(budget.cut());
  return found;
}

}  // namespace labgraph::query
