#include "server/base/limits.h"

namespace labgraph::limits {

absl::Span<const Limit> All() {
  static constexpr Limit kAll[] = {
      kIdKeyBytes,
      kNameBytes,
      kSchemaNameBytes,
      kTextBytes,
      kJsonBytes,
      kJsonDepth,
      kRecordBytes,
      kListItems,
      kDateBytes,
      kVisibilityBytes,
      kVisibilityDepth,
      kFilterBytes,
      kFilterDepth,
      kQueryBytes,
      kMessageTextBytes,
      kRequestIdBytes,
      kActorBytes,
      kPreconditions,
      kPreconditionEntities,
      kWatches,
      kHeartbeatSeconds,
      kErased,
      kCommits,
      kImports,
      kEntities,
      kStatements,

      kMutations,
      kMutationDerived,
      kSchemaDefinitions,
      kKindDepth,
      kCycleCheck,
      kProblems,
      kPageSize,
      kBatchIds,
      kSearchResults,
      kEntityStatements,
      kSteps,
      kHops,
      kHits,
      kPaths,
      kRequired,
      kPatternVariables,
      kPatternEdges,
      kRows,
      kGroupKeys,
      kGroups,
      kGroupsKept,
      kVisited,
      kRequestBytes,
      kPageTokenBytes,
      kDeadlineSeconds,
  };
  return kAll;
}

}  // namespace labgraph::limits
