#include "server/query/path_lister.h"

#include <algorithm>
#include <utility>

#include "server/query/reach.h"

namespace labgraph::query {

std::vector<FoundPath> PathLister::List() {
  for (const keys::EntityNumber beginning : links_.beginnings) {
    entities_ = {beginning};
    if (!Extend()) break;
  }
  return std::move(paths_);
}

// Recursion is as deep as a path is long, at most limits::kHops.
bool PathLister::Extend() {
  if (choices_.size() == hops_) return GiveChoices();
  const Choice links = links_.next.at(entities_.back());
  for (size_t first = 0; first < links.size();) {
    size_t last = first;
    while (last < links.size() && links[last].to == links[first].to) ++last;
    entities_.push_back(links[first].to);
    choices_.push_back(links.subspan(first, last - first));
    const bool more = Extend();
    entities_.pop_back();
    choices_.pop_back();
    if (!more) return false;
    first = last;
  }
  return true;
}

// Counts like an odometer: the last hop's choice turns fastest.
bool PathLister::GiveChoices() {
  std::vector<size_t> chosen(hops_, 0);
  while (true) {
    if (!budget_.Work(1) || !budget_.Hit()) return false;
    FoundPath path{entities_, {}, none_};
    for (uint32_t hop = 0; hop < hops_; ++hop) {
      const PathLink& link = choices_[hop][chosen[hop]];
      path.statements.push_back(link.statement);
      path.certainty = Weakest(path.certainty, link.certainty);
    }
    paths_.push_back(std::move(path));
    uint32_t hop = hops_;
    while (hop > 0 && ++chosen[hop - 1] == choices_[hop - 1].size()) chosen[--hop] = 0;
    if (hop == 0) return true;
  }
}

}  // namespace labgraph::query
