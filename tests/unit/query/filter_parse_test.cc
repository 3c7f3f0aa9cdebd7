#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/base/limits.h"
#include "server/query/filter.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/query/test_graph.h"

namespace labgraph::query {
namespace {

using testing::FailsAt;
using ::testing::HasSubstr;
using testing::IsOk;

class FilterParseTest : public ::testing::Test {
 protected:
  absl::Status Parse(absl::string_view text) {
    return Filter::Parse(text, graph_.Read()->ontology(), "where").status();
  }

  const TestGraph graph_;
};

struct Malformed {
  const char* text;
  size_t position;
  const char* expected;  // part of the message
};

TEST_F(FilterParseTest, MalformedFiltersSayWhereAndWhatWasExpected) {
  const Malformed kCases[] = {
      // The grammar.
      {"kind", 4, "expected =, !=, <, <=, >, >= or : after \"kind\", found the end"},
      {"kind = ", 7, "expected a value, found the end"},
      {"kind = AND", 7, "expected a value, found \"AND\""},
      {"= 5", 0, "expected a field or \"(\", found \"=\""},
      {"size > 5 AND", 12, "expected a field or \"(\", found the end"},
      {"size > 5 OR OR size < 3", 12, "expected a field or \"(\", found \"OR\""},
      {"size > 5 size < 3", 9, "expected AND, OR or the end, found \"size\""},
      {"size > 5 and size < 3", 9, "write it in capitals"},
      {"(size > 5", 9, "AND, OR or \")\" for the \"(\" at byte 0, found the end"},
      {"size > 5)", 8, "expected AND, OR or the end, found \")\""},
      {"()", 1, "expected a field or \"(\", found \")\""},
      {"NOT", 3, "expected a field or \"(\""},
      {"not size = 5", 4, "expected =, !="},
      {"NOT NOT size = 5", 4, "expected a field or \"(\", found \"NOT\""},
      {"\"size\" = 5", 0, "expected a field or \"(\""},
      {"size = = 5", 7, "expected a value, found \"=\""},
      {"size ! 5", 5, "expected \"=\" after \"!\""},
      {"note = \"abc", 7, "expected a closing \""},
      {"note = 'abc\"", 7, "expected a closing '"},
      {"note = \"a\\b\"", 9, "expected \\\\"},
      {"note = \"a\\", 9, "expected \\\\"},
      {"site = https://example.org", 12, "expected AND, OR or the end, found \":\""},
      // Fields.
      {"sizee = 5", 0, "Did you mean \"size\"?"},
      {"kinds = node", 0, "Did you mean \"kind\"?"},
      {"placeholder = true AND has_prat:*", 23, "Did you mean \"has_part\"?"},
      {"-sizee = 5", 1, "expected a field, and \"sizee\""},
      {"size.nl = 5", 4, "\"size\" has no languages"},
      {"name.NL = x", 5, "expected a language"},
      {"name. = x", 5, "expected a language"},
      {"motto.n = x", 6, "expected a language"},
      // Values.
      {"size > many", 7, "expected a number for \"size\""},
      {"size > \"5\"", 7, "expected a number for \"size\", without quotes"},
      {"size > nan", 7, "expected a number"},
      {"size > 1e999", 7, "expected a number"},
      {"size = *", 7, "\"size:*\" asks whether there is any"},
      {"open = yes", 7, "expected true or false"},
      {"open = \"true\"", 7, "expected true or false"},
      {"open > true", 0, "no order"},
      {"placeholder = 1", 14, "expected true or false"},
      {"created_revision > x", 19, "expected a number"},
      {"note > abc", 0, "has no order"},
      {"name >= abc", 0, "has no order"},
      {"status = gone", 9, "active, merged"},
      {"founded > 2021-13", 10, "expected a date"},
      {"founded = soon", 10, "expected a date"},
      {"turnover > lots", 11, "expected a number"},
      {"extra > lots", 8, "expected a number"},
      {"kind = nodes", 7, "Did you mean \"node\"?"},
      {"kind > node", 0, "no order"},
      {"id = a", 5, "expected an entity id"},
      {"id = nod/a", 5, "Did you mean \"node\"?"},
      {"part_of = a", 10, "expected an entity id"},
      {"part_of:\"node/\"", 8, "expected an entity id"},
      {"part_of > node/a", 0, "no order"},
      {"near = gone/a", 7, "no kind \"gone\""},
  };
  for (const Malformed& c : kCases) {
    const absl::Status status = Parse(c.text);
    EXPECT_THAT(status, FailsAt(v1::ERROR_REASON_FILTER_MALFORMED, "where")) << c.text;
    EXPECT_EQ(MetaOf(status, "position"), absl::StrCat(c.position)) << c.text;
    EXPECT_THAT(std::string(status.message()), HasSubstr(c.expected)) << c.text;
  }
}

TEST_F(FilterParseTest, AcceptsEveryFormOfTheGrammar) {
  for (const char* text : {"",
                           "  \t\n",
                           "size = 5",
                           "size=5",
                           "(size = 5)",
                           "((size = 5))",
                           "NOT size = 5",
                           "-size = 5",
                           "- size = 5",
                           "-(size = 5 OR size = 6)",
                           "NOT (size = 5)",
                           "size >= -5 AND size <= 1e3",
                           "size:*",
                           "size:5",
                           "name:\"a \\\"b\\\" \\\\ \\n\"",
                           "name:'it\\'s'",
                           "name.nl = x",
                           "name.pt-br:x",
                           "alias:x",
                           "description.en:x",
                           "note:\"*\"",
                           "founded = \"[2021..2022]\"",
                           "founded >= 2021-07~",
                           "goes_to:*",
                           "has_part = node/a",
                           "near != node/a",
                           "open = true",
                           "turnover:\"tens\"",
                           "extra = true",
                           "extra = 5",
                           "extra = x",
                           "id:\"a\"",
                           "key = a",
                           "motto.nl:*",
                           "status:merg"}) {
    EXPECT_THAT(Parse(text), IsOk()) << text;
  }
}

TEST_F(FilterParseTest, BlankTextMatchesAll) {
  const auto blank = Filter::Parse(" ", graph_.Read()->ontology(), "where");
  ASSERT_THAT(blank, IsOk());
  EXPECT_TRUE(blank->matches_all());
}

TEST_F(FilterParseTest, BytesAreLimited) {
  std::string text = "note = \"\"";
  text.insert(8, limits::kFilterBytes.value - text.size(), 'x');
  EXPECT_THAT(Parse(text), IsOk());
  text.insert(8, "x");
  const absl::Status status = Parse(text);
  EXPECT_THAT(status, FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "where"));
  EXPECT_EQ(MetaOf(status, "limit"), "filter_bytes");
}

TEST_F(FilterParseTest, NestingIsLimited) {
  const auto nested = [](size_t depth) {
    return absl::StrCat(std::string(depth, '('), "size = 5", std::string(depth, ')'));
  };
  EXPECT_THAT(Parse(nested(limits::kFilterDepth.value)), IsOk());
  const absl::Status status = Parse(nested(limits::kFilterDepth.value + 1));
  EXPECT_THAT(status, FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "where"));
  EXPECT_EQ(MetaOf(status, "limit"), "filter_depth");
}

TEST_F(FilterParseTest, ManyParenthesesBesideOneAnotherAreNoNesting) {
  std::string text = "(size = 5)";
  for (int i = 0; i < 100; ++i) absl::StrAppend(&text, " OR (size = 5)");
  EXPECT_THAT(Parse(text), IsOk());
}

}  // namespace
}  // namespace labgraph::query
