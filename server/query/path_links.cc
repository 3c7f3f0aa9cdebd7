#include "server/query/path_links.h"

#include <algorithm>
#include <tuple>

#include "server/base/status_macros.h"

namespace labgraph::query {
namespace {

using Entities = std::vector<keys::EntityNumber>;

class Collector {
 public:
  Collector(const PathLevels& levels, const PathTools& tools)
      : levels_(levels), tools_(tools) {}

  absl::StatusOr<PathLinks> Run() {
    const Entities& middle = levels_.meetings();
    ASSIGN_OR_RETURN(links_.beginnings, FollowToEnd(middle, levels_.forward(),
                                                    levels_.backward().edges, true));
    RETURN_IF_ERROR(
        FollowToEnd(middle, levels_.backward(), levels_.forward().edges, false).status());
    for (auto& [entity, next] : links_.next)
      std::sort(next.begin(), next.end(), LinkOrder);
    return std::move(links_);
  }

 private:
  // Goes back from the entities in the middle to the end that `side` began at, along
  // `edges`; gives the entities there, ascending.
  absl::StatusOr<Entities> FollowToEnd(Entities entities, const PathLevels::Side& side,
                                       const EdgeSelection& edges, bool backwards) {
    for (uint32_t hops = side.hops; hops > 0; --hops) {
      Entities before;
      for (const keys::EntityNumber entity : entities) {
        RETURN_IF_ERROR(Look(entity, side.levels, hops - 1, edges));
        for (const PathLink& link : found_) {
          if (backwards) {
            links_.next[link.to].push_back({entity, link.statement, link.certainty});
          } else {
            links_.next[entity].push_back(link);
          }
          before.push_back(link.to);
        }
        if (tools_.budget.stopped()) return Entities();
      }
      std::sort(before.begin(), before.end());
      before.erase(std::unique(before.begin(), before.end()), before.end());
      entities = std::move(before);
    }
    return entities;
  }

  // Finds the links to entities of a level.
  absl::Status Look(keys::EntityNumber entity, const LevelMap& levels, uint32_t level,
                    const EdgeSelection& edges) {
    found_.clear();
    return ForEachEdge(tools_, entity, edges, [&](const PassingEdge& edge) {
      if (levels.Get(edge.neighbor) != level) return;
      found_.push_back({edge.neighbor, edge.statement, edge.certainty});
    });
  }

  const PathLevels& levels_;
  const PathTools tools_;
  PathLinks links_;
  std::vector<PathLink> found_;
};

}  // namespace

bool LinkOrder(const PathLink& a, const PathLink& b) {
  return std::tie(a.to, a.statement) < std::tie(b.to, b.statement);
}

size_t SameTarget(absl::Span<const PathLink> links) {
  size_t count = 0;
  while (count < links.size() && links[count].to == links[0].to) ++count;
  return count;
}

absl::StatusOr<PathLinks> CollectLinks(const PathLevels& levels, const PathTools& tools) {
  return Collector(levels, tools).Run();
}

}  // namespace labgraph::query
