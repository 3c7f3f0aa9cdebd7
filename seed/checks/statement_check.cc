#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "labgraph/lists.h"
#include "seed/checks/checks.h"
#include "seed/checks/question.h"
#include "seed/checks/statement_match.h"

namespace labgraph::seed {
namespace {

// Statements that nearly agree and are told about when none does.
constexpr size_t kMaxShownNear = 3;

v1::ListStatementsRequest ToRequest(const StatementCheck& check) {
  v1::ListStatementsRequest request;
  request.set_subject(check.subject());
  request.set_object(check.object());
  request.set_source(check.source().document());
  if (!check.predicate().empty()) request.add_predicates(check.predicate());
  request.set_page_size(kCheckPageSize);
  return request;
}

std::string NameOf(const v1::Statement& statement) {
  return absl::StrCat(statement.id(), " with ");
}

}  // namespace

Verdict EvaluateStatementCheck(const Check& check, const ConnectionPtr& connection) {
  const StatementCheck& expected = check.statement();
  std::vector<std::string> near;
  for (absl::StatusOr<v1::Statement>& statement : client::ListStatements(
           connection, WithRead(ToRequest(expected), check, expected.certainty()))) {
    if (!statement.ok()) return statement.status();
    std::string disagreement = FirstDisagreement(expected, *statement);
    if (!disagreement.empty()) {
      if (near.size() < kMaxShownNear) near.push_back(NameOf(*statement) + disagreement);
      continue;
    }
    if (!expected.absent()) return absl::nullopt;
    return Failure{absl::StrCat("no statement ", DescribeExpected(expected)),
                   statement->id()};
  }
  if (expected.absent()) return absl::nullopt;
  return Failure{DescribeExpected(expected),
                 near.empty() ? "no such statement" : absl::StrJoin(near, "; ")};
}

}  // namespace labgraph::seed
