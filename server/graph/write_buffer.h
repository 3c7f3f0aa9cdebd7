#ifndef LABGRAPH_SERVER_GRAPH_WRITE_BUFFER_H_
#define LABGRAPH_SERVER_GRAPH_WRITE_BUFFER_H_

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "server/graph/edge_packer.h"
#include "server/keys/keys.h"
#include "server/kv/overlay.h"
#include "server/kv/store.h"

namespace labgraph::graph {

// What commits have done and is not written yet: rows laid over a snapshot, and new
// edges, which are packed into segments when somebody looks at segments or all is
// written. Reading sees everything. Not thread-safe.
class WriteBuffer final : public kv::Reader {
 public:
  // `base` must outlive the buffer and not change.
  explicit WriteBuffer(const kv::Reader* base) : overlay_(base) {}

  absl::StatusOr<absl::optional<std::string>> Get(kv::Keyspace keyspace,
                                                  absl::string_view key) const override;
  std::unique_ptr<kv::Cursor> NewCursor(kv::Keyspace keyspace) const override;

  // As in kv::Overlay.
  void Put(kv::Keyspace keyspace, absl::string_view key, absl::string_view value) {
    overlay_.Put(keyspace, key, value);
  }
  void PutNew(kv::Keyspace keyspace, absl::string_view key, absl::string_view value) {
    overlay_.PutNew(keyspace, key, value);
  }
  void Delete(kv::Keyspace keyspace, absl::string_view key) {
    overlay_.Delete(keyspace, key);
  }

  // Adds an edge to `keyspace`, kOut or kIn. REQUIRES: it is not there yet.
  void AddEdge(kv::Keyspace keyspace, const NewEdge& edge);

  // A point to which RollBack can return.
  struct Mark {
    kv::Overlay::Mark overlay;
    struct Queued {
      size_t packed;
      size_t size;
    };
    std::array<Queued, 2> edges;
  };
  Mark SetMark() const;
  // Undoes everything since the mark. Marks set after it may not be used again.
  void RollBack(const Mark& mark);
  // Keeps what was done so far: no mark set before may be used again.
  void DropMarks();

  // Everything as one batch of views: the buffer must outlive it and not change
  // meanwhile. Errors: STORAGE_FAILED, STORAGE_CORRUPT, from reading segments.
  absl::StatusOr<kv::Batch> ToBatch();
  bool empty() const {
    return overlay_.empty() && queues_[0].empty() && queues_[1].empty();
  }

 private:
  // Edges since the last DropMarks; a roll-back may take back their packing.
  struct Queue {
    std::vector<NewEdge> edges;
    size_t packed = 0;  // so many of them are in segments
    bool empty() const { return edges.empty(); }
  };

  // Packs the edges that wait, if it is a keyspace of edges.
  absl::Status Pack(kv::Keyspace keyspace) const;
  // Packs both keyspaces of edges, side by side where it is worth a thread.
  absl::Status PackAll();
  absl::Span<const NewEdge> Waiting(kv::Keyspace keyspace) const;
  // Puts what was packed into the overlay.
  void Take(kv::Keyspace keyspace, const EdgePacker& packer) const;

  // Packing changes nothing that a reader can see.
  mutable kv::Overlay overlay_;
  mutable std::array<Queue, 2> queues_;  // of kOut and kIn
};

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_WRITE_BUFFER_H_
