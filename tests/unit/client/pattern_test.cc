#include "labgraph/pattern.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "labgraph/match.h"
#include "tests/unit/client/error_matchers.h"

namespace labgraph::client {
namespace {

// `text` is the request that matches the pattern.
void ExpectBuilds(const Pattern& pattern, const std::string& text) {
  v1::MatchPatternRequest expected;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &expected));
  expected.mutable_read();
  absl::StatusOr<v1::MatchPatternRequest> request = Match(pattern).Build();
  ASSERT_THAT(request, IsOk());
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(*request, expected))
      << request->DebugString();
}

TEST(PatternTest, ReadsLikeASentence) {
  ExpectBuilds(Pattern("lab")
                   .Kinds("lab")
                   .Out("targets")
                   .To("crime")
                   .Out("involves")
                   .To("goods")
                   .Ids("commodity/drugs"),
               R"pb(variables { name: "lab" kinds: "lab" }
                    variables { name: "crime" }
                    variables { name: "goods" ids: "commodity/drugs" }
                    edges {
                      from: "lab"
                      to: "crime"
                      direction: DIRECTION_OUT
                      predicates: "targets"
                    }
                    edges {
                      from: "crime"
                      to: "goods"
                      direction: DIRECTION_OUT
                      predicates: "involves"
                    })pb");
}

TEST(PatternTest, ANameIsTheSameVariableWhereverItStands) {
  ExpectBuilds(Pattern("a")
                   .Out("p")
                   .To("c")
                   .And("b")
                   .In("p", "q")
                   .To("c")
                   .And("a")
                   .Kinds("lab")
                   .Both()
                   .To("b")
                   .And("alone")
                   .AllDifferent(),
               R"pb(variables { name: "a" kinds: "lab" }
                    variables { name: "c" }
                    variables { name: "b" }
                    variables { name: "alone" }
                    edges { from: "a" to: "c" direction: DIRECTION_OUT predicates: "p" }
                    edges {
                      from: "b"
                      to: "c"
                      direction: DIRECTION_IN
                      predicates: "p"
                      predicates: "q"
                    }
                    edges { from: "a" to: "b" direction: DIRECTION_BOTH }
                    all_different: true)pb");
}

TEST(PatternTest, ConditionsSpeakOfTheVariableNamedLastAndAddUp) {
  ExpectBuilds(Pattern("a")
                   .Out()
                   .To("b")
                   .Kinds("lab")
                   .Kinds(std::vector<std::string>{"place"})
                   .Ids("lab/x", "lab/y")
                   .Ids(std::vector<std::string>{"place/z"})
                   .Where("a = 1")
                   .Where("b = 2"),
               R"pb(variables { name: "a" }
                    variables {
                      name: "b"
                      kinds: "lab"
                      kinds: "place"
                      ids: "lab/x"
                      ids: "lab/y"
                      ids: "place/z"
                      where: "(a = 1) AND (b = 2)"
                    }
                    edges { from: "a" to: "b" direction: DIRECTION_OUT })pb");
}

TEST(PatternTest, HopsSpeakOfTheEdgeBegunLast) {
  ExpectBuilds(Pattern("a").Out("p").Hops(0, 3).To("b").Out("q").To("c").Hops(2),
               R"pb(variables { name: "a" }
                    variables { name: "b" }
                    variables { name: "c" }
                    edges {
                      from: "a"
                      to: "b"
                      direction: DIRECTION_OUT
                      predicates: "p"
                      min_hops: 0
                      max_hops: 3
                    }
                    edges {
                      from: "b"
                      to: "c"
                      direction: DIRECTION_OUT
                      predicates: "q"
                      min_hops: 2
                      max_hops: 2
                    })pb");
}

TEST(PatternTest, ABrokenSentenceIsAnErrorWithItsField) {
  const auto required = v1::ERROR_REASON_FIELD_REQUIRED;
  const struct {
    Pattern pattern;
    v1::ErrorReason reason;
    std::string field;
  } cases[] = {
      {Pattern("a").To("b"), required, "edges"},
      {Pattern("a").Hops(2), required, "edges"},
      {Pattern("a").Out("p"), required, "edges[0].to"},
      {Pattern("a").Out("p").To("b").Out("q"), required, "edges[1].to"},
      {Pattern("a").Out("p").Out("q").To("b"), required, "edges[0].to"},
      {Pattern("a").Out("p").And("b"), required, "edges[0].to"},
      {Pattern("a").Out("p").Kinds("lab").To("b"), required, "edges[0].to"},
      {Pattern("a").Out("p").Ids("lab/x").To("b"), required, "edges[0].to"},
      {Pattern("a").Out("p").Where("x = 1").To("b"), required, "edges[0].to"},
      {Pattern("a").Out("p").To("b").Out("q").Hops(3, 2).To("c"),
       v1::ERROR_REASON_FIELD_INVALID, "edges[1].max_hops"},
      // The first mistake counts.
      {Pattern("a").To("b").Out("p").Hops(3, 2), required, "edges"},
  };
  for (const auto& c : cases) {
    EXPECT_THAT(c.pattern.Check(), FailsAt(c.reason, c.field));
    EXPECT_THAT(c.pattern.Check(), HasCode(absl::StatusCode::kInvalidArgument));
    EXPECT_THAT(Match(c.pattern).Build(), FailsAt(c.reason, c.field));
  }
  EXPECT_THAT(Pattern("a").Check(), IsOk());
}

}  // namespace
}  // namespace labgraph::client
