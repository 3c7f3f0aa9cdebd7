#ifndef LABGRAPH_SERVER_QUERY_SIMPLE_PATH_WALK_H_
#define LABGRAPH_SERVER_QUERY_SIMPLE_PATH_WALK_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "server/keys/keys.h"
#include "server/query/need_levels.h"
#include "server/query/path_corridor.h"
#include "server/query/path_graph.h"
#include "server/query/path_needs.h"
#include "server/query/path_tools.h"
#include "server/query/path_writer.h"
#include "server/query/statement_choices.h"

namespace labgraph::query {

// Gives the paths of just the hops of a corridor that pass no entity twice, by their
// entities, then their statements: depth-first, going on only where the bars (see
// PathGraph) leave hope. So every entity that the walk comes to is on a path of at most
// that length, or is not tried again before a way out of it becomes free: the work for a
// path is bounded by its hops times the edges of the corridor. Only where paths have
// needs may more be tried in vain. Used once; not thread-safe.
class SimplePathWalk {
 public:
  // What the walk reads and where paths go; all of it outlives the walk.
  struct Parts {
    PathCorridor& corridor;
    PathNeeds& needs;
    const NeedLevels& need_levels;
    StatementChoices& choices;
    PathWriter& writer;
  };

  SimplePathWalk(const PathTools& tools, const Parts& parts)
      : tools_(tools), parts_(parts), graph_(tools, parts.corridor, parts.needs) {}

  // As far as paths are wanted. Errors: STORAGE_FAILED, STORAGE_CORRUPT.
  absl::Status Run();

 private:
  // What was found beyond an entity.
  struct Found {
    uint8_t hops = LevelMap::kNone;  // of the shortest way to an end; kNone: no way
    bool exact = true;               // else ways were left out that paths could not use
  };

  // Goes on in every way from a node, which it adds to the path.
  absl::StatusOr<Found> Extend(PathGraph::Number number, NeedBits missing);
  // Tries all that leads on from a node, and tells the graph what was learnt of it.
  absl::Status GoOn(PathGraph::Number number, NeedBits missing, Found* found);
  absl::Status TryHops(PathGraph::Number number, NeedBits missing, Found* found);

  size_t HopsLeft() const { return parts_.corridor.hops() - way_.size(); }

  const PathTools tools_;
  const Parts parts_;
  PathGraph graph_;
  std::vector<keys::EntityNumber> entities_;
  std::vector<StatementChoices::Hop> way_;
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_SIMPLE_PATH_WALK_H_
