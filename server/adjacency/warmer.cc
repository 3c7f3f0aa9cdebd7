#include "server/adjacency/warmer.h"

#include <algorithm>
#include <utility>

#include "server/adjacency/reader.h"

namespace labgraph::adjacency {
namespace {

// Entities read from one view.
constexpr keys::EntityNumber kStretch = 4096;

}  // namespace

Warmer::Warmer(Cache* cache, OpenView open, std::function<void(bool)> done)
    : cache_(cache),
      open_(std::move(open)),
      done_(std::move(done)),
      thread_([this] { Run(); }) {}

Warmer::~Warmer() {
  stop_ = true;
  thread_.join();
}

void Warmer::Run() {
  keys::EntityNumber next = 1;
  while (next != 0 && !stop_ && !cache_->full()) next = Fill(next);
  if (done_ != nullptr && !stop_) done_(next == 0);
}

keys::EntityNumber Warmer::Fill(keys::EntityNumber first) {
  const std::unique_ptr<graph::View> view = open_();
  if (view == nullptr) return 0;
  Reader reader(cache_, &view->records());
  const keys::EntityNumber end = view->head().state.next_entity;
  const keys::EntityNumber last = std::min(end, first + kStretch);
  for (keys::EntityNumber node = first; node < last && !stop_; ++node) {
    // What cannot be read is reported to whoever asks for it.
    const bool read = reader.Edges(graph::EdgeDirection::kOut, node).ok() &&
                      reader.Edges(graph::EdgeDirection::kIn, node).ok() &&
                      reader.Card(node).ok();
    if (!read || cache_->full()) return node + 1;
  }
  return last == end ? 0 : last;
}

}  // namespace labgraph::adjacency
