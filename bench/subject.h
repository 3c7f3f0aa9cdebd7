#ifndef LABGRAPH_BENCH_SUBJECT_H_
#define LABGRAPH_BENCH_SUBJECT_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "bench/csr.h"
#include "bench/edges.h"

namespace labgraph::bench {

// A graph under measurement: as plain arrays and, in a directory, as a store.
struct Subject {
  Subject(std::string name, EdgeList list, std::string scratch);

  // Random nodes that edges lead from, and others that edges lead to; the same for the
  // same graph.
  std::vector<uint32_t> Starts(size_t count) const;
  std::vector<uint32_t> Ends(size_t count) const;
  // The nodes with just so many outgoing neighbours.
  std::vector<uint32_t> NodesOfDegree(size_t degree) const;

  const std::string name;
  const EdgeList graph;
  const Csr out;
  const Csr in;
  const std::string files;  // directory for what is loaded
  const std::string data;   // directory of the store
};

}  // namespace labgraph::bench

#endif  // LABGRAPH_BENCH_SUBJECT_H_
