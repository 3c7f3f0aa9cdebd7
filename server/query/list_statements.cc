#include "server/query/list_statements.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"
#include "server/keys/codec.h"
#include "server/keys/keyspaces.h"
#include "server/query/statement_lane.h"
#include "server/schema/checks.h"

namespace labgraph::query {
namespace {

// What is asked for, in numbers.
struct Question {
  std::vector<StatementPattern> patterns;  // a statement fits one of them
  absl::optional<keys::EntityNumber> source;
};

absl::StatusOr<absl::optional<keys::EntityNumber>> ResolveOptional(
    const graph::View& view, const std::string& id, absl::string_view field) {
  if (id.empty()) return absl::optional<keys::EntityNumber>();
  ASSIGN_OR_RETURN(const keys::EntityNumber number,
                   view.records().ResolveEntity(id, field));
  return absl::optional<keys::EntityNumber>(number);
}

absl::StatusOr<Question> Resolve(const graph::View& view,
                                 const v1::ListStatementsRequest& request) {
  Question question;
  StatementPattern any;
  ASSIGN_OR_RETURN(any.subject, ResolveOptional(view, request.subject(), "subject"));
  ASSIGN_OR_RETURN(any.object, ResolveOptional(view, request.object(), "object"));
  ASSIGN_OR_RETURN(question.source, ResolveOptional(view, request.source(), "source"));
  if (static_cast<uint64_t>(request.predicates_size()) > limits::kListItems.value) {
    return errors::LimitExceeded("predicates", limits::kListItems,
                                 request.predicates_size());
  }
  for (int i = 0; i < request.predicates_size(); ++i) {
    ASSIGN_OR_RETURN(const schema::PredicateRef ref,
                     view.ontology().ResolvePredicate(
                         request.predicates(i), absl::StrCat("predicates[", i, "]")));
    StatementPattern pattern = any;
    if (ref.inverse) std::swap(pattern.subject, pattern.object);
    pattern.predicate = ref.predicate->number;
    pattern.symmetric = ref.predicate->definition.symmetric();
    question.patterns.push_back(pattern);
  }
  if (question.patterns.empty()) question.patterns.push_back(any);
  return question;
}

bool HasSource(const graph::StatementRecord& record, const std::string& source) {
  if (source.empty()) return true;
  return std::any_of(record.statement.sources().begin(), record.statement.sources().end(),
                     [&](const v1::Source& candidate) {
                       return candidate.document() == source ||
                              candidate.asserted_by() == source;
                     });
}

// Fills one page.
class Lister {
 public:
  Lister(graph::View& view, const v1::ListStatementsRequest& request, Question question,
         size_t size)
      : view_(view), request_(request), question_(std::move(question)), size_(size) {}

  bool full() const {
    return looked_at_ >= kRowsPerPage ||
           static_cast<size_t>(page_.response.statements_size()) >= size_;
  }

  absl::Status AddIds(size_t from) {
    for (size_t i = from; i < static_cast<size_t>(request_.ids_size()); ++i) {
      const std::string& id = request_.ids(static_cast<int>(i));
      RETURN_IF_ERROR(schema::CheckStatementId(id, absl::StrCat("ids[", i, "]")));
      if (full()) {
        page_.after.clear();
        keys::AppendBe64(i, &page_.after);
        return absl::OkStatus();
      }
      ASSIGN_OR_RETURN(const absl::optional<keys::StatementNumber> number,
                       view_.records().FindStatement(id));
      if (number.has_value()) RETURN_IF_ERROR(Add(*number));
    }
    return absl::OkStatus();
  }

  // Goes through lanes from lane `first`, in it after `after`.
  absl::Status AddLanes(size_t first, std::string after) {
    const std::vector<StatementLane> lanes =
        PlanLanes(question_.patterns, question_.source, view_.ontology());
    for (size_t i = first; i < lanes.size(); ++i) {
      RETURN_IF_ERROR(VisitLane(view_, lanes[i], after,
                                [&](keys::StatementNumber number,
                                    absl::string_view key) -> absl::StatusOr<bool> {
                                  if (!InEarlierLane(lanes, i, number))
                                    RETURN_IF_ERROR(Add(number));
                                  if (!full()) return true;
                                  page_.after.clear();
                                  keys::AppendBe32(static_cast<uint32_t>(i),
                                                   &page_.after);
                                  page_.after.append(key.data(), key.size());
                                  return false;
                                }));
      if (!page_.after.empty()) return absl::OkStatus();
      after.clear();
    }
    return absl::OkStatus();
  }

  Page<v1::ListStatementsResponse> Take() { return std::move(page_); }

 private:
  // A relation from an entity to itself stands in its lanes out and in.
  bool InEarlierLane(const std::vector<StatementLane>& lanes, size_t lane,
                     keys::StatementNumber number) const {
    const kv::Keyspace keyspace = lanes[lane].keyspace;
    if (lane == 0 || (keyspace != keys::kOut && keyspace != keys::kIn)) return false;
    const auto record = view_.records().ReadStatement(number);
    if (!record.ok() || !record->has_value()) return false;
    const graph::StatementRecord& statement = **record;
    for (size_t i = 0; i < lane; ++i) {
      const StatementLane& other = lanes[i];
      const bool fits_predicate =
          !other.predicate.has_value() || *other.predicate == statement.predicate;
      if (other.keyspace == keys::kOut && other.node == statement.subject &&
          fits_predicate) {
        return true;
      }
      if (other.keyspace == keys::kIn && other.node == statement.object &&
          fits_predicate) {
        return true;
      }
    }
    return false;
  }

  absl::Status Add(keys::StatementNumber number) {
    ++looked_at_;
    ASSIGN_OR_RETURN(absl::optional<graph::StatementRecord> record,
                     view_.records().ReadStatement(number));
    if (!record.has_value()) return absl::OkStatus();
    const bool fits =
        std::any_of(question_.patterns.begin(), question_.patterns.end(),
                    [&](const StatementPattern& p) { return p.Matches(*record); });
    if (!fits || !HasSource(*record, request_.source())) return absl::OkStatus();
    ASSIGN_OR_RETURN(absl::optional<v1::Statement> statement,
                     view_.Present(*std::move(record)));
    if (statement.has_value()) *page_.response.add_statements() = *std::move(statement);
    return absl::OkStatus();
  }

  graph::View& view_;
  const v1::ListStatementsRequest& request_;
  const Question question_;
  const size_t size_;
  Page<v1::ListStatementsResponse> page_;
  size_t looked_at_ = 0;
};

}  // namespace

absl::StatusOr<Page<v1::ListStatementsResponse>> ListStatements(
    graph::View& view, const v1::ListStatementsRequest& request, const PageStart& start) {
  if (static_cast<uint64_t>(request.ids_size()) > limits::kBatchIds.value) {
    return errors::LimitExceeded("ids", limits::kBatchIds, request.ids_size());
  }
  ASSIGN_OR_RETURN(Question question, Resolve(view, request));
  Lister lister(view, request, std::move(question), start.size);
  keys::Decoder after(start.after);
  if (request.ids_size() > 0) {
    RETURN_IF_ERROR(lister.AddIds(start.after.empty() ? 0 : after.Be64()));
  } else {
    const size_t lane = start.after.empty() ? 0 : after.Be32();
    RETURN_IF_ERROR(lister.AddLanes(lane, std::string(after.Rest())));
  }
  return lister.Take();
}

}  // namespace labgraph::query
