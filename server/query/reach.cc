#include "server/query/reach.h"

#include <algorithm>

namespace labgraph::query {

std::vector<keys::StatementNumber> WayTree::Statements(WayNumber way) const {
  std::vector<keys::StatementNumber> statements;
  for (; way != kNoWay; way = links_[way - 1].before) {
    statements.push_back(links_[way - 1].statement);
  }
  std::reverse(statements.begin(), statements.end());
  return statements;
}

}  // namespace labgraph::query
