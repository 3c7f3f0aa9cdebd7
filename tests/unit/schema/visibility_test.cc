#include "server/schema/visibility.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/base/limits.h"
#include "tests/testing/status_matchers.h"

namespace labgraph::schema {
namespace {

using ::labgraph::testing::FailsAt;
using ::testing::HasSubstr;

std::string Canonical(absl::string_view text) {
  const absl::StatusOr<Visibility> visibility = Visibility::Parse(text);
  return visibility.ok() ? visibility->canonical() : visibility.status().ToString();
}

bool Visible(absl::string_view text, absl::flat_hash_set<std::string> names) {
  return Visibility::Parse(text)->VisibleTo(Authorizations(std::move(names)));
}

TEST(AuthorizationsTest, EveryoneHoldsPublic) {
  EXPECT_TRUE(Authorizations({}).Holds("public"));
  EXPECT_FALSE(Authorizations({}).Holds("politie"));
  EXPECT_TRUE(Authorizations({"politie"}).Holds("politie"));
  EXPECT_TRUE(Authorizations::All().Holds("politie"));
  EXPECT_TRUE(Authorizations::All().Holds("public"));
}

TEST(VisibilityTest, AndNeedsAllOrNeedsOne) {
  const char* text = "politie & (fiod | douane)";
  EXPECT_TRUE(Visible(text, {"politie", "fiod"}));
  EXPECT_TRUE(Visible(text, {"politie", "douane"}));
  EXPECT_FALSE(Visible(text, {"politie"}));
  EXPECT_FALSE(Visible(text, {"fiod", "douane"}));
  EXPECT_FALSE(Visible(text, {}));
}

TEST(VisibilityTest, AndBindsCloserThanOr) {
  EXPECT_TRUE(Visible("a | b & c", {"a"}));
  EXPECT_FALSE(Visible("(a | b) & c", {"a"}));
}

TEST(VisibilityTest, BlankIsPublic) {
  for (const char* text : {"", "  ", "\n", "public"}) {
    EXPECT_EQ(Canonical(text), "public");
    EXPECT_TRUE(Visible(text, {}));
  }
}

TEST(VisibilityTest, CopiesShareTheirMeaning) {
  ASSERT_OK_AND_ASSIGN(Visibility original, Visibility::Parse("a & b"));
  const Visibility copy = original;
  original = *Visibility::Parse("c");
  EXPECT_EQ(copy.canonical(), "a & b");
  EXPECT_TRUE(copy.VisibleTo(Authorizations({"a", "b"})));
}

TEST(VisibilityTest, CanonicalFormDependsOnMeaningNotOnWriting) {
  const struct {
    const char* text;
    const char* canonical;
  } cases[] = {
      {"politie", "politie"},
      {"b&a", "a & b"},
      {"( a ) & b", "a & b"},
      {"((((a))))", "a"},
      {"c|a|b", "a | b | c"},
      {"a & a & a", "a"},
      {"a | (b | (c | a))", "a | b | c"},
      {"(a & b) & (b & c)", "a & b & c"},
      {"a & b | c", "c | a & b"},
      {"(a & b) | (c & d)", "a & b | c & d"},
      {"(fiod|douane)&politie", "politie & (douane | fiod)"},
      {"(b | a) & (a | b)", "a | b"},
      {"((a & b) | (b & a)) & c", "a & b & c"},
      {"public | a", "public"},
      {"a & (b | public)", "a"},
      {"public & a", "a"},
      {"public & public", "public"},
      {"(public & a) | b", "a | b"},
      {"a & b | a", "a | a & b"},  // nothing is absorbed
      {"x:1 & x-1 & x.1 & x_1", "x-1 & x.1 & x:1 & x_1"},
      {"publicity | a", "a | publicity"},
  };
  for (const auto& c : cases) EXPECT_EQ(Canonical(c.text), c.canonical) << c.text;
}

TEST(VisibilityTest, MalformedExpressionsAreRefusedAtTheirPosition) {
  const struct {
    const char* text;
    size_t position;
    const char* hint;
  } cases[] = {
      {"politie & & fiod", 10, "a name is missing before"},
      {"a &", 3, "a name is missing after"},
      {"a |  ", 5, "a name is missing after"},
      {"| a", 0, "a name is missing before"},
      {"&", 0, "a name is missing before"},
      {"a && b", 3, "a name is missing before"},
      {"()", 1, "a name is missing before"},
      {"(a", 2, "closing bracket"},
      {"(a b)", 3, "closing bracket"},
      {"a)", 1, "never opened"},
      {"a b", 2, "\"&\" or \"|\""},
      {"a and b", 2, "\"&\" or \"|\""},
      {"a, b", 1, "\"&\" or \"|\""},
      {"!a", 0, "no NOT"},
      {"Politie", 0, "a letter a-z"},
      {"pOlitie", 1, "\"&\" or \"|\""},
      {"1a", 0, "a letter a-z"},
      {"_a", 0, "a letter a-z"},
      {"\"a\"", 0, "a letter a-z"},
  };
  for (const auto& c : cases) {
    const absl::Status status = Visibility::Parse(c.text).status();
    ASSERT_THAT(status, FailsAt(v1::ERROR_REASON_VISIBILITY_MALFORMED, "")) << c.text;
    EXPECT_EQ(MetaOf(status, "position"), absl::StrCat(c.position)) << c.text;
    EXPECT_EQ(MetaOf(status, "value"), c.text);
    EXPECT_THAT(std::string(status.message()), HasSubstr(c.hint));
  }
}

TEST(VisibilityTest, LimitsTheLengthOfANameTo64) {
  EXPECT_OK(Visibility::Parse(std::string(64, 'a')));
  const absl::Status status = Visibility::Parse("b & " + std::string(65, 'a')).status();
  EXPECT_THAT(status, FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, ""));
  EXPECT_EQ(MetaOf(status, "limit"), "authorization_bytes");
}

TEST(VisibilityTest, LimitsTheBytes) {
  const std::string padding(limits::kVisibilityBytes.value - 1, ' ');
  EXPECT_OK(Visibility::Parse(padding + "a"));
  EXPECT_THAT(Visibility::Parse(padding + "aa"),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, ""));
}

