// Walks and paths page by page, and paths that pass no entity twice, through the public
// client.

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/conformance/served_graph.h"
#include "tests/testing/status_matchers.h"

namespace labgraph::conformance {
namespace {

using ::labgraph::testing::FailsAt;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class WalkPages : public ServedGraph {
 protected:
  absl::StatusOr<v1::TraverseResponse> Traverse(const std::string& text) {
    return ServedGraph::Traverse(Parse<v1::TraverseRequest>(text));
  }
  absl::StatusOr<v1::FindPathsResponse> FindPaths(const std::string& text) {
    return ServedGraph::FindPaths(Parse<v1::FindPathsRequest>(text));
  }

  // Writes something that would change the answers of walks at the newest revision.
  void CommitAnotherLab() {
    const std::string lab = absl::StrCat("lab/a", ++labs_);
    const auto done = Commit(absl::StrCat(
        "mutations { put_entity { id: '", lab,
        "' } } mutations { put_statement { subject: '", lab,
        "' predicate: 'targets' object: 'topic/t1' } } mutations { put_statement { "
        "subject: 'lab/a' predicate: 'works_with' object: '",
        lab, "' } }"));
    EXPECT_OK(done);
  }

  int labs() const { return labs_; }

 private:
  int labs_ = 0;
};

// What pages may not change.
std::vector<std::string> Rows(const v1::TraverseResponse& answer) {
  std::vector<std::string> rows;
  for (const v1::TraverseHit& hit : answer.hits()) rows.push_back(hit.DebugString());
  return rows;
}
std::vector<std::string> Rows(const v1::FindPathsResponse& answer) {
  std::vector<std::string> rows;
  for (const v1::Path& path : answer.paths()) rows.push_back(path.DebugString());
  return rows;
}

void Append(const std::vector<std::string>& more, std::vector<std::string>* rows) {
  rows->insert(rows->end(), more.begin(), more.end());
}

constexpr char kWalk[] =
    "start: 'topic/t1' steps { direction: DIRECTION_BOTH max_hops: 3 } ";
constexpr char kPaths[] = "from: 'lab/a' to: 'topic/t1' mode: PATH_MODE_ALL_SIMPLE ";

TEST_P(WalkPages, PagesOfAWalkAreTheWholeAnswerWhateverIsWritten) {
  for (int i = 0; i < 4; ++i) CommitAnotherLab();
  for (const char* view : {"", "view: ENTITY_VIEW_IDS ", "include_paths: true "}) {
    SCOPED_TRACE(view);
    const std::string request = absl::StrCat(kWalk, view);
    ASSERT_OK_AND_ASSIGN(const auto whole, Traverse(request));
    std::vector<std::string> together;
    std::string token;
    do {
      ASSERT_OK_AND_ASSIGN(
          const auto page,
          Traverse(absl::StrCat(request, "max_hits: 3 page_token: '", token, "'")));
      EXPECT_EQ(page.summary().revision(), whole.summary().revision());
      EXPECT_EQ(page.summary().cut() == v1::CUT_REASON_MAX_HITS,
                !page.summary().next_page_token().empty());
      Append(Rows(page), &together);
      token = page.summary().next_page_token();
      CommitAnotherLab();
    } while (!token.empty());
    EXPECT_EQ(together, Rows(whole));
    EXPECT_GT(together.size(), 6u);
  }
}

// Messages of ids have more rows where ids are short, and fewer where they are long.
TEST_P(WalkPages, AStreamOfIdsHasTheHitsOfAnyOther) {
  for (const size_t length : {1u, 100u, 1u}) {
    v1::CommitRequest request;
    for (int i = 0; i < 1500; ++i) {
      const std::string lab =
          absl::StrCat("lab/", std::string(length, 'a' + labs()), "-", i);
      request.add_mutations()->mutable_put_entity()->set_id(lab);
      v1::Statement* const targets = request.add_mutations()->mutable_put_statement();
      targets->set_subject(lab);
      targets->set_predicate("targets");
      targets->set_object("topic/t1");
    }
    ASSERT_OK(connection().Commit(request));
    CommitAnotherLab();
  }
  ASSERT_OK_AND_ASSIGN(const auto named, Traverse(kWalk));
  ASSERT_OK_AND_ASSIGN(const auto ids,
                       Traverse(absl::StrCat(kWalk, "view: ENTITY_VIEW_IDS")));
  ASSERT_EQ(ids.hits_size(), named.hits_size());
  EXPECT_GT(ids.hits_size(), 4500);
  for (int i = 0; i < ids.hits_size(); ++i) {
    v1::TraverseHit expected;
    expected.mutable_entity()->set_id(named.hits(i).entity().id());
    expected.set_depth(named.hits(i).depth());
    expected.set_step(named.hits(i).step());
    expected.set_certainty(named.hits(i).certainty());
    ASSERT_EQ(ids.hits(i).DebugString(), expected.DebugString());
  }
}

TEST_P(WalkPages, PagesOfPathsAreTheWholeAnswerWhateverIsWritten) {
  for (int i = 0; i < 4; ++i) CommitAnotherLab();
  ASSERT_OK_AND_ASSIGN(const auto whole, FindPaths(kPaths));
  std::vector<std::string> together;
  std::string token;
  do {
    ASSERT_OK_AND_ASSIGN(
        const auto page,
        FindPaths(absl::StrCat(kPaths, "max_paths: 2 page_token: '", token, "'")));
    EXPECT_EQ(page.summary().revision(), whole.summary().revision());
    Append(Rows(page), &together);
    token = page.summary().next_page_token();
    CommitAnotherLab();
  } while (!token.empty());
  EXPECT_EQ(together, Rows(whole));
  EXPECT_GT(together.size(), 4u);
}

TEST_P(WalkPages, KShortestIsWholeAndCanGoOn) {
  const std::string request =
      "from: 'lab/a' to: 'topic/t1' mode: PATH_MODE_K_SHORTEST max_paths: 1 ";
  ASSERT_OK_AND_ASSIGN(const auto first, FindPaths(request));
  EXPECT_EQ(first.summary().cut(), v1::CUT_REASON_UNSPECIFIED);
  EXPECT_EQ(first.summary().hops(), 1u);
  const auto next = [&](const v1::FindPathsResponse& page) {
    return FindPaths(absl::StrCat(request, "max_visited: 100000 page_token: '",
                                  page.summary().next_page_token(), "'"));
  };
  ASSERT_OK_AND_ASSIGN(const auto second, next(first));
  EXPECT_EQ(second.summary().hops(), 2u);
  ASSERT_OK_AND_ASSIGN(const auto third, next(second));
  EXPECT_EQ(third.paths_size(), 0);
  EXPECT_EQ(third.summary().next_page_token(), "");
}

TEST_P(WalkPages, WholeAnswersHaveNoToken) {
  ASSERT_OK_AND_ASSIGN(const auto walk, Traverse(kWalk));
  EXPECT_EQ(walk.summary().next_page_token(), "");
  ASSERT_OK_AND_ASSIGN(const auto count,
                       Traverse(absl::StrCat(kWalk, "count_only: true max_hits: 1")));
  EXPECT_EQ(count.summary().cut(), v1::CUT_REASON_MAX_HITS);
  EXPECT_EQ(count.summary().next_page_token(), "");
  ASSERT_OK_AND_ASSIGN(const auto path,
                       FindPaths("from: 'lab/a' to: 'topic/t1' max_paths: 1"));
  EXPECT_EQ(path.paths_size(), 1);
  EXPECT_EQ(path.summary().next_page_token(), "");
  ASSERT_OK_AND_ASSIGN(const auto visited,
                       Traverse(absl::StrCat(kWalk, "max_visited: 1")));
  EXPECT_EQ(visited.summary().cut(), v1::CUT_REASON_MAX_VISITED);
  EXPECT_EQ(visited.summary().next_page_token(), "");
}

TEST_P(WalkPages, ATokenIsOfOneRequest) {
  const auto refused = FailsAt(v1::ERROR_REASON_PAGE_TOKEN_INVALID, "page_token");
  ASSERT_OK_AND_ASSIGN(const auto walk, Traverse(absl::StrCat(kWalk, "max_hits: 1")));
  const std::string token =
      absl::StrCat(" page_token: '", walk.summary().next_page_token(), "' ");
  EXPECT_OK(Traverse(absl::StrCat(kWalk, token, "max_hits: 7 max_visited: 1000")));
  EXPECT_THAT(Traverse(absl::StrCat(kWalk, token, "view: ENTITY_VIEW_IDS")), refused);
  EXPECT_THAT(Traverse(absl::StrCat(kWalk, token, "count_only: true")), refused);
  EXPECT_THAT(Traverse(absl::StrCat(kWalk, token, "read { valid_at: '2022-01-01' }")),
              refused);
  EXPECT_THAT(Traverse(absl::StrCat(kWalk, "page_token: 'AAAA'")), refused);
  EXPECT_THAT(FindPaths(absl::StrCat(kPaths, token)), refused);
  ASSERT_OK_AND_ASSIGN(const auto paths, FindPaths(absl::StrCat(kPaths, "max_paths: 1")));
  const std::string paths_token =
      absl::StrCat(" page_token: '", paths.summary().next_page_token(), "' ");
  EXPECT_OK(FindPaths(absl::StrCat(kPaths, paths_token, "max_paths: 5")));
  EXPECT_THAT(FindPaths(absl::StrCat(kPaths, paths_token, "max_hops: 5")), refused);
}

std::vector<std::string> Entities(const v1::Path& path) {
  std::vector<std::string> ids;
  for (const v1::Entity& entity : path.entities()) ids.push_back(entity.id());
  return ids;
}

TEST_P(WalkPages, PathsHaveWhatIsRequired) {
  ASSERT_OK_AND_ASSIGN(const auto through,
                       FindPaths("from: 'lab/a' to: 'topic/t2' "
                                 "required_entities: 'lab/b' "
                                 "required_predicates: 'narrower_than'"));
  ASSERT_EQ(through.paths_size(), 1);
  EXPECT_THAT(Entities(through.paths(0)),
              ElementsAre("lab/a", "lab/b", "topic/t1", "topic/t2"));
  ASSERT_OK_AND_ASSIGN(const auto where,
                       FindPaths("from: 'lab/a' to: 'topic/t1' where: 'kind = topic' "
                                 "mode: PATH_MODE_ALL_SIMPLE"));
  EXPECT_EQ(where.paths_size(), 1);
  ASSERT_OK_AND_ASSIGN(const auto none,
                       FindPaths("from: 'lab/a' to: 'topic/t1' max_hops: 1 "
                                 "required_entities: 'lab/b'"));
  EXPECT_THAT(none.paths(), IsEmpty());
  EXPECT_EQ(none.summary().cut(), v1::CUT_REASON_UNSPECIFIED);
}

TEST_P(WalkPages, WhatIsRequiredHasALimit) {
  v1::FindPathsRequest request = Parse<v1::FindPathsRequest>("from: 'lab/a' to: 'lab/b'");
  for (int i = 0; i < 16; ++i) {
    request.add_required_entities("lab/a");
    request.add_required_predicates("targets");
  }
  EXPECT_OK(ServedGraph::FindPaths(request));
  request.add_required_entities("lab/a");
  EXPECT_THAT(ServedGraph::FindPaths(request),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "required_entities"));
  request.mutable_required_entities()->RemoveLast();
  request.add_required_predicates("targets");
  EXPECT_THAT(ServedGraph::FindPaths(request),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "required_predicates"));
}

INSTANTIATE_TEST_SUITE_P(Stores, WalkPages, ::testing::Bool());

}  // namespace
}  // namespace labgraph::conformance
