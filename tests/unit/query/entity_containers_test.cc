#include <algorithm>
#include <random>
#include <set>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/query/entity_set.h"
#include "server/query/level_map.h"
#include "server/query/met_bits.h"

namespace labgraph::query {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;

void CheckLevels(keys::EntityNumber universe) {
  LevelMap levels(universe);
  std::mt19937_64 random(1);
  std::set<keys::EntityNumber> model;
  for (int i = 0; i < 20000; ++i) {
    const keys::EntityNumber entity = random() % universe;
    if (model.insert(entity).second) {
      ASSERT_EQ(levels.Get(entity), LevelMap::kNone);
    }
    levels.Set(entity, static_cast<uint8_t>(entity % 64));
  }
  for (const keys::EntityNumber entity : model)
    ASSERT_EQ(levels.Get(entity), entity % 64);
}

// Universes below and above where they begin sparse.
class EntityContainersTest : public ::testing::TestWithParam<keys::EntityNumber> {};

TEST_P(EntityContainersTest, SetAgreesWithAStandardOneWhileItGrowsDense) {
  EntitySet set(GetParam());
  std::set<keys::EntityNumber> model;
  std::mt19937_64 random(1);
  for (int i = 0; i < 20000; ++i) {
    const keys::EntityNumber entity = random() % GetParam();
    ASSERT_EQ(set.Contains(entity), model.contains(entity));
    ASSERT_EQ(set.Insert(entity), model.insert(entity).second);
    ASSERT_TRUE(set.Contains(entity));
  }
  for (const keys::EntityNumber entity : model) ASSERT_TRUE(set.Contains(entity));
}

TEST_P(EntityContainersTest, LevelsAreKeptAndAnotherMapBeginsEmpty) {
  // One array serves them all.
  for (int round = 0; round < 3; ++round) CheckLevels(GetParam());
}

INSTANTIATE_TEST_SUITE_P(Universes, EntityContainersTest,
                         ::testing::Values(1, 64, 1000, 1 << 16, (1 << 16) + 1, 500000));

TEST(EntitySetTest, IsSparseInTheLargestUniverse) {
  EntitySet set(keys::EntityNumber{1} << 40);
  EXPECT_TRUE(set.Insert(keys::EntityNumber{1} << 39));
  EXPECT_FALSE(set.Insert(keys::EntityNumber{1} << 39));
}

TEST(MetBitsTest, KeepsWhatIsNewInOrderOfMeeting) {
  for (int round = 0; round < 3; ++round) {
    MetBits met(1000);
    const graph::Neighbor first[] = {7, 3, 7, 999};
    met.AddAll(first, 4);
    const graph::Neighbor second[] = {3, 5, 1, 5};
    met.AddAll(second, 4);
    EXPECT_THAT(met.From(0), ElementsAre(7, 3, 999, 5, 1));
    EXPECT_TRUE(met.Contains(999));
    EXPECT_FALSE(met.Contains(998));
    met.SortFrom(3);
    EXPECT_THAT(met.From(0), ElementsAre(7, 3, 999, 1, 5));
  }
}

TEST(MetBitsTest, SortsManyAndFewAlike) {
  std::mt19937_64 random(1);
  for (const size_t universe : {100, 100000}) {
    MetBits met(universe);
    for (int i = 0; i < 1000; ++i) met.Add(random() % universe);
    std::vector<graph::Neighbor> sorted(met.From(0).begin(), met.From(0).end());
    std::sort(sorted.begin(), sorted.end());
    met.SortFrom(0);
    EXPECT_THAT(met.From(0), ElementsAreArray(sorted));
  }
}

}  // namespace
}  // namespace labgraph::query