// What is stored must be acceptable when it is written again.
TEST(VisibilityTest, LimitsTheBytesOfTheCanonicalForm) {
  std::string dense;
  for (int i = 0; i < 85; ++i) {
    absl::StrAppend(&dense, "name-", absl::Dec(i, absl::kZeroPad4), "|");
  }
  const size_t canonical_without_last = 85 * (9 + 3);
  const size_t fill = limits::kVisibilityBytes.value - canonical_without_last;
  ASSERT_OK_AND_ASSIGN(const Visibility at_limit,
                       Visibility::Parse(dense + std::string(fill, 'z')));
  EXPECT_EQ(at_limit.canonical().size(), limits::kVisibilityBytes.value);
  EXPECT_OK(Visibility::Parse(at_limit.canonical()));
  EXPECT_THAT(Visibility::Parse(dense + std::string(fill + 1, 'z')),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, ""));
}

TEST(VisibilityTest, LimitsTheDepthOfBrackets) {
  const auto nested = [](size_t depth) {
    return absl::StrCat(std::string(depth, '('), "a", std::string(depth, ')'));
  };
  const size_t limit = limits::kVisibilityDepth.value;
  EXPECT_OK(Visibility::Parse(nested(limit)));
  EXPECT_THAT(Visibility::Parse(nested(limit + 1)),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, ""));
  EXPECT_THAT(Visibility::Parse(std::string(1000, '(')),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, ""));
  // Brackets side by side are not nested.
  std::string beside = "(a)";
  for (size_t i = 0; i < 2 * limit; ++i) absl::StrAppend(&beside, "&(a)");
  EXPECT_OK(Visibility::Parse(beside));
}

}  // namespace
}  // namespace labgraph::schema
