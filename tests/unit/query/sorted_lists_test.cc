#include "server/query/sorted_lists.h"

#include <algorithm>
#include <iterator>
#include <random>
#include <set>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "server/query/list_arena.h"
#include "server/query/marked_list.h"
#include "tests/unit/schema/random_seed.h"

namespace labgraph::query {
namespace {

using Numbers = std::vector<graph::Neighbor>;

constexpr keys::EntityNumber kUniverse = 2000;

Numbers RandomNumbers(std::mt19937_64& random) {
  // From empty to so many more than others that they are searched.
  constexpr size_t kSizes[] = {0, 1, 2, 5, 30, 200, 1000};
  std::set<graph::Neighbor> numbers;
  for (size_t n = kSizes[random() % std::size(kSizes)]; n > 0; --n) {
    numbers.insert(static_cast<graph::Neighbor>(1 + random() % (kUniverse - 1)));
  }
  return {numbers.begin(), numbers.end()};
}

Numbers Common(const Numbers& a, const Numbers& b) {
  Numbers common;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(),
                        std::back_inserter(common));
  return common;
}

Numbers ToNumbers(SortedList list) { return {list.begin(), list.end()}; }

class SortedListsTest : public ::testing::Test {
 protected:
  SortedListsTest() : seed_(schema::RandomSeed()), random_(seed_) {}

  const uint64_t seed_;
  std::mt19937_64 random_;
};

TEST_F(SortedListsTest, WhatTwoHaveInCommonIsWhatTheLibrarySays) {
  SCOPED_TRACE(absl::StrCat("LABGRAPH_TEST_SEED=", seed_));
  std::vector<graph::Neighbor> storage;
  MarkedList marked(kUniverse);
  for (int round = 0; round < 2000 && !HasFailure(); ++round) {
    const Numbers a = RandomNumbers(random_);
    const Numbers b = RandomNumbers(random_);
    const Numbers common = Common(a, b);
    EXPECT_EQ(CountCommon(a, b), common.size());
    EXPECT_EQ(ToNumbers(KeepCommon(a, b, &storage)), common);
    if (a.empty()) continue;
    marked.Mark(a);
    EXPECT_EQ(marked.CountCommon(b), common.size());
    EXPECT_EQ(ToNumbers(marked.KeepCommon(b, &storage)), common);
    marked.Clear();
    const graph::Neighbor some = a[random_() % a.size()];
    EXPECT_TRUE(Contains(a, some));
    EXPECT_EQ(Contains(b, some), std::count(common.begin(), common.end(), some) == 1);
  }
}

TEST_F(SortedListsTest, AListMayShrinkInItsOwnStorage) {
  SCOPED_TRACE(absl::StrCat("LABGRAPH_TEST_SEED=", seed_));
  std::vector<graph::Neighbor> storage;
  MarkedList marked(kUniverse);
  for (int round = 0; round < 1000 && !HasFailure(); ++round) {
    Numbers expected = RandomNumbers(random_);
    storage.assign(expected.begin(), expected.end());
    SortedList list(storage.data(), storage.size());
    for (int i = 0; i < 3; ++i) {
      const Numbers other = RandomNumbers(random_);
      expected = Common(expected, other);
      marked.Mark(other);
      list = i == 1 && !other.empty() ? marked.KeepCommon(list, &storage)
                                      : KeepCommon(list, other, &storage);
      ASSERT_EQ(ToNumbers(list), expected);
      marked.Clear();
    }
  }
}

TEST_F(SortedListsTest, MarkingAnotherListForgetsTheOneBefore) {
  MarkedList marked(kUniverse);
  const Numbers first = {1, 64, 65, 1999};
  const Numbers second = {64, 700};
  marked.Mark(first);
  marked.Mark(second);
  EXPECT_EQ(marked.CountCommon(first), 1u);
  marked.Clear();
  EXPECT_TRUE(marked.empty());
  marked.Mark(first);
  EXPECT_FALSE(marked.Has(700));
}

TEST(ListArenaTest, KeepsListsUntilItIsFull) {
  ListArena arena(4 * sizeof(graph::Neighbor));
  const Numbers three = {1, 2, 3};
  const Numbers one = {9};
  const auto first = arena.Keep(three);
  ASSERT_TRUE(first.has_value());
  EXPECT_FALSE(arena.Keep(three).has_value());
  const auto second = arena.Keep(one);
  ASSERT_TRUE(second.has_value());
  EXPECT_FALSE(arena.Keep(one).has_value());
  EXPECT_TRUE(arena.Keep({}).has_value());
  EXPECT_EQ(ToNumbers(arena.Get(*first, 3)), three);
  EXPECT_EQ(ToNumbers(arena.Get(*second, 1)), one);
}

}  // namespace
}  // namespace labgraph::query
