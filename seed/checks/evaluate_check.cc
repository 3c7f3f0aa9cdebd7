#include "labgraph/error.h"
#include "seed/checks/checks.h"
#include "seed/checks/refusal.h"

namespace labgraph::seed {
namespace {

Verdict Dispatch(const Check& check, const ConnectionPtr& connection) {
  switch (check.check_case()) {
    case Check::kEntity:
      return EvaluateEntityCheck(check, connection);
    case Check::kStatement:
      return EvaluateStatementCheck(check, connection);
    case Check::kPath:
      return EvaluatePathCheck(check, connection);
    case Check::kEntities:
      return EvaluateEntitiesCheck(check, connection);
    case Check::kCount:
      return EvaluateCountCheck(check, connection);
    case Check::kSearch:
      return EvaluateSearchCheck(check, connection);
    case Check::kRefused:
      return EvaluateRefusalCheck(check, connection);
    case Check::CHECK_NOT_SET:
      break;
  }
  return Failure{"a question", "none"};
}

}  // namespace

Verdict EvaluateCheck(const Check& check, const ConnectionPtr& connection) {
  Verdict verdict = Dispatch(check, connection);
  if (verdict.ok() || !IsRefusal(verdict.status())) return verdict;
  return Failure{"an answer", client::Describe(verdict.status())};
}

}  // namespace labgraph::seed
