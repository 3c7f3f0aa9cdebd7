#ifndef LABGRAPH_SERVER_QUERY_PATH_LISTER_H_
#define LABGRAPH_SERVER_QUERY_PATH_LISTER_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "server/query/budget.h"
#include "server/query/find_paths.h"
#include "server/query/path_links.h"

namespace labgraph::query {

// Lists every path that links make, by entities, then statements, as far as the budget
// goes. Used once; not thread-safe.
class PathLister {
 public:
  // All must outlive this. `hops` is the length of every path; `none` the certainty of a
  // path without statements.
  PathLister(const PathLinks& links, uint32_t hops, v1::Certainty none, Budget& budget)
      : links_(links), hops_(hops), none_(none), budget_(budget) {}

  std::vector<FoundPath> List();

 private:
  // Statements from one entity to the next.
  using Choice = absl::Span<const PathLink>;

  // Goes on in every way from the last of entities_. False when the budget is spent.
  bool Extend();
  // Gives every choice of statements along entities_.
  bool GiveChoices();

  const PathLinks& links_;
  const uint32_t hops_;
  const v1::Certainty none_;
  Budget& budget_;
  std::vector<keys::EntityNumber> entities_;
  std::vector<Choice> choices_;
  std::vector<FoundPath> paths_;
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_PATH_LISTER_H_
