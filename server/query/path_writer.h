#ifndef LABGRAPH_SERVER_QUERY_PATH_WRITER_H_
#define LABGRAPH_SERVER_QUERY_PATH_WRITER_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "labgraph/v1/graph_service.pb.h"
#include "server/keys/keys.h"
#include "server/query/budget.h"

namespace labgraph::query {

// A path: one more entity than statements.
struct FoundPath {
  std::vector<keys::EntityNumber> entities;
  std::vector<keys::StatementNumber> statements;
  // That of the least certain statement; UNSPECIFIED where no day was asked about.
  v1::Certainty certainty = v1::CERTAINTY_UNSPECIFIED;
};

// Takes paths as they are found.
class PathSink {
 public:
  virtual ~PathSink() = default;
  // An error ends the search, which returns it.
  virtual absl::Status Take(const FoundPath& path) = 0;
};

// Counts paths and passes them to the sink, but for those that earlier pages gave. Not
// thread-safe.
class PathWriter {
 public:
  // After `enough` paths given no more are wanted. `sink` null: only count. All must
  // outlive this.
  PathWriter(uint64_t enough, PathSink* sink, Budget* budget,
             v1::FindPathsSummary* summary)
      : enough_(enough), sink_(sink), budget_(budget), summary_(summary) {}

  // False when no more are wanted; then done().
  bool Give(const FoundPath& path);

  // Whether there are enough, the budget is spent, or the sink failed.
  bool done() const {
    return budget_->stopped() || !status_.ok() || summary_->paths() == enough_;
  }
  // Whether any path was found, given or passed over.
  bool found_any() const { return found_any_; }
  // Of the sink, or CANCELLED.
  absl::Status status() const { return status_.ok() ? budget_->status() : status_; }

 private:
  const uint64_t enough_;
  PathSink* const sink_;
  Budget* const budget_;
  v1::FindPathsSummary* const summary_;
  bool found_any_ = false;
  absl::Status status_;
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_PATH_WRITER_H_
