#ifndef LABGRAPH_SERVER_ADJACENCY_READER_H_
#define LABGRAPH_SERVER_ADJACENCY_READER_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "server/adjacency/cache.h"
#include "server/adjacency/card_entry.h"
#include "server/adjacency/edge_block.h"
#include "server/graph/entity_card.h"
#include "server/graph/record_reader.h"
#include "server/keys/keys.h"

namespace labgraph::adjacency {

// Edges and cards of entities as one request sees them: from the cache, or from the
// store and then kept for the next. Not thread-safe. Errors of every read:
// STORAGE_FAILED, STORAGE_CORRUPT.
class Reader {
 public:
  // `cache` may be null. Both must outlive this; what `records` reads from too.
  Reader(Cache* cache, const graph::RecordReader* records);

  // All edges in one direction; null when they are too many to be kept in memory (or
  // without a cache), and must be read from the store. Valid until the next call for
  // edges.
  absl::StatusOr<const EdgeBlock*> Edges(graph::EdgeDirection direction,
                                         keys::EntityNumber node);

  // What Edges would give if it is in memory; null where it must be asked. Valid as long
  // as
  // this.
  const EdgeBlock* FindEdges(graph::EdgeDirection direction,
                             keys::EntityNumber node) const {
    if (cache_ == nullptr) return nullptr;
    const auto* const block =
        static_cast<const EdgeBlock*>(cache_->Find(PartOf(direction), node, revision_));
    return block == nullptr || block->too_large() ? nullptr : block;
  }

  // Absent where there is no such entity. Valid until the next call for a card.
  absl::StatusOr<absl::optional<graph::EntityCard>> Card(keys::EntityNumber node);

  // Bring nearer, where it is in memory, what Edges will give for one of the next nodes:
  // the slot some calls before the block, and the block some before Edges.
  void PrefetchSlot(graph::EdgeDirection direction, keys::EntityNumber node) const {
    if (cache_ != nullptr) cache_->PrefetchSlot(PartOf(direction), node);
  }
  void PrefetchBlock(graph::EdgeDirection direction, keys::EntityNumber node) const {
    if (cache_ != nullptr) cache_->PrefetchEntry(PartOf(direction), node);
  }

  // The same for Card.
  void PrefetchCard(keys::EntityNumber node) const {
    if (cache_ != nullptr) cache_->PrefetchEntry(Part::kCard, node);
  }

  const graph::RecordReader& records() const { return records_; }

 private:
  static Part PartOf(graph::EdgeDirection direction) {
    return direction == graph::EdgeDirection::kOut ? Part::kOut : Part::kIn;
  }
  absl::StatusOr<const EdgeBlock*> LoadEdges(graph::EdgeDirection direction,
                                             keys::EntityNumber node);
  // Offers what was read to the cache, or else keeps it until the next.
  template <typename T>
  const T* Keep(Part part, keys::EntityNumber node, EntryPtr<T> read, EntryPtr<T>& own);

  Cache* const cache_;  // null when it keeps nothing
  const graph::RecordReader& records_;
  const keys::Revision revision_;
  const Retired::Pin pin_;
  graph::EdgeCursors cursors_[2];
  EntryPtr<EdgeBlock> own_block_;  // the last that the cache did not take
  EntryPtr<CardEntry> own_card_;
};

}  // namespace labgraph::adjacency

#endif  // LABGRAPH_SERVER_ADJACENCY_READER_H_
