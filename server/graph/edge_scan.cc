#include "server/graph/edge_scan.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "server/base/errors.h"
#include "server/keys/codec.h"
#include "server/keys/keyspaces.h"
#include "server/keys/rows.h"

namespace labgraph::graph {
namespace {

kv::Cursor* Open(std::unique_ptr<kv::Cursor>& cursor, const VersionedReader& reader,
                 kv::Keyspace keyspace) {
  if (cursor == nullptr) cursor = reader.reader()->NewCursor(keyspace);
  return cursor.get();
}

}  // namespace

EdgeScan::EdgeScan(const VersionedReader& reader, kv::Keyspace keyspace,
                   keys::EntityNumber node,
                   absl::optional<schema::PredicateNumber> predicate,
                   EdgeCursors* cursors)
    : reader_(reader),
      keyspace_(keyspace),
      prefix_(predicate.has_value() ? keys::EdgePrefix(node, *predicate)
                                    : keys::EdgePrefix(node)),
      past_prefix_(keys::PastPrefix(keyspace, prefix_)),
      cursors_(cursors == nullptr ? own_ : *cursors),
      segments_(Open(cursors_.segments, reader, keyspace)),
      past_(reader.newest() ? nullptr : Open(cursors_.past, reader, keys::kPast)) {
  start_.node = node;
  if (predicate.has_value()) start_.predicate = *predicate;
}

void EdgeScan::StartAt(const keys::EdgeKey& start) { start_ = start; }

bool EdgeScan::Fail(absl::Status status) {
  status_ = std::move(status);
  return false;
}

absl::optional<schema::PredicateNumber> EdgeScan::NextCurrentPredicate() const {
  if (!segments_->Valid() || !absl::StartsWith(segments_->key(), prefix_)) return {};
  keys::EdgeKey key;
  keys::EdgeKey::Decode(segments_->key(), &key);
  return key.predicate;
}

absl::optional<schema::PredicateNumber> EdgeScan::NextPastPredicate() const {
  if (past_ == nullptr || !past_->Valid() ||
      !absl::StartsWith(past_->key(), past_prefix_)) {
    return {};
  }
  keys::EdgeKey key;
  keys::EdgeKey::Decode(past_->key().substr(1, past_->key().size() - 9), &key);
  return key.predicate;
}

// Appends the segment under the cursor to edges_ and moves on.
bool EdgeScan::ReadSegment() {
  if (!keys::DecodeSegment(segments_->value(), &edges_)) {
    return Fail(errors::StorageCorrupt(keys::kNames[keyspace_],
                                       "a segment of neighbours cannot be decoded."));
  }
  segments_->Next();
  return true;
}

void EdgeScan::DropBeforeStart() {
  if (predicate_ != start_.predicate) return;
  const keys::Edge first{start_.neighbor, start_.statement};
  edges_.erase(edges_.begin(),
               std::lower_bound(edges_.begin(), edges_.end(), first, keys::EdgeOrder));
}

// Turns edges_, the current ones of a segment of predicate_, into those that stood at the
// revision: up to where the next segment begins, so that a scan that goes on somewhere
// in a long list reads no more of it than it gives.
void EdgeScan::MergePast() {
  const std::string end = NextCurrentPredicate() == predicate_
                              ? std::string(segments_->key())
                              : std::string();
  const keys::Revision revision = reader_.revision();
  std::erase_if(edges_, [&](const keys::Edge& edge) { return edge.revision > revision; });
  while (NextPastPredicate() == predicate_) {
    const absl::string_view past_key = past_->key().substr(1, past_->key().size() - 9);
    if (!end.empty() && past_key >= end) break;
    keys::EdgeKey key;
    keys::EdgeKey::Decode(past_key, &key);
    keys::IndexRow row;
    keys::IndexRow::Decode(past_->value(), &row);
    if (row.revision <= revision && revision < keys::LastBe64(past_->key())) {
      edges_.push_back({key.neighbor, key.statement,
                        static_cast<keys::FacetNumber>(row.number), row.revision});
    }
    past_->Next();
  }
  std::sort(edges_.begin(), edges_.end(), keys::EdgeOrder);
}

// Goes to the segment that holds start_, or the first behind it.
void EdgeScan::Seek() {
  const std::string start = start_.Encode();
  if (start_.neighbor == 0 && start_.statement == 0) {
    // The first segment of a node and predicate has this very key. A walk over entities
    // in order is there already.
    const bool there = !cursors_.finished.empty() && cursors_.finished <= start &&
                       segments_->Valid() && segments_->key() >= start;
    if (!there) segments_->Seek(start);
  } else {
    // The segment may begin before it.
    segments_->SeekForPrev(start);
    if (!NextCurrentPredicate().has_value()) segments_->Seek(start);
  }
  cursors_.finished.clear();
  if (past_ == nullptr) return;
  past_->Seek(keys::PastPrefix(keyspace_, start));
}

bool EdgeScan::NextRun() {
  if (!status_.ok()) return false;
  if (!started_) {
    started_ = true;
    Seek();
  }
  do {
    edges_.clear();
    const auto current = NextCurrentPredicate();
    const auto past = NextPastPredicate();
    if (!current.has_value() && !past.has_value()) {
      cursors_.finished = keys::PrefixEnd(prefix_);
      return Fail(segments_->status().ok() && past_ != nullptr ? past_->status()
                                                               : segments_->status());
    }
    predicate_ = std::min(current.value_or(UINT32_MAX), past.value_or(UINT32_MAX));
    if (current == predicate_ && !ReadSegment()) return false;
    if (past_ != nullptr) MergePast();
    if (predicate_ < start_.predicate) {
      edges_.clear();
    } else {
      DropBeforeStart();
    }
  } while (edges_.empty());
  return true;
}

}  // namespace labgraph::graph
