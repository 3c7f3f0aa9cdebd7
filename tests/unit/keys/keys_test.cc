#include "server/keys/keys.h"

#include <random>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "server/keys/keyspaces.h"

namespace labgraph::keys {
namespace {

struct Golden {
  std::string key;
  std::string hex;
};

// Stores on disk hold these very bytes: a vector may be added, never changed.
TEST(KeysTest, GoldenVectors) {
  const Golden cases[] = {
      {kMetaFormat, "666f726d6174"},
      {kMetaStoreId, "73746f72655f6964"},
      {kMetaState, "7374617465"},
      {SchemaVersionKey(258), "760000000000000102"},
      {SchemaKindKey("lab"), "6b6c616200"},
      {SchemaPredicateKey("part_of"), "70706172745f6f6600"},
      {SchemaOriginalKey(7), "6f00000007"},
      {EntityKey(66051), "0000000000010203"},
      {EntityIdKey(3, "exit"), "000000036578697400"},
      {EntityIdPrefix(3), "00000003"},
      {StatementKey(9), "0000000000000009"},
      {StatementIdKey("s-a"), "732d6100"},
      {EdgeKey{1, 2, 3, 4}.Encode(),
       "00000000000000010000000200000000000000030000000000000004"},
      {EdgePrefix(1), "0000000000000001"},
      {EdgePrefix(1, 2), "000000000000000100000002"},
      {ValueKey(1, 2, 3), "0000000000000001000000020000000000000003"},
      {ValuePrefix(1), "0000000000000001"},
      {ValuePrefix(1, 2), "000000000000000100000002"},
      {PredicateIndexKey(2, 3), "000000020000000000000003"},
      {PredicateIndexPrefix(2), "00000002"},
      {SourceStatementKey(5, 6), "0000000000000005730000000000000006"},
      {SourceStatementPrefix(5), "000000000000000573"},
      {SourceEntityKey(5, 6), "0000000000000005650000000000000006"},
      {SourceEntityPrefix(5), "000000000000000565"},
      {SourcePrefix(5), "0000000000000005"},
      {FacetKey(1), "00000001"},
      {TextKey("exit", 2), "65786974000000000000000002"},
      {PastKey(kEntity, EntityKey(1), 4), "0200000000000000010000000000000004"},
      {PastPrefix(kOut, EdgePrefix(1)), "060000000000000001"},
      {ChangeKey(1), "0000000000000001"},
      {RequestIdKey("r1"), "69723100"},
      {RequestTimeKey(1700000000, "r1"), "74000000006553f100723100"},
      {ImportCheckpointKey("f"), "636600"},
      {ErasedEntityKey("lab/a"), "656c61622f6100"},
      {ErasedStatementKey("s1"), "73733100"},
  };
  for (const Golden& test : cases) EXPECT_EQ(absl::BytesToHexString(test.key), test.hex);
}

TEST(KeyspacesTest, NumbersAndNamesAreFixed) {
  const std::vector<std::string> names(Names().begin(), Names().end());
  EXPECT_EQ(names,
            (std::vector<std::string>{
                "meta", "schema", "entity", "entity_id", "statement", "statement_id",
                "out", "in", "value", "predicate_index", "source_index", "facet", "text",
                "past", "change", "request", "redirect", "erased"}));
  EXPECT_EQ(names[kMeta], "meta");
  EXPECT_EQ(names[kStatementId], "statement_id");
  EXPECT_EQ(names[kOut], "out");
  EXPECT_EQ(names[kIn], "in");
  EXPECT_EQ(names[kSourceIndex], "source_index");
  EXPECT_EQ(names[kRequest], "request");
}

TEST(KeysTest, EdgeKeysComeBack) {
  const EdgeKey key{1, 2, 3, 4};
  EdgeKey decoded;
  ASSERT_TRUE(EdgeKey::Decode(key.Encode(), &decoded));
  EXPECT_EQ(decoded, key);
  const std::string bytes = key.Encode();
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(EdgeKey::Decode(bytes.substr(0, size), &decoded)) << size;
  }
  EXPECT_FALSE(EdgeKey::Decode(bytes + "x", &decoded));
}

TEST(KeysTest, OrderOfKeysIsOrderOfTheirParts) {
  std::mt19937_64 random(3);
  const auto number = [&] { return random() % 3 == 0 ? random() : random() % 300; };
  for (int i = 0; i < 5000; ++i) {
    const EdgeKey a{number() % 3, static_cast<uint32_t>(number() % 3), number(),
                    number()};
    const EdgeKey b{number() % 3, static_cast<uint32_t>(number() % 3), number(),
                    number()};
    EXPECT_EQ(a.Encode() < b.Encode(), a < b);
    const auto tuple_a = std::tuple(a.predicate, a.statement);
    const auto tuple_b = std::tuple(b.predicate, b.statement);
    EXPECT_EQ(PredicateIndexKey(a.predicate, a.statement) <
                  PredicateIndexKey(b.predicate, b.statement),
              tuple_a < tuple_b);
    EXPECT_EQ(PastKey(kOut, a.Encode(), 7) < PastKey(kOut, b.Encode(), 5), a < b)
        << "rows of one key stay together, in order of removal";
  }
  EXPECT_LT(PastKey(kOut, EdgeKey{}.Encode(), 5), PastKey(kOut, EdgeKey{}.Encode(), 256));
}

// A read of the past seeks to a row's key and relies on this.
TEST(KeysTest, NoKeyIsTheBeginningOfAnotherOfItsKeyspace) {
  const std::vector<std::vector<std::string>> keyspaces = {
      {EntityIdKey(1, "a"), EntityIdKey(1, "ab"), EntityIdKey(1, "a-b")},
      {StatementIdKey("x"), StatementIdKey("xy"), StatementIdKey("x.y")},
      {TextKey("a", 1), TextKey("ab", 1), TextKey("a", 256)},
      {SourceStatementKey(1, 2), SourceEntityKey(1, 2), SourceStatementKey(1, 512)},
      {RequestIdKey("a"), RequestIdKey("ab"), RequestTimeKey(1, "a"),
       RequestTimeKey(1, "ab"), ImportCheckpointKey("a"), ImportCheckpointKey("ab")},
  };
  for (const auto& keys : keyspaces) {
    for (const std::string& a : keys) {
      for (const std::string& b : keys) {
        if (&a == &b) continue;
        EXPECT_FALSE(absl::StartsWith(b, a)) << absl::BytesToHexString(a);
      }
    }
  }
}

TEST(KeysTest, TheNumberAtTheEndComesBack) {
  EXPECT_EQ(LastBe64(StatementKey(77)), 77u);
  EXPECT_EQ(LastBe64(SourceEntityKey(5, 99)), 99u);
  EXPECT_EQ(LastBe64(PastKey(kEntity, EntityKey(1), 1 << 20)), 1u << 20);
  EXPECT_EQ(LastBe64(TextKey("exit", 258)), 258u);
}

}  // namespace
}  // namespace labgraph::keys
