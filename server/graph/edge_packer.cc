#include "server/graph/edge_packer.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "server/base/status_macros.h"

namespace labgraph::graph {
namespace {

// Keys that a cursor steps over before it seeks: a step costs a small part of a seek.
constexpr int kSteps = 8;

bool SameList(const keys::EdgeKey& a, const keys::EdgeKey& b) {
  return a.node == b.node && a.predicate == b.predicate;
}

}  // namespace

EdgePacker::EdgePacker(kv::Keyspace keyspace, absl::Span<const NewEdge> edges,
                       const kv::Overlay& overlay)
    : keyspace_(keyspace), edges_(edges), cursor_(overlay.NewCursor(keyspace)) {}

absl::Status EdgePacker::Pack() {
  std::vector<uint32_t> places(edges_.size());
  for (uint32_t i = 0; i < places.size(); ++i) places[i] = i;
  // By list, and within one as listed.
  std::sort(places.begin(), places.end(), [this](uint32_t a, uint32_t b) {
    const keys::EdgeKey& first = edges_[a].key;
    const keys::EdgeKey& second = edges_[b].key;
    if (first.node != second.node) return first.node < second.node;
    if (first.predicate != second.predicate) return first.predicate < second.predicate;
    return a < b;
  });
  for (Places rest = absl::MakeSpan(places); !rest.empty();) {
    const auto end = std::find_if(rest.begin(), rest.end(), [&](uint32_t place) {
      return !SameList(edges_[place].key, edges_[rest.front()].key);
    });
    const auto size = static_cast<size_t>(end - rest.begin());
    RETURN_IF_ERROR(PackList(rest.first(size)));
    rest.remove_prefix(size);
  }
  return absl::OkStatus();
}

absl::Status EdgePacker::PackList(Places places) {
  open_.clear();
  by_key_.assign(places.begin(), places.end());
  std::sort(by_key_.begin(), by_key_.end(),
            [this](uint32_t a, uint32_t b) { return edges_[a].key < edges_[b].key; });
  RETURN_IF_ERROR(Load(absl::MakeSpan(by_key_)));
  for (const uint32_t place : places) Insert(edges_[place]);
  for (const OpenSegment& segment : open_) {
    closed_.emplace_back(segment.key.Encode(), keys::EncodeSegment(segment.edges));
  }
  return absl::OkStatus();
}

absl::Status EdgePacker::Load(Places by_key) {
  const keys::EdgeKey& list = edges_[by_key.front()].key;
  const std::string prefix = keys::EdgePrefix(list.node, list.predicate);
  const auto in_list = [&] {
    return cursor_->Valid() && absl::StartsWith(cursor_->key(), prefix);
  };
  OpenSegment first = FirstSegment(list.node, list.predicate);
  const std::string first_key = first.key.Encode();
  Advance(first_key);
  // The first is not stored where all that was in it has been deleted.
  if (!in_list() || cursor_->key() != first_key) {
    const size_t here = in_list() ? CountBelow(by_key, cursor_->key()) : by_key.size();
    if (here > 0) open_.push_back(std::move(first));
    by_key.remove_prefix(here);
  }
  int passed = 0;
  while (!by_key.empty() && in_list()) {
    // An edge belongs to the last segment that begins before it, and which one that is
    // shows only at the next.
    std::string key(cursor_->key());
    std::string value(cursor_->value());
    cursor_->Next();
    const size_t here = in_list() ? CountBelow(by_key, cursor_->key()) : by_key.size();
    if (here > 0) {
      ASSIGN_OR_RETURN(OpenSegment segment, TakeApart(keyspace_, key, value));
      open_.push_back(std::move(segment));
      by_key.remove_prefix(here);
      passed = 0;
    } else if (++passed >= kSteps) {
      cursor_->SeekForPrev(edges_[by_key.front()].key.Encode());
      passed = 0;
    }
  }
  return cursor_->status();
}

size_t EdgePacker::CountBelow(Places by_key, absl::string_view segment) const {
  keys::EdgeKey key;
  keys::EdgeKey::Decode(segment, &key);
  const auto beyond = std::find_if(by_key.begin(), by_key.end(), [&](uint32_t place) {
    return edges_[place].key >= key;
  });
  return static_cast<size_t>(beyond - by_key.begin());
}

void EdgePacker::Advance(const std::string& target) {
  for (int step = 0; placed_ && step < kSteps; ++step) {
    if (!cursor_->Valid() || cursor_->key() >= target) return;
    cursor_->Next();
  }
  if (placed_ && (!cursor_->Valid() || cursor_->key() >= target)) return;
  cursor_->Seek(target);
  placed_ = true;
}

void EdgePacker::Insert(const NewEdge& added) {
  const keys::Edge edge{added.key.neighbor, added.key.statement, added.facet,
                        added.revision};
  // The last that begins at or before the edge: Load found one.
  const auto after =
      std::upper_bound(open_.begin(), open_.end(), added.key,
                       [](const keys::EdgeKey& key, const OpenSegment& segment) {
                         return key < segment.key;
                       });
  const auto segment = std::prev(after);
  std::vector<keys::Edge>& edges = segment->edges;
  edges.insert(std::lower_bound(edges.begin(), edges.end(), edge, keys::EdgeOrder), edge);
  absl::optional<OpenSegment> upper = CutIfLarge(*segment);
  if (upper.has_value()) open_.insert(after, *std::move(upper));
}

void EdgePacker::WriteTo(kv::Overlay& overlay) const {
  for (const auto& [key, value] : closed_) overlay.Put(keyspace_, key, value);
}

}  // namespace labgraph::graph
