#include "labgraph/paths.h"

#include <memory>
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

using ::testing::IsEmpty;

void ExpectBuilds(const PathSearch& search, const std::string& text) {
  v1::FindPathsRequest expected;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &expected));
  absl::StatusOr<v1::FindPathsRequest> request = search.Build();
  ASSERT_THAT(request, IsOk());
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(*request, expected))
      << request->DebugString();
}

TEST(PathsTest, TwoEndsAreEnough) {
  ExpectBuilds(PathsBetween("lab/exit", "lab/switch-off"), R"pb(from: "lab/exit"
                                                                to: "lab/switch-off"
                                                                read {})pb");
}

TEST(PathsTest, EverythingCanBeSaid) {
  ExpectBuilds(
      PathsBetween(std::vector<std::string>{"a", "b"}, std::vector<std::string>{"c"})
          .AllShortest()
          .Along("p", "q")
          .Along("r")
          .Directed(v1::DIRECTION_OUT)
          .Kinds("lab")
          .Avoid("collaboration/nsoc")
          .AvoidPredicates("part_of")
          .MaxHops(4)
          .Limit(5)
          .MaxVisited(6)
          .IdsOnly()
          .ValidAt("2022-01-01")
          .Possibly(),
      R"pb(from: "a"
           from: "b"
           to: "c"
           mode: PATH_MODE_ALL_SHORTEST
           direction: DIRECTION_OUT
           predicates: "p"
           predicates: "q"
           predicates: "r"
           kinds: "lab"
           avoid_entities: "collaboration/nsoc"
           avoid_predicates: "part_of"
           max_hops: 4
           max_paths: 5
           max_visited: 6
           view: ENTITY_VIEW_IDS
           read { valid_at: "2022-01-01" certainty: CERTAINTY_POSSIBLE })pb");
}

TEST(PathsTest, PathsCanBeLongerThanTheShortest) {
  ExpectBuilds(PathsBetween("a", "b")
                   .KShortest(5)
                   .Require("c", "d")
                   .Require("e")
                   .RequirePredicates("part_of")
                   .Where("placeholder = true")
                   .PageToken("next"),
               R"pb(from: "a"
                    to: "b"
                    mode: PATH_MODE_K_SHORTEST
                    max_paths: 5
                    required_entities: "c"
                    required_entities: "d"
                    required_entities: "e"
                    required_predicates: "part_of"
                    where: "placeholder = true"
                    page_token: "next"
                    read {})pb");
  ExpectBuilds(PathsBetween("a", "b").AllSimple().Where("x = 1").Where("y = 2"),
               R"pb(from: "a"
                    to: "b"
                    mode: PATH_MODE_ALL_SIMPLE
                    where: "(x = 1) AND (y = 2)"
                    read {})pb");
}

TEST(PathsTest, NonsenseIsAnErrorWithItsField) {
  const std::vector<std::string> none;
  const std::vector<std::string> one = {"lab/exit"};
  const struct {
    PathSearch search;
    v1::ErrorReason reason;
    std::string field;
  } cases[] = {
      {PathsBetween(none, one), v1::ERROR_REASON_FIELD_REQUIRED, "from"},
      {PathsBetween(one, none), v1::ERROR_REASON_FIELD_REQUIRED, "to"},
      {PathsBetween("a", "b").MaxHops(0), v1::ERROR_REASON_FIELD_INVALID, "max_hops"},
      {PathsBetween("a", "b").Limit(0), v1::ERROR_REASON_FIELD_INVALID, "max_paths"},
      {PathsBetween("a", "b").KShortest(0), v1::ERROR_REASON_FIELD_INVALID, "max_paths"},
      {PathsBetween("a", "b").MaxVisited(0), v1::ERROR_REASON_FIELD_INVALID,
       "max_visited"},
      {PathsBetween("a", "b").Possibly(), v1::ERROR_REASON_FIELD_REQUIRED,
       "read.valid_at"},
  };
  for (const auto& c : cases) {
    EXPECT_THAT(c.search.Run(std::make_shared<MockConnection>()).Collect(),
                FailsAt(c.reason, c.field));
  }
}

TEST(PathsTest, NoPathIsAnEmptyRangeWithASummary) {
  auto connection = std::make_shared<MockConnection>();
  connection->find_paths = [](const v1::FindPathsRequest&) {
    v1::FindPathsResponse last;
    last.mutable_summary()->set_visited_entities(9);
    return StreamOf<v1::FindPathsResponse>({last});
  };
  PathRange range = PathsBetween("a", "b").Run(connection);
  EXPECT_FALSE(range.Next().has_value());
  EXPECT_EQ(range.Finish()->visited_entities(), 9u);
}

TEST(PathsTest, TheSummarySaysHowToGoOn) {
  auto connection = std::make_shared<MockConnection>();
  connection->find_paths = [](const v1::FindPathsRequest& request) {
    v1::FindPathsResponse message;
    message.add_paths()->add_entities()->set_id(request.page_token() + "+");
    message.mutable_summary()->set_next_page_token(request.page_token() + "+");
    return StreamOf<v1::FindPathsResponse>({message});
  };
  PathSearch search = PathsBetween("a", "b").KShortest(1);
  std::vector<std::string> seen;
  for (int page = 0; page < 3; ++page) {
    PathRange range = search.Run(connection);
    seen.push_back((**range.Next()).entities(0).id());
    search.PageToken(range.Finish()->next_page_token());
  }
  EXPECT_EQ(seen, (std::vector<std::string>{"+", "++", "+++"}));
}

TEST(PathsTest, PathsComeWhole) {
  auto connection = std::make_shared<MockConnection>();
  connection->find_paths = [](const v1::FindPathsRequest&) {
    v1::FindPathsResponse message;
    v1::Path& path = *message.add_paths();
    path.add_entities()->set_id("a");
    path.add_entities()->set_id("b");
    path.add_statements()->set_id("s-1");
    message.mutable_summary()->set_paths(1);
    return StreamOf<v1::FindPathsResponse>({message});
  };
  absl::StatusOr<std::vector<v1::Path>> paths =
      PathsBetween("a", "b").Run(connection).Collect();
  ASSERT_THAT(paths, IsOk());
  ASSERT_EQ(paths->size(), 1u);
  EXPECT_EQ(paths->front().entities(1).id(), "b");
  EXPECT_EQ(paths->front().statements(0).id(), "s-1");
}

}  // namespace
}  // namespace labgraph::client
