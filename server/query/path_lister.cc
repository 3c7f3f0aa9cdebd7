#include "server/query/path_lister.h"

namespace labgraph::query {

void PathLister::List() {
  for (const keys::EntityNumber beginning : links_.beginnings) {
    entities_ = {beginning};
    if (!Extend()) return;
  }
}

// Recursion is as deep as a path is long, at most limits::kHops.
bool PathLister::Extend() {
  if (way_.size() == hops_) return choices_.Give(entities_, way_);
  const StatementChoices::Hop links = links_.next.at(entities_.back());
  for (size_t first = 0; first < links.size();) {
    const size_t count = SameTarget(links.subspan(first));
    entities_.push_back(links[first].to);
    way_.push_back(links.subspan(first, count));
    const bool more = Extend();
    entities_.pop_back();
    way_.pop_back();
    if (!more) return false;
    first += count;
  }
  return true;
}

}  // namespace labgraph::query
