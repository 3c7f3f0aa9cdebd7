#ifndef LABGRAPH_SERVER_RPC_PAGING_H_
#define LABGRAPH_SERVER_RPC_PAGING_H_

#include <memory>
#include <string>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "server/base/error.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"
#include "server/graph/graph.h"
#include "server/query/page.h"
#include "server/rpc/page_token.h"

namespace labgraph::rpc {

// A page that was asked for.
struct OpenedPage {
  std::unique_ptr<graph::View> view;  // at the token's revision where there is a token
  query::PageStart start;
};

// Checks page_size and page_token, and opens the view that `read` asks for. Errors:
// LIMIT_EXCEEDED, PAGE_TOKEN_INVALID; REVISION_COMPACTED at "page_token" where the
// token's is; and those of Graph::Read at "read".
template <typename Request>
absl::StatusOr<OpenedPage> OpenPage(const graph::Graph& graph,
                                    graph::ReadFilter::Mode mode, const Request& request,
                                    v1::ReadOptions read) {
  if (request.page_size() > limits::kPageSize.value) {
    return errors::LimitExceeded("page_size", limits::kPageSize, request.page_size());
  }
  OpenedPage page;
  page.start.size =
      request.page_size() == 0 ? limits::kDefaultPageSize : request.page_size();
  if (!request.page_token().empty()) {
    ASSIGN_OR_RETURN(PageToken token,
                     PageToken::Decode(request.page_token(), request, graph.lineage()));
    read.set_revision(token.revision);
    page.start.after = std::move(token.after);
  }
  absl::StatusOr<std::unique_ptr<graph::View>> view = graph.Read(read, mode);
  const bool compacted = ReasonOf(view.status()) == v1::ERROR_REASON_REVISION_COMPACTED;
  if (compacted && !request.page_token().empty()) {
    return errors::RevisionCompacted("page_token", read.revision(), graph.head()->oldest);
  }
  if (!view.ok()) return AtField(view.status(), "read");
  page.view = *std::move(view);
  return page;
}

// The token with which a list goes on `after` the page; empty where `after` is.
template <typename Request>
std::string NextPageToken(const graph::Graph& graph, const Request& request,
                          const graph::View& view, std::string after) {
  if (after.empty()) return "";
  PageToken next;
  next.revision = view.revision();
  next.after = std::move(after);
  return next.Encode(request, graph.lineage());
}

// Serves one page of any list: checks page_size and page_token, reads at the token's
// revision, and gives the next token. `list` is the list itself.
template <typename Request, typename Response>
absl::Status ServePage(const graph::Graph& graph, graph::ReadFilter::Mode mode,
                       const Request& request,
                       absl::FunctionRef<absl::StatusOr<query::Page<Response>>(
                           graph::View&, const Request&, const query::PageStart&)>
                           list,
                       Response* response) {
  ASSIGN_OR_RETURN(const OpenedPage opened,
                   OpenPage(graph, mode, request, request.read()));
  ASSIGN_OR_RETURN(query::Page<Response> page, list(*opened.view, request, opened.start));
  *response = std::move(page.response);
  response->set_revision(opened.view->revision());
  response->set_next_page_token(
      NextPageToken(graph, request, *opened.view, std::move(page.after)));
  return absl::OkStatus();
}

}  // namespace labgraph::rpc

#endif  // LABGRAPH_SERVER_RPC_PAGING_H_
