#ifndef LABGRAPH_SERVER_QUERY_PAGE_H_
#define LABGRAPH_SERVER_QUERY_PAGE_H_

#include <cstddef>
#include <string>

namespace labgraph::query {

// Where a list goes on. `after` is for the list's own eyes: callers keep it between pages
// and give it back as it was, with the same request at the same revision.
struct PageStart {
  std::string after;  // empty: from the first row
  size_t size = 0;    // rows on this page, at least 1
};

// A page as a list gives it.
template <typename Response>
struct Page {
  Response response;  // without next_page_token and revision
  std::string after;  // empty: this was the last page
};

// Rows a list looks at for one page. A page that finds few of many is cut short there and
// goes on with the next, so that no page takes long.
inline constexpr size_t kRowsPerPage = 20000;

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_PAGE_H_
