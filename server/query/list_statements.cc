#include "server/query/list_statements.h"

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
#include "server/query/statement_question.h"
#include "server/schema/checks.h"

namespace labgraph::query {
namespace {

// Fills one page.
class Lister {
 public:
  Lister(graph::View& view, const v1::ListStatementsRequest& request,
         StatementQuestion question, size_t size)
      : view_(view), request_(request), question_(std::move(question)), size_(size) {}

  bool full() const {
    return work_ >= kRowsPerPage * kReadWork || bytes_ >= limits::kPageBytes.value ||
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
        PlanLanes(question_.patterns, question_.source);
    for (size_t i = first; i < lanes.size(); ++i) {
      RETURN_IF_ERROR(VisitLane(
          view_, lanes[i], after, [&](const LaneEntry& entry) -> absl::StatusOr<bool> {
            ++work_;
            if (MayFit(entry)) {
              ASSIGN_OR_RETURN(const bool listed, WasListed(lanes, i, entry));
              if (!listed) RETURN_IF_ERROR(Add(entry.statement));
            }
            if (!full()) return true;
            page_.after.clear();
            keys::AppendBe32(static_cast<uint32_t>(i), &page_.after);
            page_.after.append(entry.key.data(), entry.key.size());
            return false;
          }));
      if (!page_.after.empty()) return absl::OkStatus();
      after.clear();
    }
    return absl::OkStatus();
  }

  Page<v1::ListStatementsResponse> Take() { return std::move(page_); }

 private:
  // What reading a record takes of a page, where a row of an index takes 1.
  static constexpr size_t kReadWork = 16;

  // Whether the record has to be read to tell.
  bool MayFit(const LaneEntry& entry) {
    return view_.verdicts().Passes(entry.facet) &&
           (!entry.header.has_value() || question_.Fits(*entry.header));
  }

  absl::StatusOr<bool> WasListed(const std::vector<StatementLane>& lanes, size_t lane,
                                 const LaneEntry& entry) const {
    if (!MayRepeat(lanes, lane)) return false;
    ASSIGN_OR_RETURN(const auto header, entry.ReadHeader(view_.records()));
    return header.has_value() && InEarlierLane(lanes, lane, *header);
  }

  absl::Status Add(keys::StatementNumber number) {
    work_ += kReadWork;
    ASSIGN_OR_RETURN(absl::optional<graph::StatementRecord> record,
                     view_.records().ReadStatement(number));
    if (!record.has_value()) return absl::OkStatus();
    if (!question_.Fits(HeaderOf(*record)) || !question_.HasSource(record->statement))
      return absl::OkStatus();
    ASSIGN_OR_RETURN(absl::optional<v1::Statement> statement,
                     view_.Present(*std::move(record)));
    if (!statement.has_value()) return absl::OkStatus();
    bytes_ += statement->ByteSizeLong();
    *page_.response.add_statements() = *std::move(statement);
    return absl::OkStatus();
  }

  graph::View& view_;
  const v1::ListStatementsRequest& request_;
  const StatementQuestion question_;
  const size_t size_;
  Page<v1::ListStatementsResponse> page_;
  size_t work_ = 0;   // that went into the page
  size_t bytes_ = 0;  // of the statements
};

}  // namespace

absl::StatusOr<Page<v1::ListStatementsResponse>> ListStatements(
    graph::View& view, const v1::ListStatementsRequest& request, const PageStart& start) {
  if (static_cast<uint64_t>(request.ids_size()) > limits::kBatchIds.value) {
    return errors::LimitExceeded("ids", limits::kBatchIds, request.ids_size());
  }
  ASSIGN_OR_RETURN(StatementQuestion question,
                   ResolveStatements(view, request.subject(), request.object(),
                                     request.predicates(), request.source()));
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
