#include "labgraph/match.h"

#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "labgraph/error.h"
#include "labgraph/mock_connection.h"
#include "tests/unit/client/error_matchers.h"

namespace labgraph::client {
namespace {

using ::testing::ElementsAre;

TEST(MatchTest, SaysHowToLookAndHowMuchToGive) {
  v1::MatchPatternRequest expected;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"pb(variables { name: "a" }
           view: ENTITY_VIEW_IDS
           include_statements: true
           count_only: true
           max_rows: 5
           max_visited: 6
           read {
             revision: 7
             valid_at: "2023-01-01"
             certainty: CERTAINTY_CERTAIN
             lang: "nl"
           })pb",
      &expected));
  absl::StatusOr<v1::MatchPatternRequest> request = Match(Pattern("a"))
                                                        .At(7)
                                                        .ValidAt("2023-01-01")
                                                        .Certainly()
                                                        .Lang("nl")
                                                        .IdsOnly()
                                                        .WithStatements()
                                                        .CountOnly()
                                                        .Limit(5)
                                                        .MaxVisited(6)
                                                        .Build();
  ASSERT_THAT(request, IsOk());
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(*request, expected))
      << request->DebugString();
}

TEST(MatchTest, NonsenseIsAnErrorAndNothingIsSent) {
  const struct {
    Match match;
    v1::ErrorReason reason;
    std::string field;
  } cases[] = {
      {Match(Pattern("a").Out("p")), v1::ERROR_REASON_FIELD_REQUIRED, "edges[0].to"},
      {Match(Pattern("a")).Limit(0), v1::ERROR_REASON_FIELD_INVALID, "max_rows"},
      {Match(Pattern("a")).MaxVisited(0), v1::ERROR_REASON_FIELD_INVALID, "max_visited"},
      {Match(Pattern("a")).Possibly(), v1::ERROR_REASON_FIELD_REQUIRED, "read.valid_at"},
      // The first mistake counts.
      {Match(Pattern("a").Out("p")).Limit(0), v1::ERROR_REASON_FIELD_REQUIRED,
       "edges[0].to"},
  };
  for (const auto& c : cases) {
    EXPECT_THAT(c.match.Build(), FailsAt(c.reason, c.field));
    // This connection would answer UNIMPLEMENTED.
    MatchRange range = c.match.Run(std::make_shared<MockConnection>());
    EXPECT_THAT(*range.Next(), FailsAt(c.reason, c.field));
    EXPECT_FALSE(range.Next().has_value());
    EXPECT_THAT(range.Finish(), FailsAt(c.reason, c.field));
  }
}

v1::MatchPatternResponse Rows(const std::vector<std::string>& ids) {
  v1::MatchPatternResponse message;
  for (const std::string& id : ids) message.add_rows()->add_entities()->set_id(id);
  return message;
}

v1::MatchPatternResponse Summary(uint64_t rows, v1::CutReason cut) {
  v1::MatchPatternResponse message;
  message.mutable_summary()->set_rows(rows);
  message.mutable_summary()->set_cut(cut);
  return message;
}

std::shared_ptr<MockConnection> Answering(std::vector<v1::MatchPatternResponse> messages,
                                          absl::Status end = absl::OkStatus()) {
  auto connection = std::make_shared<MockConnection>();
  connection->match_pattern = [messages, end](const v1::MatchPatternRequest&) {
    return StreamOf(messages, end);
  };
  return connection;
}

std::vector<std::string> Ids(MatchRange& range) {
  std::vector<std::string> ids;
  for (auto& row : range) {
    ids.push_back(row.ok() ? row->entities(0).id() : Describe(row.status()));
  }
  return ids;
}

TEST(MatchTest, RunsOverAllMessagesToTheSummary) {
  MatchRange range = Match(Pattern("a"))
                         .Run(Answering({Rows({"x/a", "x/b"}), Rows({"x/c"}),
                                         Summary(3, v1::CUT_REASON_MAX_VISITED)}));
  EXPECT_THAT(Ids(range), ElementsAre("x/a", "x/b", "x/c"));
  absl::StatusOr<v1::MatchPatternSummary> summary = range.Finish();
  ASSERT_THAT(summary, IsOk());
  EXPECT_EQ(summary->rows(), 3u);
  EXPECT_EQ(summary->cut(), v1::CUT_REASON_MAX_VISITED);
}

TEST(MatchTest, FinishWithoutReadingGivesTheSummary) {
  MatchRange range = Match(Pattern("a"))
                         .CountOnly()
                         .Run(Answering({Summary(12, v1::CUT_REASON_UNSPECIFIED)}));
  EXPECT_EQ(range.Finish()->rows(), 12u);
}

TEST(MatchTest, ErrorAfterRowsEndsTheRange) {
  MatchRange range =
      Match(Pattern("a"))
          .Run(Answering({Rows({"x/a"})},
                         MakeError(v1::ERROR_REASON_CANCELLED, "", "Left.")));
  EXPECT_THAT(Ids(range), ElementsAre("x/a", "CANCELLED CANCELLED: Left."));
  EXPECT_THAT(range.Finish(), FailsAt(v1::ERROR_REASON_CANCELLED, ""));
}

TEST(MatchTest, AnswerWithoutSummaryIsNotTakenForWhole) {
  MatchRange range = Match(Pattern("a")).Run(Answering({Rows({"x/a"})}));
  EXPECT_THAT(range.Finish(), FailsAt(v1::ERROR_REASON_INTERNAL, ""));
}

}  // namespace
}  // namespace labgraph::client
