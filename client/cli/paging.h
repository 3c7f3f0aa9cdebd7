#ifndef LABGRAPH_CLIENT_CLI_PAGING_H_
#define LABGRAPH_CLIENT_CLI_PAGING_H_

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "client/cli/output/output.h"

namespace CLI {
class App;
}  // namespace CLI

namespace labgraph::cli {

// How much of a list is wanted.
struct Limit {
  uint64_t count = 100;
  bool all = false;

  uint64_t rows() const { return all ? std::numeric_limits<uint64_t>::max() : count; }
};

// Declares --limit and --all.
void AddLimit(CLI::App& app, Limit& limit);

// Says beside the answer that `limit` cut it. `what` is plural: "entities".
void NoteMore(absl::string_view what, const Limit& limit, Output& output);

// Most elements on a page that the API gives.
inline constexpr uint64_t kLargestPage = 1000;

// Reads page after page, all of one size, until the limit or the last page, or until
// nobody reads `output` any more.
//   call:    gives the page of a request
//   trim:    cuts a page to at most so many elements, and gives how many it has then and
//            whether any were cut off
//   consume: takes a page
// Gives whether the limit cut the list.
template <typename Request, typename Call, typename Trim, typename Consume>
absl::StatusOr<bool> ReadPages(Request request, const Limit& limit, Output& output,
                               Call call, Trim trim, Consume consume) {
  uint64_t room = limit.rows();
  request.set_page_size(static_cast<uint32_t>(std::min(room, kLargestPage)));
  while (!output.closed()) {
    auto page = call(request);
    if (!page.ok()) return page.status();
    const auto [count, is_cut] = trim(*page, room);
    room -= count;
    const std::string next = page->next_page_token();
    // It would go on behind what was cut off.
    if (is_cut) page->clear_next_page_token();
    consume(*page);
    if (is_cut) return true;
    if (next.empty()) return false;
    if (room == 0) return true;
    request.set_page_token(next);
  }
  return false;
}

// What `trim` gives.
struct Trimmed {
  uint64_t count = 0;
  bool is_cut = false;
};

// Cuts one repeated field.
template <typename Repeated>
Trimmed TrimField(Repeated& elements, uint64_t room) {
  const auto size = static_cast<uint64_t>(elements.size());
  if (size <= room) return {size, false};
  elements.DeleteSubrange(static_cast<int>(room), static_cast<int>(size - room));
  return {room, true};
}

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_PAGING_H_
