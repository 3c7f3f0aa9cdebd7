#include "labgraph/history.h"

#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "labgraph/error.h"
#include "labgraph/mock_connection.h"
#include "tests/unit/client/error_matchers.h"

namespace labgraph::client {
namespace {

using ::testing::ElementsAre;

TEST(HistoryTest, WalksFromTheNewestVersionOverAllPages) {
  auto connection = std::make_shared<MockConnection>();
  std::vector<std::string> tokens;
  connection->get_history = [&tokens](const v1::GetHistoryRequest& request) {
    tokens.push_back(request.page_token());
    EXPECT_EQ(request.entity(), "lab/exit") << "changed between pages";
    v1::GetHistoryResponse page;
    page.add_versions()->set_revision(request.page_token().empty() ? 9 : 4);
    if (request.page_token().empty()) page.set_next_page_token("older");
    return page;
  };
  v1::GetHistoryRequest request;
  request.set_entity("lab/exit");
  std::vector<uint64_t> revisions;
  for (auto& version : ReadHistory(connection, request)) {
    ASSERT_THAT(version, IsOk());
    revisions.push_back(version->revision());
  }
  EXPECT_THAT(revisions, ElementsAre(9, 4));
  EXPECT_THAT(tokens, ElementsAre("", "older"));
}

TEST(HistoryTest, ErrorEndsTheRange) {
  auto connection = std::make_shared<MockConnection>();
  connection->get_history = [](const v1::GetHistoryRequest&) {
    return MakeError(v1::ERROR_REASON_ENTITY_NOT_FOUND, "entity", "There is none.");
  };
  EXPECT_THAT(ReadHistory(connection, {}).Collect(),
              FailsAt(v1::ERROR_REASON_ENTITY_NOT_FOUND, "entity"));
}

// Pages may be shorter than asked for, and even empty, before the last one.
TEST(DiffTest, EmptyPagesAreNoEnd) {
  auto connection = std::make_shared<MockConnection>();
  connection->diff_revisions = [](const v1::DiffRevisionsRequest& request) {
    EXPECT_EQ(request.from(), 3u) << "changed between pages";
    v1::DiffRevisionsResponse page;
    if (request.page_token().empty()) {
      page.set_next_page_token("more");
    } else {
      page.add_differences()->mutable_statement()->set_id("s-1");
      page.add_differences()->mutable_entity()->set_id("lab/exit");
    }
    return page;
  };
  v1::DiffRevisionsRequest request;
  request.set_from(3);
  absl::StatusOr<std::vector<v1::RecordDifference>> all =
      DiffRevisions(connection, request).Collect();
  ASSERT_THAT(all, IsOk());
  ASSERT_EQ(all->size(), 2u);
  EXPECT_EQ(all->front().statement().id(), "s-1");
  EXPECT_EQ(all->back().entity().id(), "lab/exit");
}

}  // namespace
}  // namespace labgraph::client
