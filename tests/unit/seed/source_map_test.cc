#include "seed/reader/source_map.h"

#include <string>

#include "gtest/gtest.h"

namespace labgraph::seed {
namespace {

std::string FindIn(const SourceMap& map, const std::string& path) {
  return ToString("f", map.Find(path));
}

TEST(SourceMapTest, GivesThePositionOfThePathOrItsNearestKnownParent) {
  SourceMap map;
  map.Add("statements", {3, 1});
  map.Add("statements[12]", {40, 5});
  map.Add("statements[12].object", {42, 13});
  map.Add("entities[0].names.nl", {9, 2});

  EXPECT_EQ(FindIn(map, "statements[12].object"), "f:42:13");
  EXPECT_EQ(FindIn(map, "statements[12].valid.start"), "f:40:5");
  EXPECT_EQ(FindIn(map, "statements[12]"), "f:40:5");
  EXPECT_EQ(FindIn(map, "statements[13].object"), "f:3:1");
  EXPECT_EQ(FindIn(map, "entities[0].names.nl"), "f:9:2");
  EXPECT_EQ(FindIn(map, "entities[0]"), "f");
  EXPECT_EQ(FindIn(map, ""), "f");
}

TEST(SourceMapTest, TakesTheKeyOfAMapAsAnIndexToo) {
  SourceMap map;
  map.Add("names.nl", {9, 2});
  map.Add("list[1].names.en", {10, 2});

  EXPECT_EQ(FindIn(map, "names[nl]"), "f:9:2");
  EXPECT_EQ(FindIn(map, "names[\"nl\"]"), "f:9:2");
  EXPECT_EQ(FindIn(map, "list[1].names[\"en\"]"), "f:10:2");
  EXPECT_EQ(FindIn(map, "names[nl"), "f");
}

}  // namespace
}  // namespace labgraph::seed
