#include "server/kv/versioned_table.h"

#include <string>

#include "gtest/gtest.h"

namespace labgraph::kv {
namespace {

class VersionedTableTest : public ::testing::Test {
 protected:
  std::string ValueAt(absl::string_view key, uint64_t sequence) const {
    const auto row = table_.rows().find(key);
    if (row == table_.rows().end()) return "no row";
    const std::string* value = VersionedTable::ValueAt(row->second, sequence);
    return value == nullptr ? "absent" : *value;
  }

  size_t VersionCount() const {
    size_t count = 0;
    for (const auto& row : table_.rows()) count += row.second.size();
    return count;
  }

  VersionedTable table_;
};

TEST_F(VersionedTableTest, EverySequenceKeepsItsValue) {
  table_.Set("a", "two", 2);
  table_.Set("a", absl::nullopt, 4);
  table_.Set("a", "six", 6);
  EXPECT_EQ(ValueAt("a", 1), "absent");
  EXPECT_EQ(ValueAt("a", 2), "two");
  EXPECT_EQ(ValueAt("a", 3), "two");
  EXPECT_EQ(ValueAt("a", 4), "absent");
  EXPECT_EQ(ValueAt("a", 9), "six");
}

TEST_F(VersionedTableTest, DropBeforeKeepsWhatIsStillVisible) {
  for (uint64_t sequence = 1; sequence <= 5; ++sequence) {
    table_.Set("a", std::string(sequence, 'x'), sequence);
  }
  table_.DropBefore(3);
  EXPECT_EQ(ValueAt("a", 3), "xxx");
  EXPECT_EQ(ValueAt("a", 4), "xxxx");
  EXPECT_EQ(VersionCount(), 3);
  table_.DropBefore(9);
  EXPECT_EQ(ValueAt("a", 9), "xxxxx");
  EXPECT_EQ(VersionCount(), 1);
}

TEST_F(VersionedTableTest, DeletedRowsGoOnceNobodySeesThem) {
  table_.Set("a", "one", 1);
  table_.Set("a", absl::nullopt, 2);
  table_.DropBefore(1);
  EXPECT_EQ(ValueAt("a", 1), "one");
  table_.DropBefore(2);
  EXPECT_EQ(ValueAt("a", 2), "no row");
}

TEST_F(VersionedTableTest, DeletedAndPutAgainInOneDrop) {
  table_.Set("a", "one", 1);
  table_.Set("a", absl::nullopt, 2);
  table_.Set("a", "three", 3);
  table_.Set("a", absl::nullopt, 4);
  table_.Set("a", "five", 5);
  table_.DropBefore(4);
  EXPECT_EQ(ValueAt("a", 4), "absent");
  EXPECT_EQ(ValueAt("a", 5), "five");
  table_.DropBefore(5);
  EXPECT_EQ(ValueAt("a", 5), "five");
  EXPECT_EQ(VersionCount(), 1);
}

TEST_F(VersionedTableTest, OneSequenceLeavesOneVersion) {
  table_.Set("a", "first", 1);
  table_.Set("a", "second", 1);
  EXPECT_EQ(ValueAt("a", 1), "second");
  EXPECT_EQ(VersionCount(), 1);
  table_.Set("gone", "x", 1);
  table_.Set("gone", absl::nullopt, 1);
  table_.Set("never", absl::nullopt, 1);
  EXPECT_EQ(ValueAt("gone", 1), "no row");
  EXPECT_EQ(ValueAt("never", 1), "no row");
}

TEST_F(VersionedTableTest, DeletingTwiceAddsNothing) {
  table_.Set("a", "one", 1);
  table_.Set("a", absl::nullopt, 2);
  table_.Set("a", absl::nullopt, 3);
  EXPECT_EQ(VersionCount(), 2);
  table_.DropBefore(3);
  EXPECT_EQ(VersionCount(), 0);
}

}  // namespace
}  // namespace labgraph::kv
