#include "server/search/name_index.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/search/word_cursor.h"

namespace labgraph::search {
namespace {

using ::testing::UnorderedElementsAre;

constexpr keys::EntityNumber kNumber = 258;

// The terms an entity is indexed by, whole names written as "=name".
std::vector<std::string> Terms(const v1::Entity& entity) {
  std::vector<std::string> terms;
  for (const std::string& key : NameIndex().Keys(kNumber, entity)) {
    std::string term(WordOfKey(key));
    EXPECT_EQ(key, keys::TextKey(term, kNumber));
    if (term[0] == kWholeNameMark) term[0] = '=';
    terms.push_back(term);
  }
  return terms;
}

TEST(NameIndexTest, IndexesWordsWholeNamesAndWordsWrittenAsOne) {
  v1::Entity entity;
  entity.set_id("lab/cc-1");
  (*entity.mutable_names())["nl"] = "Cash Cows";
  EXPECT_THAT(Terms(entity), UnorderedElementsAre("=cash cows", "cash", "cows",
                                                  "cashcows", "=cc 1", "cc", "1", "cc1"));
}

TEST(NameIndexTest, IndexesEveryLanguageAndAliasOnce) {
  v1::Entity entity;
  entity.set_id("crime/tbml");
  (*entity.mutable_names())["nl"] = "Witwassen";
  (*entity.mutable_names())["en"] = "laundering";
  entity.add_aliases()->set_text("TBML");
  EXPECT_THAT(Terms(entity),
              UnorderedElementsAre("=witwassen", "witwassen", "=laundering", "laundering",
                                   "=tbml", "tbml"));
}

TEST(NameIndexTest, WritesOnlyShortNamesAsOne) {
  v1::Entity entity;
  entity.set_id("lab/x");
  entity.add_aliases()->set_text("een twee drie");
  entity.add_aliases()->set_text("vier vijf zes zeven");
  EXPECT_THAT(Terms(entity),
              UnorderedElementsAre("=x", "x", "=een twee drie", "een", "twee", "drie",
                                   "eentweedrie", "=vier vijf zes zeven", "vier", "vijf",
                                   "zes", "zeven"));
}

TEST(NameIndexTest, ANameWithoutLettersHasNoTerms) {
  v1::Entity entity;
  entity.set_id("lab/x");
  (*entity.mutable_names())["nl"] = "(...)";
  EXPECT_THAT(Terms(entity), UnorderedElementsAre("=x", "x"));
}

TEST(NameIndexTest, HasTheKeysOfKeysH) {
  v1::Entity entity;
  entity.set_id("lab/x");
  EXPECT_THAT(NameIndex().Keys(kNumber, entity),
              UnorderedElementsAre(std::string("x\0\0\0\0\0\0\0\1\2", 10),
                                   std::string("\1x\0\0\0\0\0\0\0\1\2", 11)));
}

}  // namespace
}  // namespace labgraph::search
