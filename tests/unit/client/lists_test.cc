#include "labgraph/lists.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "labgraph/error.h"
#include "labgraph/mock_connection.h"
#include "tests/unit/client/error_matchers.h"

namespace labgraph::client {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// `pages` of one kind, two entities each, with tokens "1", "2", ...
class Pages {
 public:
  explicit Pages(int pages) : connection_(std::make_shared<MockConnection>()) {
    connection_->list_entities = [this, pages](const v1::ListEntitiesRequest& request) {
      tokens_.push_back(request.page_token());
      EXPECT_EQ(request.filter(), "placeholder = true") << "changed between pages";
      const int page = request.page_token().empty() ? 0 : std::stoi(request.page_token());
      v1::ListEntitiesResponse response;
      response.add_entities()->set_id(absl::StrCat("lab/", page, "a"));
      response.add_entities()->set_id(absl::StrCat("lab/", page, "b"));
      if (page + 1 < pages) response.set_next_page_token(absl::StrCat(page + 1));
      return response;
    };
  }

  Range<v1::Entity> List() {
    v1::ListEntitiesRequest request;
    request.set_filter("placeholder = true");
    return ListEntities(connection_, request);
  }

  MockConnection& connection() { return *connection_; }
  const std::vector<std::string>& tokens() const { return tokens_; }

 private:
  std::shared_ptr<MockConnection> connection_;
  std::vector<std::string> tokens_;
};

TEST(ListsTest, WalksOverAllPages) {
  Pages pages(3);
  std::vector<std::string> ids;
  for (absl::StatusOr<v1::Entity>& entity : pages.List()) {
    ASSERT_THAT(entity, IsOk());
    ids.push_back(entity->id());
  }
  EXPECT_THAT(ids,
              ElementsAre("lab/0a", "lab/0b", "lab/1a", "lab/1b", "lab/2a", "lab/2b"));
  EXPECT_THAT(pages.tokens(), ElementsAre("", "1", "2"));
}

TEST(ListsTest, FetchesAPageOnlyWhenItIsWanted) {
  Pages pages(3);
  Range<v1::Entity> range = pages.List();
  EXPECT_THAT(pages.tokens(), IsEmpty());
  ASSERT_THAT(*range.Next(), IsOk());
  ASSERT_THAT(*range.Next(), IsOk());
  EXPECT_THAT(pages.tokens(), ElementsAre(""));
  ASSERT_THAT(*range.Next(), IsOk());
  EXPECT_THAT(pages.tokens(), ElementsAre("", "1"));
}

TEST(ListsTest, ErrorOnALaterPageEndsTheRange) {
  Pages pages(3);
  auto give = pages.connection().list_entities;
  pages.connection().list_entities = [give](const v1::ListEntitiesRequest& request)
      -> absl::StatusOr<v1::ListEntitiesResponse> {
    if (request.page_token().empty()) return give(request);
    return MakeError(v1::ERROR_REASON_REVISION_COMPACTED, "page_token", "Too old.");
  };
  std::vector<absl::Status> seen;
  for (auto& entity : pages.List()) seen.push_back(entity.status());
  EXPECT_THAT(seen,
              ElementsAre(IsOk(), IsOk(),
                          FailsAt(v1::ERROR_REASON_REVISION_COMPACTED, "page_token")));
}

TEST(ListsTest, EmptyPagesAreNoEnd) {
  auto connection = std::make_shared<MockConnection>();
  connection->list_statements = [](const v1::ListStatementsRequest& request) {
    v1::ListStatementsResponse response;
    if (request.page_token().empty()) {
      response.set_next_page_token("more");
    } else {
      response.add_statements()->set_id("s-1");
    }
    return response;
  };
  absl::StatusOr<std::vector<v1::Statement>> all =
      ListStatements(connection, {}).Collect();
  ASSERT_THAT(all, IsOk());
  ASSERT_EQ(all->size(), 1u);
  EXPECT_EQ(all->front().id(), "s-1");
}

TEST(ListsTest, NeighborsCarryWhatTheirGroupSays) {
  auto connection = std::make_shared<MockConnection>();
  connection->list_neighbors = [](const v1::ListNeighborsRequest& request) {
    EXPECT_EQ(request.id(), "lab/exit");
    v1::ListNeighborsResponse response;
    v1::NeighborGroup& part_of = *response.add_groups();
    part_of.set_predicate("part_of");
    part_of.set_direction(v1::DIRECTION_OUT);
    part_of.mutable_label()->set_text("part of");
    part_of.set_count(2);
    v1::Neighbor& neighbor = *part_of.add_neighbors();
    neighbor.mutable_entity()->set_id("collaboration/nsoc");
    neighbor.mutable_statement()->set_id("s-1");
    v1::NeighborGroup& targets = *response.add_groups();
    targets.set_predicate("targets");
    targets.set_direction(v1::DIRECTION_IN);
    targets.add_neighbors()->mutable_entity()->set_id("crime_phenomenon/tbml");
    return response;
  };
  v1::ListNeighborsRequest request;
  request.set_id("lab/exit");
  absl::StatusOr<std::vector<RelatedEntity>> all =
      ListNeighbors(connection, request).Collect();
  ASSERT_THAT(all, IsOk());
  ASSERT_EQ(all->size(), 2u);
  const RelatedEntity& first = all->front();
  EXPECT_EQ(first.predicate, "part_of");
  EXPECT_EQ(first.direction, v1::DIRECTION_OUT);
  EXPECT_EQ(first.label.text(), "part of");
  EXPECT_EQ(first.group_count, 2u);
  EXPECT_EQ(first.entity.id(), "collaboration/nsoc");
  EXPECT_EQ(first.statement.id(), "s-1");
  EXPECT_EQ(all->back().predicate, "targets");
  EXPECT_EQ(all->back().direction, v1::DIRECTION_IN);
}

TEST(ListsTest, CountsAreNoRange) {
  v1::ListNeighborsRequest request;
  request.set_id("lab/exit");
  request.set_count_only(true);
  EXPECT_THAT(ListNeighbors(std::make_shared<MockConnection>(), request).Collect(),
              FailsAt(v1::ERROR_REASON_FIELD_INVALID, "count_only"));
}

}  // namespace
}  // namespace labgraph::client
