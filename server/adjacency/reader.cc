#include "server/adjacency/reader.h"

#include <utility>

#include "server/base/status_macros.h"

namespace labgraph::adjacency {
namespace {

// More edges of one entity than this are not kept: 16 MiB or so.
constexpr size_t kMaxBlockEdges = size_t{1} << 20;

}  // namespace

Reader::Reader(Cache* cache, const graph::RecordReader* records)
    : cache_(cache != nullptr && cache->budget_bytes() > 0 ? cache : nullptr),
      records_(*records),
      revision_(records->rows().revision()),
      pin_(cache_ == nullptr ? nullptr : cache_->NewPin()) {}

template <typename T>
const T* Reader::Keep(Part part, keys::EntityNumber node, EntryPtr<T> read,
                      EntryPtr<T>& own) {
  const T* const kept = read.get();
  // Only what was read from the newest rows of its snapshot is known to last.
  EntryPtr<Entry> offered(read.release());
  if (records_.rows().newest() && cache_->Insert(part, node, offered)) return kept;
  own.reset(static_cast<const T*>(offered.release()));
  return kept;
}

absl::StatusOr<const EdgeBlock*> Reader::Edges(graph::EdgeDirection direction,
                                               keys::EntityNumber node) {
  if (cache_ == nullptr || !SlotTable::Fits(node)) return nullptr;
  const Entry* const entry = cache_->Find(PartOf(direction), node, revision_);
  if (entry == nullptr) return LoadEdges(direction, node);
  const auto* const block = static_cast<const EdgeBlock*>(entry);
  return block->too_large() ? nullptr : block;
}

absl::StatusOr<const EdgeBlock*> Reader::LoadEdges(graph::EdgeDirection direction,
                                                   keys::EntityNumber node) {
  graph::EdgeScan scan = records_.Edges(direction, node, absl::nullopt,
                                        &cursors_[static_cast<size_t>(direction)]);
  ASSIGN_OR_RETURN(EntryPtr<EdgeBlock> read,
                   EdgeBlock::Load(scan, revision_, kMaxBlockEdges));
  if (read == nullptr) read = EdgeBlock::TooLarge(revision_);
  const EdgeBlock* const block =
      Keep(PartOf(direction), node, std::move(read), own_block_);
  return block->too_large() ? nullptr : block;
}

absl::StatusOr<absl::optional<graph::EntityCard>> Reader::Card(keys::EntityNumber node) {
  if (cache_ != nullptr && SlotTable::Fits(node)) {
    const Entry* const entry = cache_->Find(Part::kCard, node, revision_);
    if (entry != nullptr) return static_cast<const CardEntry*>(entry)->card();
  }
  ASSIGN_OR_RETURN(const absl::optional<graph::EntityRecord> record,
                   records_.ReadEntity(node));
  if (!record.has_value()) return absl::optional<graph::EntityCard>();
  EntryPtr<CardEntry> read = CardEntry::Make(
      {record->kind, record->entity.id(), record->entity.visibility()}, revision_);
  if (cache_ == nullptr) {
    own_card_ = std::move(read);
    return own_card_->card();
  }
  return Keep(Part::kCard, node, std::move(read), own_card_)->card();
}

}  // namespace labgraph::adjacency
