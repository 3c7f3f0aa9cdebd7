#ifndef LABGRAPH_TESTS_FAULTS_WATCHED_COPY_H_
#define LABGRAPH_TESTS_FAULTS_WATCHED_COPY_H_

#include <cstdint>
#include <map>
#include <string>

#include "labgraph/watch.h"
#include "server/graph/graph.h"
#include "server/graph/record_filter.h"

namespace labgraph::faults {

// A copy of what a filter lets pass of a store, kept by nothing but the events of a
// watch, as a program would keep it. Not thread-safe.
class WatchedCopy {
 public:
  explicit WatchedCopy(graph::RecordFilter filter = {}) : filter_(std::move(filter)) {}

  void Apply(const client::WatchEvent& event);

  // Where to go on; empty before the first event and while a snapshot comes in.
  const std::string& resume_token() const { return resume_token_; }
  // The copy is that of this revision; 0 where there is no token.
  uint64_t revision() const { return revision_; }

  // How this differs from what the store holds at `revision`, for people; empty where it
  // does not.
  std::string DifferenceFrom(const graph::Graph& graph, uint64_t revision) const;

 private:
  // Encoded records by id.
  using Records = std::map<std::string, std::string>;

  void Apply(const v1::ChangeEvent& event);
  void Put(const v1::Entity& entity);
  void Put(const v1::Statement& statement);
  void Put(const v1::Redirect& redirect);

  const graph::RecordFilter filter_;
  std::string resume_token_;
  uint64_t revision_ = 0;
  Records entities_;
  Records statements_;
  Records redirects_;
};

}  // namespace labgraph::faults

#endif  // LABGRAPH_TESTS_FAULTS_WATCHED_COPY_H_
