#ifndef LABGRAPH_SEED_CHECKS_CHECKS_H_
#define LABGRAPH_SEED_CHECKS_CHECKS_H_

// What a check of a fixture means, one function per sort of check.

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "labgraph/connection.h"
#include "seed/fixture.pb.h"

namespace labgraph::seed {

// Why a check does not hold: both in a few words that go behind "expected" and "found".
struct Failure {
  std::string expected;
  std::string found;
};

// Absent when the check holds. An error when the server refuses the question or cannot
// be asked.
using Verdict = absl::StatusOr<absl::optional<Failure>>;
using ConnectionPtr = std::shared_ptr<client::Connection>;

// REQUIRES of each: the check is of that sort.
Verdict EvaluateEntityCheck(const Check& check, const ConnectionPtr& connection);
Verdict EvaluateStatementCheck(const Check& check, const ConnectionPtr& connection);
Verdict EvaluatePathCheck(const Check& check, const ConnectionPtr& connection);
Verdict EvaluateEntitiesCheck(const Check& check, const ConnectionPtr& connection);
Verdict EvaluateCountCheck(const Check& check, const ConnectionPtr& connection);
Verdict EvaluateSearchCheck(const Check& check, const ConnectionPtr& connection);
Verdict EvaluateRefusalCheck(const Check& check, const ConnectionPtr& connection);

// Any of them. That the server refuses the question (an unknown entity, a malformed date)
// is a failure of the check; the errors left are of the connection or the server.
Verdict EvaluateCheck(const Check& check, const ConnectionPtr& connection);

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_CHECKS_CHECKS_H_
