#include "server/graph/verify.h"

#include "server/base/status_macros.h"
#include "server/graph/verify_checks.h"
#include "server/graph/verify_context.h"

namespace labgraph::graph {

absl::StatusOr<std::vector<Finding>> VerifyStore(const kv::Reader& reader,
                                                 const EntityIndex* index,
                                                 const VerifyOptions& options) {
  VerifyContext context(&reader, index, options.limit);
  RETURN_IF_ERROR(context.Load());
  for (const auto check : {CheckRevisions, CheckVersions, CheckCounters, CheckEdges,
                           CheckRecords, CheckIndexRows}) {
    RETURN_IF_ERROR(check(context));
  }
  // The rules walk the graph as commits do, which takes a store without damage.
  if (context.sound()) RETURN_IF_ERROR(CheckRules(context));
  if (options.replay) RETURN_IF_ERROR(CheckReplay(context));
  return context.TakeFindings();
}

}  // namespace labgraph::graph
