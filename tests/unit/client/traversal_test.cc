#include "labgraph/traversal.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
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
using ::testing::IsEmpty;

// `text` is the request that the chain must build.
void ExpectBuilds(const Traversal& chain, const std::string& text) {
  v1::TraverseRequest expected;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &expected));
  absl::StatusOr<v1::TraverseRequest> request = chain.Build();
  ASSERT_THAT(request, IsOk());
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(*request, expected))
      << request->DebugString();
}

TEST(TraversalTest, ReadsLikeTheQuestion) {
  ExpectBuilds(From("lab/caterpillar").Out("merged_into").ValidAt("2023-01-01"),
               R"pb(start: "lab/caterpillar"
                    steps { direction: DIRECTION_OUT predicates: "merged_into" }
                    read { valid_at: "2023-01-01" })pb");
}

TEST(TraversalTest, ModifiersSpeakOfTheStepBegunLast) {
  ExpectBuilds(
      From("lab/a", std::string("lab/b"))
          .In("p", "q")
          .Kinds("lab")
          .Both()
          .Hops(0, 3)
          .Kinds("agent", "place")
          .Kinds(std::vector<std::string>{"document"})
          .Where("a = 1")
          .Where("b = 2")
          .Out("r")
          .Hops(2),
      R"pb(start: "lab/a"
           start: "lab/b"
           steps { direction: DIRECTION_IN predicates: "p" predicates: "q" kinds: "lab" }
           steps {
             direction: DIRECTION_BOTH
             kinds: "agent"
             kinds: "place"
             kinds: "document"
             min_hops: 0
             max_hops: 3
             where: "(a = 1) AND (b = 2)"
           }
           steps { direction: DIRECTION_OUT predicates: "r" min_hops: 2 max_hops: 2 }
           read {})pb");
}

TEST(TraversalTest, SaysHowToLookAndHowMuchToGive) {
  ExpectBuilds(From("lab/a")
                   .At(7)
                   .ValidAt("2023-01-01")
                   .Certainly()
                   .Lang("nl,en")
                   .Assertions({v1::ASSERTION_QUESTION})
                   .Ranks({v1::RANK_PREFERRED, v1::RANK_NORMAL})
                   .IdsOnly()
                   .WithPaths()
                   .WithIntermediate()
                   .CountOnly()
                   .Limit(5)
                   .MaxVisited(6)
                   .PageToken("next"),
               R"pb(start: "lab/a"
                    view: ENTITY_VIEW_IDS
                    count_only: true
                    include_paths: true
                    include_intermediate: true
                    max_hits: 5
                    max_visited: 6
                    page_token: "next"
                    read {
                      revision: 7
                      valid_at: "2023-01-01"
                      certainty: CERTAINTY_CERTAIN
                      lang: "nl,en"
                      assertions: ASSERTION_QUESTION
                      ranks: RANK_PREFERRED
                      ranks: RANK_NORMAL
                    })pb");
}

TEST(TraversalTest, LastCallCountsWhereThereCanBeOne) {
  ExpectBuilds(
      From("lab/a").At(7).AtLeast(9).ValidAt("2023-01-01").Certainly().Possibly(),
      R"pb(start: "lab/a"
           read {
             at_least_revision: 9
             valid_at: "2023-01-01"
             certainty: CERTAINTY_POSSIBLE
           })pb");
}

TEST(TraversalTest, NonsenseIsAnErrorWithItsField) {
  const struct {
    Traversal chain;
    v1::ErrorReason reason;
    std::string field;
  } cases[] = {
      {From(), v1::ERROR_REASON_FIELD_REQUIRED, "start"},
      {From(std::vector<std::string>()).Out("p"), v1::ERROR_REASON_FIELD_REQUIRED,
       "start"},
      {From("lab/a").Hops(2), v1::ERROR_REASON_FIELD_REQUIRED, "steps"},
      {From("lab/a").Kinds("lab").Out("p"), v1::ERROR_REASON_FIELD_REQUIRED, "steps"},
      {From("lab/a").Where("a = 1"), v1::ERROR_REASON_FIELD_REQUIRED, "steps"},
      {From("lab/a").Out().Out().Hops(3, 2), v1::ERROR_REASON_FIELD_INVALID,
       "steps[1].max_hops"},
      {From("lab/a").Limit(0), v1::ERROR_REASON_FIELD_INVALID, "max_hits"},
      {From("lab/a").MaxVisited(0), v1::ERROR_REASON_FIELD_INVALID, "max_visited"},
      {From("lab/a").Certainly(), v1::ERROR_REASON_FIELD_REQUIRED, "read.valid_at"},
      // The first mistake counts.
      {From("lab/a").Limit(0).Out().Hops(3, 2), v1::ERROR_REASON_FIELD_INVALID,
       "max_hits"},
  };
  for (const auto& c : cases) {
    EXPECT_THAT(c.chain.Build(), FailsAt(c.reason, c.field));
    EXPECT_THAT(c.chain.Build(), HasCode(absl::StatusCode::kInvalidArgument));
    // Run sends nothing: this connection would answer UNIMPLEMENTED.
    TraversalRange range = c.chain.Run(std::make_shared<MockConnection>());
    absl::optional<absl::StatusOr<v1::TraverseHit>> element = range.Next();
    ASSERT_TRUE(element.has_value());
    EXPECT_THAT(*element, FailsAt(c.reason, c.field));
    EXPECT_FALSE(range.Next().has_value());
    EXPECT_THAT(range.Finish(), FailsAt(c.reason, c.field));
  }
}

