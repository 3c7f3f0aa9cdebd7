#ifndef LABGRAPH_INTERNAL_PAGER_H_
#define LABGRAPH_INTERNAL_PAGER_H_

#include <deque>
#include <functional>
#include <memory>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "labgraph/connection.h"
#include "labgraph/range.h"

namespace labgraph::client::internal {

// Walks over all pages of a list, one call ahead of the caller at most. Not thread-safe.
template <typename T, typename Request, typename Response>
class Pager {
 public:
  using Fetch = std::function<absl::StatusOr<Response>(const Request&)>;
  // Moves the elements of a page behind those given.
  using Unpack = void (*)(Response page, std::deque<T>& elements);

  Pager(Request request, Fetch fetch, Unpack unpack)
      : request_(std::move(request)), fetch_(std::move(fetch)), unpack_(unpack) {}

  absl::optional<absl::StatusOr<T>> Next() {
    while (elements_.empty()) {
      if (last_page_) return absl::nullopt;
      absl::StatusOr<Response> page = fetch_(request_);
      if (!page.ok()) return absl::StatusOr<T>(page.status());
      request_.set_page_token(page->next_page_token());
      last_page_ = page->next_page_token().empty();
      unpack_(*std::move(page), elements_);
    }
    absl::StatusOr<T> element = std::move(elements_.front());
    elements_.pop_front();
    return element;
  }

 private:
  Request request_;
  Fetch fetch_;
  Unpack unpack_;
  std::deque<T> elements_;
  bool last_page_ = false;
};

// The elements of all pages that `method` gives.
template <typename T, typename Request, typename Response>
Range<T> Paged(std::shared_ptr<Connection> connection,
               absl::StatusOr<Response> (Connection::*method)(const Request&),
               Request request, void (*unpack)(Response, std::deque<T>&)) {
  auto fetch = [connection = std::move(connection), method](const Request& page) {
    return ((*connection).*method)(page);
  };
  Pager<T, Request, Response> pager(std::move(request), std::move(fetch), unpack);
  return Range<T>([pager = std::move(pager)]() mutable { return pager.Next(); });
}

}  // namespace labgraph::client::internal

#endif  // LABGRAPH_INTERNAL_PAGER_H_
