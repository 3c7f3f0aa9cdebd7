#ifndef LABGRAPH_SERVER_QUERY_NEIGHBOR_COLLECTOR_H_
#define LABGRAPH_SERVER_QUERY_NEIGHBOR_COLLECTOR_H_

#include <cstddef>
#include <vector>

#include "server/graph/edge_run.h"
#include "server/graph/read_filter.h"
#include "server/query/sorted_lists.h"

namespace labgraph::query {

// Makes one sorted list of the neighbours in the runs of an entity, of the edges that
// count. Not thread-safe.
class NeighborCollector {
 public:
  // Both must outlive this; `storage` grows as needed and never shrinks.
  NeighborCollector(graph::FacetVerdicts* verdicts, std::vector<graph::Neighbor>* storage)
      : verdicts_(*verdicts), storage_(*storage) {}

  void Add(const graph::EdgeRun& run);

  // What was added, at the front of `storage`; valid until that changes.
  SortedList Finish();

 private:
  // Writes those that count behind what there is; gives the end of what was written.
  graph::Neighbor* AddAll(const graph::EdgeRun& run, graph::Neighbor* end);
  graph::Neighbor* AddSome(const graph::EdgeRun& run, graph::Neighbor* end);

  graph::FacetVerdicts& verdicts_;
  std::vector<graph::Neighbor>& storage_;
  size_t size_ = 0;
  bool sorted_ = true;  // and each once
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_NEIGHBOR_COLLECTOR_H_
