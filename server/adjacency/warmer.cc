#include "server/adjacency/warmer.h"

#include <algorithm>
#include <utility>

#include "server/adjacency/reader.h"

namespace labgraph::adjacency {
namespace {

// Entities read from one view.
constexpr keys::EntityNumber kStretch = 4096;

}  // namespace

Warmer::Warmer(Cache* cache, OpenView open, std::function<void(Warmed)> done)
    : cache_(cache),
      open_(std::move(open)),
      done_(std::move(done)),
      evicted_before_(cache->stats().evicted),
      thread_([this] { Run(); }) {}

Warmer::~Warmer() {
  stop_ = true;
  thread_.join();
}

void Warmer::Run() {
  keys::EntityNumber next = 1;
  absl::optional<Warmed> end;
  while (!end.has_value() && !stop_) end = Fill(&next);
  if (done_ != nullptr && end.has_value()) done_(*end);
}

absl::optional<Warmed> Warmer::Fill(keys::EntityNumber* next) {
  const std::unique_ptr<graph::View> view = open_();
  if (view == nullptr) return Warmed::kFailed;
  Reader reader(cache_, &view->records());
  const keys::EntityNumber end = view->head().state.next_entity;
  const keys::EntityNumber last = std::min(end, *next + kStretch);
  while (*next < last && !stop_) {
    const keys::EntityNumber node = (*next)++;
    // What cannot be read is reported to whoever asks for it.
    const bool read = reader.Edges(graph::EdgeDirection::kOut, node).ok() &&
                      reader.Edges(graph::EdgeDirection::kIn, node).ok() &&
                      reader.Card(node).ok();
    if (Full()) return Warmed::kFull;
    if (!read) return absl::nullopt;
  }
  if (stop_ || *next < end) return absl::nullopt;
  return Warmed::kAll;
}

// The cache drops more than it must: it is seldom seen full.
bool Warmer::Full() const {
  return cache_->full() || cache_->stats().evicted > evicted_before_;
}

}  // namespace labgraph::adjacency
