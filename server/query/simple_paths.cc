#include "server/query/simple_paths.h"

#include "server/base/status_macros.h"
#include "server/query/need_levels.h"
#include "server/query/path_corridor.h"
#include "server/query/path_levels.h"
#include "server/query/path_needs.h"
#include "server/query/simple_path_walk.h"
#include "server/query/statement_choices.h"

namespace labgraph::query {
namespace {

class Search {
 public:
  Search(const PathTools& tools, PathWriter& writer)
      : tools_(tools),
        writer_(writer),
        needs_(tools.plan, tools.view.verdicts()),
        levels_(tools),
        choices_(tools.plan, &tools.budget, &writer) {}

  absl::StatusOr<uint64_t> Run() {
    const bool first_length_only = tools_.plan.mode == v1::PATH_MODE_SHORTEST ||
                                   tools_.plan.mode == v1::PATH_MODE_ALL_SHORTEST;
    for (uint32_t hops = 0; hops <= tools_.plan.max_hops && hops < levels_.MostEntities();
         ++hops) {
      if (needs_.Fit(needs_.all(), hops)) RETURN_IF_ERROR(GiveLength(hops));
      if (writer_.done() || (first_length_only && writer_.found_any())) break;
    }
    return levels_.met();
  }

 private:
  absl::Status GiveLength(uint32_t hops) {
    RETURN_IF_ERROR(levels_.Cover(hops));
    for (const keys::EntityNumber required : tools_.plan.required_entities) {
      if (levels_.LeastHops(required) > hops) return absl::OkStatus();
    }
    PathCorridor corridor(tools_, levels_, hops);
    RETURN_IF_ERROR(corridor.Fill());
    NeedLevels need_levels(tools_, corridor, needs_);
    RETURN_IF_ERROR(need_levels.Fill());
    if (tools_.budget.stopped()) return absl::OkStatus();
    return SimplePathWalk(tools_, {corridor, needs_, need_levels, choices_, writer_})
        .Run();
  }

  const PathTools tools_;
  PathWriter& writer_;
  PathNeeds needs_;
  PathLevels levels_;
  StatementChoices choices_;
};

}  // namespace

absl::StatusOr<uint64_t> FindSimplePaths(const PathTools& tools, PathWriter& writer) {
  return Search(tools, writer).Run();
}

}  // namespace labgraph::query
