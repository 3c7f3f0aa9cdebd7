#ifndef LABGRAPH_SERVER_GRAPH_STOPPABLE_READER_H_
#define LABGRAPH_SERVER_GRAPH_STOPPABLE_READER_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "server/kv/store.h"

namespace labgraph::graph {

// Reads a store until somebody says stop, then fails with CANCELLED: for work that takes
// minutes and asks nobody. Thread-safe.
class StoppableReader final : public kv::Reader {
 public:
  // `reader` must outlive this. `stop` is asked now and then.
  StoppableReader(const kv::Reader* reader, std::function<bool()> stop)
      : reader_(reader), stop_(std::move(stop)) {}

  absl::StatusOr<absl::optional<std::string>> Get(kv::Keyspace keyspace,
                                                  absl::string_view key) const override;
  std::unique_ptr<kv::Cursor> NewCursor(kv::Keyspace keyspace) const override;

  // Whether somebody said so.
  bool Stopped() const;

 private:
  const kv::Reader* const reader_;
  const std::function<bool()> stop_;
  mutable std::atomic<uint32_t> asked_ = 0;
  mutable std::atomic<bool> stopped_ = false;
};

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_STOPPABLE_READER_H_
