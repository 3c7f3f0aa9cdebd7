#include "labgraph/aggregation.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "labgraph/mock_connection.h"
#include "tests/unit/client/error_matchers.h"

namespace labgraph::client {
namespace {

// `text` is the request that the count must build.
void ExpectBuilds(const Aggregation& count, const std::string& text) {
  v1::AggregateRequest expected;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &expected));
  absl::StatusOr<v1::AggregateRequest> request = count.Build();
  ASSERT_THAT(request, IsOk());
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(*request, expected))
      << request->DebugString();
}

TEST(AggregationTest, CountsMatchesByWhatTheVariablesAre) {
  ExpectBuilds(
      CountMatches(Pattern("lab").Out("targets").To("crime").AllDifferent())
          .ById("lab")
          .ByKind("crime")
          .ByProperty("lab", "size")
          .ByYear("lab", "active_since"),
      R"pb(variables { name: "lab" }
           variables { name: "crime" }
           edges {
             from: "lab"
             to: "crime"
             direction: DIRECTION_OUT
             predicates: "targets"
           }
           all_different: true
           group_by { variable: "lab" by: GROUP_BY_ID }
           group_by { variable: "crime" by: GROUP_BY_KIND }
           group_by { variable: "lab" by: GROUP_BY_PROPERTY property: "size" }
           group_by { variable: "lab" by: GROUP_BY_YEAR property: "active_since" }
           read {})pb");
}

TEST(AggregationTest, CountsStatements) {
  ExpectBuilds(CountStatements()
                   .Subject("lab/exit")
                   .Object("lab/other")
                   .Predicates("p", "q")
                   .Predicates(std::vector<std::string>{"r"})
                   .Source("document/page")
                   .ByPredicate()
                   .ByYear()
                   .ByKind("object")
                   .ValidAt("2023-01-01")
                   .Limit(5)
                   .MaxVisited(6),
               R"pb(statements {
                      subject: "lab/exit"
                      object: "lab/other"
                      predicates: "p"
                      predicates: "q"
                      predicates: "r"
                      source: "document/page"
                    }
                    group_by { by: GROUP_BY_PREDICATE }
                    group_by { by: GROUP_BY_YEAR }
                    group_by { variable: "object" by: GROUP_BY_KIND }
                    max_groups: 5
                    max_visited: 6
                    read { valid_at: "2023-01-01" })pb");
  ExpectBuilds(CountStatements(), "read {}");
}

TEST(AggregationTest, NonsenseIsAnErrorAndNothingIsSent) {
  const struct {
    Aggregation count;
    v1::ErrorReason reason;
    std::string field;
  } cases[] = {
      {CountMatches(Pattern("a").Out("p")), v1::ERROR_REASON_FIELD_REQUIRED,
       "edges[0].to"},
      {CountMatches(Pattern("a")).Subject("lab/x"), v1::ERROR_REASON_FIELD_INVALID,
       "statements"},
      {CountStatements().Limit(0), v1::ERROR_REASON_FIELD_INVALID, "max_groups"},
      {CountStatements().MaxVisited(0), v1::ERROR_REASON_FIELD_INVALID, "max_visited"},
      {CountStatements().Certainly(), v1::ERROR_REASON_FIELD_REQUIRED, "read.valid_at"},
  };
  for (const auto& c : cases) {
    MockConnection connection;  // would answer UNIMPLEMENTED
    EXPECT_THAT(c.count.Build(), FailsAt(c.reason, c.field));
    EXPECT_THAT(c.count.Run(connection), FailsAt(c.reason, c.field));
  }
}

TEST(AggregationTest, GivesTheAnswerAsItIs) {
  MockConnection connection;
  connection.aggregate = [](const v1::AggregateRequest& request) {
    v1::AggregateResponse response;
    v1::AggregateGroup& group = *response.add_groups();
    group.add_keys(request.group_by(0).variable());
    group.set_count(7);
    response.set_cut(v1::CUT_REASON_DEADLINE);
    return response;
  };
  absl::StatusOr<v1::AggregateResponse> answer =
      CountMatches(Pattern("lab")).ById("lab").Run(connection);
  ASSERT_THAT(answer, IsOk());
  EXPECT_EQ(answer->groups(0).keys(0), "lab");
  EXPECT_EQ(answer->groups(0).count(), 7u);
  EXPECT_EQ(answer->cut(), v1::CUT_REASON_DEADLINE);
}

}  // namespace
}  // namespace labgraph::client
