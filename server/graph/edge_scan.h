#ifndef LABGRAPH_SERVER_GRAPH_EDGE_SCAN_H_
#define LABGRAPH_SERVER_GRAPH_EDGE_SCAN_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/optional.h"
#include "server/graph/versioned_reader.h"
#include "server/keys/keys.h"
#include "server/keys/segment.h"
#include "server/schema/ontology.h"

namespace labgraph::graph {

// The edges of one node in one direction as they stood at a revision, in runs:
// ordered by predicate, then neighbour, then statement. Not thread-safe.
//
//   EdgeScan scan(reader, keys::kOut, node, absl::nullopt);
//   while (scan.NextRun()) for (const keys::Edge& edge : scan.edges()) ...
//   RETURN_IF_ERROR(scan.status());
class EdgeScan {
 public:
  // `keyspace` is kOut or kIn. With `predicate` only edges of that one. What `reader`
  // reads from must outlive the scan.
  EdgeScan(const VersionedReader& reader, kv::Keyspace keyspace, keys::EntityNumber node,
           absl::optional<schema::PredicateNumber> predicate);

  // Skips what lies before `start`. REQUIRES: before the first NextRun; start.node is the
  // scan's node, and start.predicate its predicate where it has one.
  void StartAt(const keys::EdgeKey& start);

  // Moves to the next edges with one predicate, at least one. A predicate may take
  // several runs. False at the end and after an error.
  bool NextRun();

  // Both valid until NextRun. REQUIRES: the last NextRun gave true.
  schema::PredicateNumber predicate() const { return predicate_; }
  const std::vector<keys::Edge>& edges() const { return edges_; }

  // The error that ended the scan; OK at an ordinary end.
  const absl::Status& status() const { return status_; }

 private:
  bool ReadSegment();
  void DropBeforeStart();
  void MergePast();
  absl::optional<schema::PredicateNumber> NextCurrentPredicate() const;
  absl::optional<schema::PredicateNumber> NextPastPredicate() const;
  bool Fail(absl::Status status);

  const VersionedReader reader_;
  const kv::Keyspace keyspace_;
  const std::string prefix_;
  const std::string past_prefix_;
  std::unique_ptr<kv::Cursor> segments_;
  std::unique_ptr<kv::Cursor> past_;  // null at the newest revision
  keys::EdgeKey start_;
  bool started_ = false;
  schema::PredicateNumber predicate_ = 0;
  std::vector<keys::Edge> edges_;
  absl::Status status_;
};

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_EDGE_SCAN_H_