v1::TraverseResponse Hits(const std::vector<std::string>& ids) {
  v1::TraverseResponse message;
  for (const std::string& id : ids) message.add_hits()->mutable_entity()->set_id(id);
  return message;
}

v1::TraverseResponse Summary(uint64_t hits) {
  v1::TraverseResponse message;
  message.mutable_summary()->set_hits(hits);
  return message;
}

std::shared_ptr<MockConnection> Answering(std::vector<v1::TraverseResponse> messages,
                                          absl::Status end = absl::OkStatus()) {
  auto connection = std::make_shared<MockConnection>();
  connection->traverse = [messages, end](const v1::TraverseRequest&) {
    return StreamOf(messages, end);
  };
  return connection;
}

std::vector<std::string> Ids(TraversalRange& range) {
  std::vector<std::string> ids;
  for (auto& hit : range)
    ids.push_back(hit.ok() ? hit->entity().id() : Describe(hit.status()));
  return ids;
}

TEST(TraversalTest, RunsOverAllMessagesToTheSummary) {
  TraversalRange range =
      From("lab/a").Run(Answering({Hits({"a", "b"}), Hits({}), Hits({"c"}), Summary(3)}));
  EXPECT_THAT(Ids(range), ElementsAre("a", "b", "c"));
  absl::StatusOr<v1::TraverseSummary> summary = range.Finish();
  ASSERT_THAT(summary, IsOk());
  EXPECT_EQ(summary->hits(), 3u);
}

TEST(TraversalTest, SummaryMayComeWithTheLastHits) {
  v1::TraverseResponse last = Hits({"b"});
  last.mutable_summary()->set_cut(v1::CUT_REASON_MAX_HITS);
  TraversalRange range = From("lab/a").Run(Answering({Hits({"a"}), last}));
  EXPECT_THAT(Ids(range), ElementsAre("a", "b"));
  EXPECT_EQ(range.Finish()->cut(), v1::CUT_REASON_MAX_HITS);
}

TEST(TraversalTest, FinishWithoutReadingGivesTheSummary) {
  EXPECT_EQ(From("lab/a").CountOnly().Run(Answering({Summary(12)})).Finish()->hits(),
            12u);
  EXPECT_EQ(From("lab/a").Run(Answering({Hits({"a"}), Summary(1)})).Finish()->hits(), 1u);
}

TEST(TraversalTest, ErrorAfterHitsEndsTheRange) {
  TraversalRange range = From("lab/a").Run(
      Answering({Hits({"a"})}, MakeError(v1::ERROR_REASON_DEADLINE, "", "Too late.")));
  EXPECT_THAT(Ids(range), ElementsAre("a", "DEADLINE_EXCEEDED DEADLINE: Too late."));
  EXPECT_THAT(range.Finish(), FailsAt(v1::ERROR_REASON_DEADLINE, ""));
}

TEST(TraversalTest, AnswerWithoutSummaryIsNotTakenForWhole) {
  TraversalRange range = From("lab/a").Run(Answering({Hits({"a"})}));
  EXPECT_THAT(*range.Next(), IsOk());
  EXPECT_THAT(*range.Next(), FailsAt(v1::ERROR_REASON_INTERNAL, ""));
  EXPECT_THAT(range.Finish(), FailsAt(v1::ERROR_REASON_INTERNAL, ""));
}

TEST(TraversalTest, MayRunMoreThanOnce) {
  const Traversal chain = From("lab/a").Out("p");
  const auto connection = Answering({Hits({"a"}), Summary(1)});
  TraversalRange first = chain.Run(connection);
  TraversalRange second = chain.Run(connection);
  EXPECT_THAT(Ids(first), ElementsAre("a"));
  EXPECT_THAT(Ids(second), ElementsAre("a"));
}

}  // namespace
}  // namespace labgraph::client
