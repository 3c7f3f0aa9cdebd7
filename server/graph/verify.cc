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
    if (options.progress) {
      RETURN_IF_ERROR(
          options.progress({check.name, done, std::size(kChecks), context.findings()}));
    }
    if (check.run == CheckReplay && !options.replay) continue;
    // The rules walk the graph as commits do, which takes a store without damage.
    if (check.run == CheckRules && !context.sound()) continue;
    RETURN_IF_ERROR(check.run(context));
  }
  return context.TakeFindings();
}

}  // namespace labgraph::graph
