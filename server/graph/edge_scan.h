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

// Cursors that scans use one after another: making one costs as much as several seeks.
// Not thread-safe; one scan uses them at a time.
struct EdgeCursors {
  std::unique_ptr<kv::Cursor> segments;
  std::unique_ptr<kv::Cursor> past;
  // What the last scan read to its end: `segments` is at the first key behind that
  // prefix. Empty: it may be anywhere.
  std::string finished;
};

// The edges of one node in one direction as they stood at a revision, in runs:
// ordered by predicate, then neighbour, then statement. Not thread-safe.
//
//   EdgeScan scan(reader, keys::kOut, node, absl::nullopt);
//   while (scan.NextRun()) for (const keys::Edge& edge : scan.edges()) ...
//   RETURN_IF_ERROR(scan.status());
class EdgeScan {
 public:
  // `keyspace` is kOut or kIn. With `predicate` only edges of that one. What `reader`
  // reads from must outlive the scan, and `cursors`, which serve scans of this reader and
  // keyspace alone, too; null: the scan makes its own.
  EdgeScan(const VersionedReader& reader, kv::Keyspace keyspace, keys::EntityNumber node,
           absl::optional<schema::PredicateNumber> predicate,
           EdgeCursors* cursors = nullptr);
  EdgeScan(const EdgeScan&) = delete;
  EdgeScan& operator=(const EdgeScan&) = delete;

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
  void Seek();
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
  EdgeCursors own_;
  EdgeCursors& cursors_;
  kv::Cursor* const segments_;
  kv::Cursor* const past_;  // null at the newest revision
  keys::EdgeKey start_;
  bool started_ = false;
  schema::PredicateNumber predicate_ = 0;
  std::vector<keys::Edge> edges_;
  absl::Status status_;
};

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_EDGE_SCAN_H_
