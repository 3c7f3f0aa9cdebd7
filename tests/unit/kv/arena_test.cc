#include "server/kv/arena.h"

#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"

namespace labgraph::kv {
namespace {

TEST(ArenaTest, CopiesStayWhereTheyAreWhateverComesLater) {
  Arena arena;
  std::vector<std::string> given;
  std::vector<absl::string_view> copies;
  for (size_t size = 0; size < 3000; size += 7) {
    given.emplace_back(size, static_cast<char>('a' + size % 26));
    copies.push_back(arena.Copy(given.back()));
  }
  for (size_t i = 0; i < given.size(); ++i) EXPECT_EQ(copies[i], given[i]);
}

TEST(ArenaTest, OneCopyMayBeLargerThanAnyBlock) {
  Arena arena;
  const std::string large(5 << 20, 'x');
  const absl::string_view before = arena.Copy("before");
  const absl::string_view copy = arena.Copy(large);
  EXPECT_EQ(arena.Copy("after"), "after");
  EXPECT_EQ(before, "before");
  EXPECT_EQ(copy, large);
}

TEST(ArenaTest, CopiesSurviveAMove) {
  Arena arena;
  const absl::string_view copy = arena.Copy("kept");
  Arena other(std::move(arena));
  EXPECT_EQ(other.Copy("more"), "more");
  EXPECT_EQ(copy, "kept");
  arena = std::move(other);
  EXPECT_EQ(arena.Copy("still more"), "still more");
  EXPECT_EQ(copy, "kept");
}

}  // namespace
}  // namespace labgraph::kv
