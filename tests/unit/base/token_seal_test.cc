#include "server/base/token_seal.h"

#include <string>

#include "gtest/gtest.h"

namespace labgraph {
namespace {

const std::string& Content() {
  static const std::string content("\0\x01 any\xff", 7);
  return content;
}

TEST(TokenSealTest, GivesBackWhatItWasGiven) {
  EXPECT_EQ(UnsealToken(SealToken(Content(), "me"), "me"), Content());
  EXPECT_EQ(UnsealToken(SealToken("x", ""), ""), "x");
}

TEST(TokenSealTest, IsOfOneOwner) {
  EXPECT_EQ(UnsealToken(SealToken(Content(), "me"), "you"), absl::nullopt);
}

TEST(TokenSealTest, EveryDamagedCharacterIsNoticed) {
  const std::string token = SealToken(Content(), "me");
  for (size_t i = 0; i < token.size(); ++i) {
    std::string damaged = token;
    damaged[i] = damaged[i] == 'A' ? 'Z' : 'A';
    EXPECT_EQ(UnsealToken(damaged, "me"), absl::nullopt) << i;
    EXPECT_EQ(UnsealToken(token.substr(0, i), "me"), absl::nullopt) << i;
  }
}

TEST(TokenSealTest, WhatIsNoTokenIsNone) {
  for (const char* text : {"", "A", "AAAAAAAAAAA", "%%%%%%%%%%%%%%%%"}) {
    EXPECT_EQ(UnsealToken(text, "me"), absl::nullopt) << text;
  }
}

}  // namespace
}  // namespace labgraph
