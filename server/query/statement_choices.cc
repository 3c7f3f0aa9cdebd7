#include "server/query/statement_choices.h"

#include "server/query/reach.h"

namespace labgraph::query {

bool StatementChoices::Give(const std::vector<keys::EntityNumber>& entities,
                            const std::vector<Hop>& hops, NeedBits needs) {
  path_.entities = entities;
  path_.statements.clear();
  later_.assign(hops.size() + 1, 0);
  for (size_t hop = hops.size(); hop > 0; --hop) {
    later_[hop - 1] = later_[hop];
    for (const PathLink& link : hops[hop - 1]) later_[hop - 1] |= link.meets;
  }
  return Choose(hops, needs, no_hops_);
}

// Recursion is as deep as a path is long, at most limits::kHops.
bool StatementChoices::Choose(const std::vector<Hop>& hops, NeedBits missing,
                              v1::Certainty certainty) {
  const size_t hop = path_.statements.size();
  if (!budget_->Work(1)) return false;
  if ((missing & ~later_[hop]) != 0) return true;
  if (hop == hops.size()) {
    path_.certainty = certainty;
    return writer_->Give(path_);
  }
  for (const PathLink& link : hops[hop]) {
    path_.statements.push_back(link.statement);
    const bool more =
        Choose(hops, missing & ~link.meets, Weakest(certainty, link.certainty));
    path_.statements.pop_back();
    if (!more) return false;
  }
  return true;
}

}  // namespace labgraph::query
