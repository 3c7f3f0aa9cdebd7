#include "server/keys/change_row.h"

#include <string>

#include "absl/strings/escaping.h"
#include "gtest/gtest.h"

namespace labgraph::keys {
namespace {

constexpr char kDigest[] = "0123456789abcdef";

ChangeRow EveryItem() {
  ChangeRow row{300, "why", kDigest, {}};
  row.items = {{ChangeKind::kEntities, 7, 2, ""},
               {ChangeKind::kStatements, 300, 1, ""},
               {ChangeKind::kEntity, 0, 0, "E"},
               {ChangeKind::kStatement, 0, 0, "S"},
               {ChangeKind::kEntityDeleted, 0, 0, "lab/a"},
               {ChangeKind::kStatementRetracted, 0, 0, "s"},
               {ChangeKind::kSchema, 0, 0, ""},
               {ChangeKind::kActor, 0, 0, "ann"},
               {ChangeKind::kRedirect, 0, 0, "R"},
               {ChangeKind::kErased, 300, 0, "X"}};
  return row;
}

// Stores on disk hold these very bytes: a vector may be added, never changed.
TEST(ChangeRowTest, GoldenVectors) {
  EXPECT_EQ(absl::BytesToHexString(EveryItem().Encode()),
            "ac02"                              // time
            "03776879"                          // message
            "30313233343536373839616263646566"  // digest
            "010702"
            "02ac0201"
            "030145"
            "040153"
            "05056c61622f61"
            "060173"
            "07"
            "0803616e6e"
            "090152"
            "0aac020158");
}

TEST(ChangeRowTest, RowsComeBack) {
  const std::string bytes = EveryItem().Encode();
  ChangeRow row;
  ASSERT_TRUE(ChangeRow::Decode(bytes, &row));
  EXPECT_EQ(row.time_ns, 300);
  EXPECT_EQ(row.message, "why");
  EXPECT_EQ(row.digest, kDigest);
  EXPECT_EQ(row.items, EveryItem().items);
}

TEST(ChangeRowTest, OtherBytesAreRefused) {
  const std::string bytes = EveryItem().Encode();
  ChangeRow row;
  EXPECT_FALSE(ChangeRow::Decode("", &row));
  EXPECT_FALSE(ChangeRow::Decode(bytes + '\x0b', &row)) << "an unknown item";
  EXPECT_FALSE(ChangeRow::Decode(bytes + '\x01', &row)) << "half an item";
  EXPECT_FALSE(ChangeRow::Decode(bytes.substr(0, 10), &row)) << "half a digest";
}

}  // namespace
}  // namespace labgraph::keys
