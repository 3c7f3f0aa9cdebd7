#include "absl/strings/str_cat.h"
#include "labgraph/lists.h"
#include "seed/checks/checks.h"
#include "seed/checks/question.h"

namespace labgraph::seed {
namespace {

template <typename T>
absl::StatusOr<uint64_t> CountElements(client::Range<T> range) {
  uint64_t count = 0;
  for (absl::StatusOr<T>& element : range) {
    if (!element.ok()) return element.status();
    ++count;
  }
  return count;
}

absl::StatusOr<uint64_t> CountEntities(const Check& check,
                                       const ConnectionPtr& connection) {
  v1::ListEntitiesRequest request = WithRead(check.count().entities(), check);
  request.set_page_size(kCheckPageSize);
  request.set_view(v1::ENTITY_VIEW_IDS);
  return CountElements(client::ListEntities(connection, request));
}

absl::StatusOr<uint64_t> CountStatements(const Check& check,
                                         const ConnectionPtr& connection) {
  v1::ListStatementsRequest request = WithRead(check.count().statements(), check);
  request.set_page_size(kCheckPageSize);
  return CountElements(client::ListStatements(connection, request));
}

absl::StatusOr<uint64_t> CountHits(const Check& check, const ConnectionPtr& connection) {
  v1::TraverseRequest request = WithRead(check.count().traverse(), check);
  request.set_count_only(true);
  v1::TraverseSummary summary;
  auto hits = CollectHits(request, connection, &summary);
  if (!hits.ok()) return hits.status();
  return summary.hits();
}

absl::StatusOr<uint64_t> Count(const Check& check, const ConnectionPtr& connection) {
  switch (check.count().question_case()) {
    case CountCheck::kEntities:
      return CountEntities(check, connection);
    case CountCheck::kStatements:
      return CountStatements(check, connection);
    case CountCheck::kTraverse:
      return CountHits(check, connection);
    case CountCheck::QUESTION_NOT_SET:
      break;
  }
  return 0;
}

}  // namespace

Verdict EvaluateCountCheck(const Check& check, const ConnectionPtr& connection) {
  absl::StatusOr<uint64_t> count = Count(check, connection);
  if (!count.ok()) return count.status();
  if (*count == check.count().count()) return absl::nullopt;
  return Failure{absl::StrCat(check.count().count()), absl::StrCat(*count)};
}

}  // namespace labgraph::seed
