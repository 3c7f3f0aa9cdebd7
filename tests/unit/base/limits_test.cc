#include "server/base/limits.h"

#include <cctype>
#include <set>
#include <string>

#include "gtest/gtest.h"

namespace labgraph::limits {
namespace {

TEST(LimitsTest, EachHasANameAValueAndADescription) {
  std::set<std::string> names;
  for (const Limit& limit : All()) {
    EXPECT_TRUE(names.insert(limit.name).second) << limit.name << " is listed twice";
    EXPECT_GT(limit.value, 0u) << limit.name;
    EXPECT_NE(std::string(limit.description), "") << limit.name;
    for (const char c : std::string(limit.name)) {
      EXPECT_TRUE(std::islower(static_cast<unsigned char>(c)) || c == '_') << limit.name;
    }
  }
  EXPECT_EQ(names.size(), 55u) << "a new limit belongs into All() and into this count";
}

TEST(LimitsTest, DefaultsLieWithinTheirLimits) {
  EXPECT_LE(kDefaultPageSize, kPageSize.value);
  EXPECT_LE(kDefaultSearchResults, kSearchResults.value);
  EXPECT_LE(kDefaultHits, kHits.value);
  EXPECT_LE(kDefaultVisited, kVisited.value);
  EXPECT_LE(kDefaultPaths, kPaths.value);
  EXPECT_LE(kDefaultPathHops, kHops.value);
  EXPECT_LE(kDefaultRows, kRows.value);
  EXPECT_LE(kDefaultGroups, kGroups.value);
}

TEST(LimitsTest, WhatIsPartOfARecordFitsIntoIt) {
  EXPECT_LT(kTextBytes.value, kRecordBytes.value);
  EXPECT_LT(kJsonBytes.value, kRecordBytes.value);
  EXPECT_LT(kRecordBytes.value, kRequestBytes.value);
}

}  // namespace
}  // namespace labgraph::limits
