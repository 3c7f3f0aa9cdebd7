#include "server/adjacency/retired.h"

#include <utility>

namespace labgraph::adjacency {

struct Retired::Age {
  ~Age() {
    for (const Entry* entry : entries) FreeEntry()(entry);
    // One after another: a chain of many ages must not end in recursion.
    while (next != nullptr && next.use_count() == 1) {
      std::shared_ptr<Age> after = std::move(next->next);
      next = std::move(after);
    }
  }

  std::vector<const Entry*> entries;
  std::shared_ptr<Age> next;
};

Retired::Retired() : current_(std::make_shared<Age>()) {}
Retired::~Retired() = default;

Retired::Pin Retired::NewPin() const {
  absl::MutexLock lock(&mu_);
  return current_;
}

void Retired::Add(std::vector<const Entry*> entries) {
  if (entries.empty()) return;
  auto next = std::make_shared<Age>();
  std::shared_ptr<Age> over;  // freed after the lock
  absl::MutexLock lock(&mu_);
  current_->entries = std::move(entries);
  current_->next = next;
  over = std::exchange(current_, std::move(next));
}

}  // namespace labgraph::adjacency
