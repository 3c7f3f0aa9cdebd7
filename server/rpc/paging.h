#ifndef LABGRAPH_SERVER_RPC_PAGING_H_
#define LABGRAPH_SERVER_RPC_PAGING_H_

#include <memory>
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

// Serves one page of any list: checks page_size and page_token, reads at the token's
// revision, and gives the next token. `list` is the list itself.
template <typename Request, typename Response>
absl::Status ServePage(const graph::Graph& graph, graph::ReadFilter::Mode mode,
                       const Request& request,
                       absl::FunctionRef<absl::StatusOr<query::Page<Response>>(
                           graph::View&, const Request&, const query::PageStart&)>
                           list,
                       Response* response) {
  if (request.page_size() > limits::kPageSize.value) {
    return errors::LimitExceeded("page_size", limits::kPageSize, request.page_size());
  }
  query::PageStart start;
  start.size = request.page_size() == 0 ? limits::kDefaultPageSize : request.page_size();
  v1::ReadOptions read = request.read();
  if (!request.page_token().empty()) {
    ASSIGN_OR_RETURN(PageToken token,
                     PageToken::Decode(request.page_token(), request, graph.lineage()));
    read.set_revision(token.revision);
    start.after = std::move(token.after);
  }
  absl::StatusOr<std::unique_ptr<graph::View>> view = graph.Read(read, mode);
  if (!view.ok()) return AtField(view.status(), "read");
  ASSIGN_OR_RETURN(query::Page<Response> page, list(**view, request, start));
  *response = std::move(page.response);
  response->set_revision((*view)->revision());
  if (!page.after.empty()) {
    PageToken next;
    next.revision = (*view)->revision();
    next.after = std::move(page.after);
    response->set_next_page_token(next.Encode(request, graph.lineage()));
  }
  return absl::OkStatus();
}

}  // namespace labgraph::rpc

#endif  // LABGRAPH_SERVER_RPC_PAGING_H_
