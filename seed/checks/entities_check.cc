#include <algorithm>
#include <iterator>
#include <set>
#include <vector>

#include "absl/strings/str_cat.h"
#include "labgraph/lists.h"
#include "seed/checks/checks.h"
#include "seed/checks/question.h"

namespace labgraph::seed {
namespace {

using Ids = std::set<std::string>;

bool IsHeldSo(v1::Certainty wanted, v1::Certainty found) {
  return wanted == v1::CERTAINTY_UNSPECIFIED || wanted == found;
}

absl::StatusOr<Ids> Listed(const Check& check, const ConnectionPtr& connection) {
  v1::ListEntitiesRequest request = WithRead(check.entities().list(), check);
  request.set_page_size(kCheckPageSize);
  request.set_view(v1::ENTITY_VIEW_IDS);
  Ids ids;
  for (absl::StatusOr<v1::Entity>& entity : client::ListEntities(connection, request)) {
    if (!entity.ok()) return entity.status();
    ids.insert(entity->id());
  }
  return ids;
}

absl::StatusOr<Ids> Reached(const Check& check, const ConnectionPtr& connection) {
  const v1::Certainty certainty = check.entities().certainty();
  auto hits = CollectHits(WithRead(check.entities().traverse(), check, certainty),
                          connection, nullptr);
  if (!hits.ok()) return hits.status();
  Ids ids;
  for (const v1::TraverseHit& hit : *hits) {
    if (IsHeldSo(certainty, hit.certainty())) ids.insert(hit.entity().id());
  }
  return ids;
}

// The end of a statement that was not asked with: a symmetric relation or an inverse name
// may give the statement the other way round.
const std::string& OtherEnd(const v1::Statement& statement, bool subject,
                            const std::string& asked_with) {
  const std::string& end = subject ? statement.subject() : statement.object();
  if (asked_with.empty() || end != asked_with) return end;
  return subject ? statement.object() : statement.subject();
}

// The subjects or the objects of statements.
absl::StatusOr<Ids> EndsOf(const v1::ListStatementsRequest& question, bool subjects,
                           const Check& check, const ConnectionPtr& connection) {
  const v1::Certainty certainty = check.entities().certainty();
  v1::ListStatementsRequest request = WithRead(question, check, certainty);
  request.set_page_size(kCheckPageSize);
  const std::string& asked_with = subjects ? question.object() : question.subject();
  Ids ids;
  for (absl::StatusOr<v1::Statement>& statement :
       client::ListStatements(connection, request)) {
    if (!statement.ok()) return statement.status();
    const std::string& id = OtherEnd(*statement, subjects, asked_with);
    if (IsHeldSo(certainty, statement->certainty()) && !id.empty()) ids.insert(id);
  }
  return ids;
}

absl::StatusOr<Ids> Ask(const Check& check, const ConnectionPtr& connection) {
  const EntitiesCheck& question = check.entities();
  switch (question.question_case()) {
    case EntitiesCheck::kList:
      return Listed(check, connection);
    case EntitiesCheck::kTraverse:
      return Reached(check, connection);
    case EntitiesCheck::kSubjectsOf:
      return EndsOf(question.subjects_of(), true, check, connection);
    case EntitiesCheck::kObjectsOf:
      return EndsOf(question.objects_of(), false, check, connection);
    case EntitiesCheck::QUESTION_NOT_SET:
      break;
  }
  return Ids();
}

std::vector<std::string> Difference(const Ids& a, const Ids& b) {
  std::vector<std::string> difference;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(),
                      std::back_inserter(difference));
  return difference;
}

}  // namespace

Verdict EvaluateEntitiesCheck(const Check& check, const ConnectionPtr& connection) {
  absl::StatusOr<Ids> found = Ask(check, connection);
  if (!found.ok()) return found.status();
  const Ids expected(check.entities().ids().begin(), check.entities().ids().end());
  if (*found == expected) return absl::nullopt;
  std::string text = absl::StrCat(found->size());
  std::vector<std::string> missing = Difference(expected, *found);
  std::vector<std::string> surplus = Difference(*found, expected);
  if (!missing.empty()) absl::StrAppend(&text, ", without ", ListIds(missing));
  if (!surplus.empty()) absl::StrAppend(&text, ", also ", ListIds(surplus));
  return Failure{absl::StrCat("the ", expected.size(), " entities of ids"), text};
}

}  // namespace labgraph::seed
