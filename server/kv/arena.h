#ifndef LABGRAPH_SERVER_KV_ARENA_H_
#define LABGRAPH_SERVER_KV_ARENA_H_

#include <cstddef>
#include <memory>
#include <vector>

#include "absl/strings/string_view.h"

namespace labgraph::kv {

// Keeps bytes where they are until it goes, without an allocation for each piece. Not
// thread-safe.
class Arena {
 public:
  Arena() = default;
  // What was kept stays where it is. The arena moved from is empty.
  Arena(Arena&& other) noexcept;
  Arena& operator=(Arena&& other) noexcept;

  // A copy that lives as long as the arena, or the one it is moved to.
  absl::string_view Copy(absl::string_view bytes);

 private:
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;  // in the last block
  size_t left_ = 0;
};

}  // namespace labgraph::kv

#endif  // LABGRAPH_SERVER_KV_ARENA_H_
