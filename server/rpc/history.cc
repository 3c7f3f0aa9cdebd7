#include "server/rpc/history.h"

#include <memory>
#include <string>
#include <utility>

#include "server/base/error.h"
#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/graph/diff_revisions.h"
#include "server/graph/history.h"
#include "server/keys/codec.h"
#include "server/rpc/paging.h"

namespace labgraph::rpc {
namespace {

using Mode = graph::ReadFilter::Mode;

std::string EncodePosition(const graph::DiffPosition& position) {
  std::string bytes;
  keys::AppendVarint(position.revision, &bytes);
  keys::AppendVarint(position.event, &bytes);
  return bytes;
}

// Where the page begins: as its token says, or with the change after `from`.
graph::DiffPosition DecodePosition(const std::string& bytes, uint64_t from) {
  if (bytes.empty()) return {from + 1, 0};
  keys::Decoder decoder(bytes);
  const uint64_t revision = decoder.Varint();
  return {revision, decoder.Varint()};
}

// That both revisions can be read, and are in order.
absl::Status CheckRevisions(const v1::DiffRevisionsRequest& request,
                            const graph::Head& head) {
  const uint64_t newest = head.state.head;
  if (request.from() > newest) {
    return errors::RevisionInFuture("from", request.from(), newest);
  }
  if (request.to() > newest) return errors::RevisionInFuture("to", request.to(), newest);
  if (request.has_to() && request.from() > request.to()) {
    return errors::FieldInvalid("from", "It is after `to`; exchange the two.");
  }
  return request.from() < head.oldest
             ? errors::RevisionCompacted("from", request.from(), head.oldest)
             : absl::OkStatus();
}

}  // namespace

absl::Status GetHistory(const graph::Graph& graph, const v1::GetHistoryRequest& request,
                        v1::GetHistoryResponse* response) {
  ASSIGN_OR_RETURN(const OpenedPage opened, OpenPage(graph, Mode::kList, request, {}));
  keys::Decoder after(opened.start.after);
  const uint64_t below = opened.start.after.empty() ? 0 : after.Varint();
  ASSIGN_OR_RETURN(graph::HistoryPage page,
                   ReadHistory(request, *opened.view, below, opened.start.size));
  *response = std::move(page.response);
  response->set_revision(opened.view->revision());
  std::string next;
  if (page.more_below != 0) keys::AppendVarint(page.more_below, &next);
  response->set_next_page_token(
      NextPageToken(graph, request, *opened.view, std::move(next)));
  return absl::OkStatus();
}

absl::Status DiffRevisions(const graph::Graph& graph,
                           const v1::DiffRevisionsRequest& request,
                           v1::DiffRevisionsResponse* response) {
  v1::ReadOptions later;
  if (request.has_to()) later.set_revision(request.to());
  RETURN_IF_ERROR(CheckRevisions(request, *graph.head()));
  ASSIGN_OR_RETURN(const OpenedPage opened, OpenPage(graph, Mode::kList, request, later));
  RETURN_IF_ERROR(CheckRevisions(request, opened.view->head()));  // forgotten meanwhile
  v1::ReadOptions earlier;
  earlier.set_revision(request.from());
  ASSIGN_OR_RETURN(const std::unique_ptr<graph::View> from,
                   graph.ReadIn(opened.view->shared_head(), earlier, Mode::kList));
  absl::StatusOr<graph::RecordFilter> filter =
      graph::RecordFilter::Make(request.filter(), opened.view->records());
  if (!filter.ok()) return AtField(filter.status(), "filter");
  const graph::DiffPosition start = DecodePosition(opened.start.after, request.from());
  ASSIGN_OR_RETURN(
      graph::DiffPage page,
      graph::DiffRevisions(*from, *opened.view, *filter, start, opened.start.size));
  *response = std::move(page.response);
  response->set_next_page_token(NextPageToken(
      graph, request, *opened.view, page.more ? EncodePosition(page.next) : ""));
  return absl::OkStatus();
}

}  // namespace labgraph::rpc
