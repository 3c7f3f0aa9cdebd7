#include "server/keys/rows.h"

#include <functional>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "gtest/gtest.h"
#include "server/keys/segment.h"

namespace labgraph::keys {
namespace {

const State kState{5, 1700000000000000000, 11, 21, 8, 9, 4, 6};

// Stores on disk hold these very bytes: a vector may be added, never changed.
TEST(RowsTest, GoldenVectors) {
  const struct {
    std::string row;
    const char* hex;
  } cases[] = {
      {EntityRow{300, 2, 3, "rec"}.Encode(), "ac020203726563"},
      {StatementRow{300, 2, 3, 4, 5, 6, "rec"}.Encode(), "ac020203040506726563"},
      {StatementRow{1, 1, 3, 4, 0, 6, ""}.Encode(), "010103040006"},
      {IndexRow{300, 128}.Encode(), "ac028001"},
      {IndexRow{300}.Encode(), "ac02"},
      {kState.Encode(), "058080a8b1e39fe7cb170b1508090406"},
  };
  for (const auto& test : cases) EXPECT_EQ(absl::BytesToHexString(test.row), test.hex);
}

TEST(RowsTest, EntityRowsComeBack) {
  const std::string bytes = EntityRow{300, 2, 3, "record"}.Encode();
  EntityRow row;
  ASSERT_TRUE(EntityRow::Decode(bytes, &row));
  EXPECT_EQ(row.revision, 300u);
  EXPECT_EQ(row.first, 2u);
  EXPECT_EQ(row.kind, 3u);
  EXPECT_EQ(row.record, "record");
  EXPECT_EQ(RowRevision(bytes), 300u);
}

TEST(RowsTest, StatementRowsComeBack) {
  const std::string bytes = StatementRow{300, 2, 3, 4, 5, 6, "record"}.Encode();
  StatementRow row;
  ASSERT_TRUE(StatementRow::Decode(bytes, &row));
  EXPECT_EQ(row.revision, 300u);
  EXPECT_EQ(row.first, 2u);
  EXPECT_EQ(row.subject, 3u);
  EXPECT_EQ(row.predicate, 4u);
  EXPECT_EQ(row.object, 5u);
  EXPECT_EQ(row.facet, 6u);
  EXPECT_EQ(row.record, "record");
}

TEST(RowsTest, IndexRowsAndStatesComeBack) {
  IndexRow row;
  ASSERT_TRUE(IndexRow::Decode(IndexRow{300, 7}.Encode(), &row));
  EXPECT_EQ(row.revision, 300u);
  EXPECT_EQ(row.number, 7u);
  ASSERT_TRUE(IndexRow::Decode(IndexRow{300}.Encode(), &row));
  EXPECT_EQ(row.number, 0u) << "none is read as zero";
  State state;
  ASSERT_TRUE(State::Decode(kState.Encode(), &state));
  EXPECT_EQ(state, kState);
}

TEST(RowsTest, TheRevisionOfNothingIsZero) { EXPECT_EQ(RowRevision(""), 0u); }

std::vector<std::function<bool(absl::string_view)>> Decoders() {
  return {
      [](absl::string_view bytes) {
        EntityRow row;
        return EntityRow::Decode(bytes, &row);
      },
      [](absl::string_view bytes) {
        StatementRow row;
        return StatementRow::Decode(bytes, &row);
      },
      [](absl::string_view bytes) {
        IndexRow row;
        return IndexRow::Decode(bytes, &row);
      },
      [](absl::string_view bytes) {
        State state;
        return State::Decode(bytes, &state);
      },
      [](absl::string_view bytes) {
        std::vector<Edge> edges;
        return DecodeSegment(bytes, &edges);
      },
      [](absl::string_view bytes) {
        EdgeKey key;
        return EdgeKey::Decode(bytes, &key);
      },
  };
}

TEST(RowsTest, CutRowsAreRefused) {
  const auto decoders = Decoders();
  const std::string rows[] = {
      EntityRow{300, 200, 300, ""}.Encode(),
      StatementRow{300, 200, 3, 4, 5, 600, ""}.Encode(),
      "",  // an index row is whole after its revision, so cuts of one may stay rows
      kState.Encode(), EncodeSegment({{1, 2, 3, 4}, {5, 6, 7, 8}})};
  for (size_t i = 0; i < std::size(rows); ++i) {
    for (size_t size = 0; size < rows[i].size(); ++size) {
      EXPECT_FALSE(decoders[i](absl::string_view(rows[i]).substr(0, size)))
          << i << " " << size;
    }
  }
  EXPECT_FALSE(decoders[2](""));
  EXPECT_FALSE(decoders[2](IndexRow{1, 2}.Encode() + "x"));
  EXPECT_FALSE(decoders[3](kState.Encode() + "x"));
}

TEST(RowsTest, RandomBytesNeverHurt) {
  std::mt19937_64 random(4);
  const auto decoders = Decoders();
  for (int i = 0; i < 20000; ++i) {
    std::string bytes(random() % 40, '\0');
    // Small bytes make varints that end, so that decoding gets further.
    for (char& byte : bytes) byte = static_cast<char>(random() % (i % 2 == 0 ? 8 : 256));
    for (const auto& decode : decoders) decode(bytes);
  }
}

}  // namespace
}  // namespace labgraph::keys
