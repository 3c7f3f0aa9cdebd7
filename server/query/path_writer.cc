#include "server/query/path_writer.h"

namespace labgraph::query {

bool PathWriter::Give(const FoundPath& path) {
  found_any_ = true;
  if (budget_->PassOver(1) > 0) return true;
  if (!budget_->Hit()) return false;
  if (summary_->paths() == 0) {
    summary_->set_hops(static_cast<uint32_t>(path.statements.size()));
  }
  summary_->set_paths(summary_->paths() + 1);
  if (sink_ != nullptr) status_ = sink_->Take(path);
  return !done();
}

}  // namespace labgraph::query
