#include "server/keys/segment.h"

#include <algorithm>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/keys/codec.h"

namespace labgraph::keys {
namespace {

using ::testing::ElementsAre;

constexpr uint64_t kMax = std::numeric_limits<uint64_t>::max();

// Stores on disk hold these very bytes: a vector may be added, never changed.
TEST(SegmentTest, GoldenVectors) {
  const struct {
    std::vector<Edge> edges;
    const char* hex;
  } cases[] = {
      {{}, "00"},
      {{{10, 20, 1, 3}}, "010a280206"},
      {{{10, 20, 1, 3}, {10, 21, 1, 3}, {300, 5, 2, 1}}, "030a28020600020000a2021f0203"},
  };
  for (const auto& test : cases) {
    EXPECT_EQ(absl::BytesToHexString(EncodeSegment(test.edges)), test.hex);
  }
}

TEST(SegmentTest, RandomSegmentsComeBack) {
  std::mt19937_64 random(5);
  for (int i = 0; i < 300; ++i) {
    std::vector<Edge> edges(random() % (2 * kSegmentEdges));
    for (Edge& edge : edges) {
      const int shift = static_cast<int>(random() % 60);
      edge = {random() >> shift, random() >> shift, static_cast<FacetNumber>(random()),
              random() >> shift};
    }
    std::sort(edges.begin(), edges.end(), EdgeOrder);
    const std::string bytes = EncodeSegment(edges);
    std::vector<Edge> decoded;
    ASSERT_TRUE(DecodeSegment(bytes, &decoded));
    EXPECT_EQ(decoded, edges);
    uint64_t count = 0;
    ASSERT_TRUE(SegmentCount(bytes, &count));
    EXPECT_EQ(count, edges.size());
  }
}

TEST(SegmentTest, AFacetOutOfRangeIsNoSegment) {
  // count, neighbour, statement, facet, revision
  const int64_t kFarthest = std::numeric_limits<int64_t>::max();
  for (const int64_t facet : {int64_t{-1}, int64_t{1} << 32, kFarthest, -kFarthest}) {
    std::string bytes;
    AppendVarint(2, &bytes);
    for (const int64_t step : {int64_t{0}, facet}) {
      AppendVarint(1, &bytes);
      AppendSignedVarint(1, &bytes);
      AppendSignedVarint(step, &bytes);
      AppendSignedVarint(1, &bytes);
    }
    std::vector<Edge> decoded(1);
    EXPECT_FALSE(DecodeSegment(bytes, &decoded)) << facet;
    EXPECT_EQ(decoded.size(), 1);
  }
}

TEST(SegmentTest, ExtremeNumbersComeBack) {
  const std::vector<Edge> edges = {{0, kMax, 0xFFFFFFFF, 0}, {kMax, 0, 0, kMax}};
  std::vector<Edge> decoded;
  ASSERT_TRUE(DecodeSegment(EncodeSegment(edges), &decoded));
  EXPECT_EQ(decoded, edges);
}

TEST(SegmentTest, DecodingAppends) {
  std::vector<Edge> edges = {{1, 1, 1, 1}};
  ASSERT_TRUE(DecodeSegment(EncodeSegment({{2, 2, 2, 2}}), &edges));
  EXPECT_THAT(edges, ElementsAre(Edge{1, 1, 1, 1}, Edge{2, 2, 2, 2}));
}

TEST(SegmentTest, DamagedBytesLeaveTheOutputAsItWas) {
  std::vector<Edge> edges = {{1, 1, 1, 1}};
  const std::string whole = EncodeSegment({{2, 2, 2, 2}, {3, 3, 3, 3}});
  for (const std::string& bytes :
       {whole.substr(0, 6), whole + "x", std::string("\x7F")}) {
    EXPECT_FALSE(DecodeSegment(bytes, &edges)) << absl::BytesToHexString(bytes);
    EXPECT_THAT(edges, ElementsAre(Edge{1, 1, 1, 1}));
  }
}

TEST(SegmentTest, AHugeCountIsRefusedBeforeMemoryIsTaken) {
  std::vector<Edge> edges;
  EXPECT_FALSE(DecodeSegment("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F", &edges));
}

TEST(SegmentTest, BulkLoadedNeighboursTakeFewBytes) {
  std::vector<Edge> edges;
  for (uint64_t i = 0; i < kSegmentEdges; ++i)
    edges.push_back({1000 + i, 5000 + i, 3, 2});
  EXPECT_LE(EncodeSegment(edges).size(), 4 * edges.size() + 8);
}

TEST(SegmentTest, OrderIsByNeighbourThenStatement) {
  EXPECT_TRUE(EdgeOrder({1, 9}, {2, 1}));
  EXPECT_TRUE(EdgeOrder({1, 1}, {1, 2}));
  EXPECT_FALSE(EdgeOrder({1, 1, 5, 5}, {1, 1, 6, 6}));
}

}  // namespace
}  // namespace labgraph::keys
