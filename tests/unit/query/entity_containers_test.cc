#include <random>
#include <set>

#include "gtest/gtest.h"
#include "server/query/entity_set.h"
#include "server/query/level_map.h"

namespace labgraph::query {
namespace {

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

TEST_P(EntityContainersTest, LevelsAreKeptWhileTheMapGrowsDense) {
  LevelMap levels(GetParam());
  std::mt19937_64 random(1);
  std::set<keys::EntityNumber> model;
  for (int i = 0; i < 20000; ++i) {
    const keys::EntityNumber entity = random() % GetParam();
    if (model.insert(entity).second) {
      ASSERT_EQ(levels.Get(entity), LevelMap::kNone);
    }
    levels.Set(entity, static_cast<uint8_t>(entity % 64));
  }
  for (const keys::EntityNumber entity : model)
    ASSERT_EQ(levels.Get(entity), entity % 64);
}

INSTANTIATE_TEST_SUITE_P(Universes, EntityContainersTest,
                         ::testing::Values(1, 64, 1000, 1 << 16, (1 << 16) + 1, 500000,
                                           keys::EntityNumber{1} << 40));

}  // namespace
}  // namespace labgraph::query
