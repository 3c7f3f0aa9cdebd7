#include "server/graph/verify.h"

#include <iterator>

#include "server/base/status_macros.h"
#include "server/graph/verify_checks.h"
#include "server/graph/verify_context.h"

namespace labgraph::graph {
namespace {

struct Check {
  const char* name;
  absl::Status (*run)(VerifyContext& context);
};
constexpr Check kChecks[] = {
    {"revisions", CheckRevisions}, {"versions", CheckVersions},
    {"counters", CheckCounters},   {"edges", CheckEdges},
    {"records", CheckRecords},     {"indexes", CheckIndexRows},
    {"erased", CheckErased},       {"redirects", CheckRedirects},
    {"rules", CheckRules},         {"replay", CheckReplay},
};

}  // namespace

absl::StatusOr<std::vector<Finding>> VerifyStore(const kv::Reader& reader,
                                                 const EntityIndex* index,
                                                 const VerifyOptions& options) {
  VerifyContext context(&reader, index, options.limit);
  RETURN_IF_ERROR(context.Load());
  for (size_t done = 0; done < std::size(kChecks); ++done) {
    const Check& check = kChecks[done];
    const size_t before = context.findings().size();
    const bool wanted =
        (check.run != CheckReplay || options.replay) &&
        // The rules walk the graph as commits do, which takes a store without damage.
        (check.run != CheckRules || context.sound());
    if (wanted) RETURN_IF_ERROR(check.run(context));
    if (!options.progress) continue;
    RETURN_IF_ERROR(options.progress(
        {check.name, done + 1, std::size(kChecks), context.findings().subspan(before)}));
  }
  return context.TakeFindings();
}

}  // namespace labgraph::graph
