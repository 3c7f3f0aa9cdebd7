// What was, what became different, and how several write safely: over a socket.

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tests/conformance/served_graph.h"
#include "tests/testing/status_matchers.h"

namespace labgraph::conformance {
namespace {

using ::labgraph::testing::FailsAt;
using ::labgraph::testing::FailsWith;

class HistoryCalls : public ServedGraph {};

TEST_P(HistoryCalls, AVersionTellsWhoAndWhyInPages) {
  for (int i = 0; i < 3; ++i) {
    ASSERT_OK(Commit(absl::StrCat("actor: 'ann' message: 'm", i,
                                  "' mutations { put_entity { id: 'lab/h' names { "
                                  "key: 'en' value: 'H",
                                  i, "' } } }")));
  }
  auto request = Parse<v1::GetHistoryRequest>("entity: 'lab/h' page_size: 2");
  const auto first = connection().GetHistory(request);
  ASSERT_OK(first);
  ASSERT_EQ(first->versions_size(), 2);
  EXPECT_EQ(first->versions(0).actor(), "ann");
  EXPECT_EQ(first->versions(0).message(), "m2");
  EXPECT_EQ(first->versions(0).outcome(), v1::OUTCOME_UPDATED);
  ASSERT_EQ(first->versions(0).differences_size(), 1);
  EXPECT_EQ(first->versions(0).differences(0).field(), "names.en");
  EXPECT_EQ(first->versions(0).differences(0).before(), "\"H1\"");
  // What is written in between does not show on the next page.
  ASSERT_OK(Commit("mutations { delete_entity { id: 'lab/h' } }"));
  request.set_page_token(first->next_page_token());
  const auto second = connection().GetHistory(request);
  ASSERT_OK(second);
  ASSERT_EQ(second->versions_size(), 1);
  EXPECT_EQ(second->versions(0).outcome(), v1::OUTCOME_CREATED);
  EXPECT_EQ(second->revision(), first->revision());
  EXPECT_EQ(second->next_page_token(), "");
}

TEST_P(HistoryCalls, MistakesAreToldAtTheirFields) {
  EXPECT_THAT(connection().GetHistory(Parse<v1::GetHistoryRequest>("")),
              FailsAt(v1::ERROR_REASON_FIELD_REQUIRED, "entity"));
  EXPECT_THAT(connection().GetHistory(Parse<v1::GetHistoryRequest>("entity: 'lab/zz'")),
              FailsAt(v1::ERROR_REASON_ENTITY_NOT_FOUND, "entity"));
  EXPECT_THAT(connection().GetHistory(
                  Parse<v1::GetHistoryRequest>("entity: 'lab/a' page_size: 1001")),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "page_size"));
  EXPECT_THAT(connection().GetHistory(
                  Parse<v1::GetHistoryRequest>("entity: 'lab/a' page_token: 'x'")),
              FailsAt(v1::ERROR_REASON_PAGE_TOKEN_INVALID, "page_token"));
  EXPECT_THAT(connection().DiffRevisions(Parse<v1::DiffRevisionsRequest>("from: 99")),
              FailsAt(v1::ERROR_REASON_REVISION_IN_FUTURE, "from"));
  EXPECT_THAT(
      connection().DiffRevisions(Parse<v1::DiffRevisionsRequest>("from: 2 to: 1")),
      FailsAt(v1::ERROR_REASON_FIELD_INVALID, "from"));
  EXPECT_THAT(
      connection().DiffRevisions(Parse<v1::DiffRevisionsRequest>("from: 1 to: 99")),
      FailsAt(v1::ERROR_REASON_REVISION_IN_FUTURE, "to"));
  EXPECT_THAT(connection().DiffRevisions(
                  Parse<v1::DiffRevisionsRequest>("filter { kinds: 'nope' }")),
              FailsAt(v1::ERROR_REASON_KIND_UNKNOWN, "filter.kinds[0]"));
}

TEST_P(HistoryCalls, ForgottenRevisionsAreToldAtTheFieldsThatNameThem) {
  ASSERT_OK(Commit("mutations { put_entity { id: 'lab/h' } }"));
  ASSERT_OK(Commit("mutations { put_entity { id: 'lab/h' placeholder: true } }"));
  auto history = Parse<v1::GetHistoryRequest>("entity: 'lab/h' page_size: 1");
  auto labs = Parse<v1::ListEntitiesRequest>("kinds: 'lab' page_size: 1");
  history.set_page_token(connection().GetHistory(history)->next_page_token());
  labs.set_page_token(connection().ListEntities(labs)->next_page_token());
  ASSERT_NE(history.page_token(), "");
  ASSERT_NE(labs.page_token(), "");
  const auto last = Commit("mutations { put_entity { id: 'lab/later' } }");
  ASSERT_OK(last);
  v1::CompactHistoryRequest compact;
  compact.set_before(last->revision());
  ASSERT_OK(connection().CompactHistory(compact));
  const auto token = connection().GetHistory(history).status();
  EXPECT_THAT(token, FailsAt(v1::ERROR_REASON_REVISION_COMPACTED, "page_token"));
  EXPECT_TRUE(absl::EndsWith(token.message(), "Begin again without the token."));
  EXPECT_THAT(connection().ListEntities(labs),
              FailsAt(v1::ERROR_REASON_REVISION_COMPACTED, "page_token"));
  const auto diff =
      connection().DiffRevisions(Parse<v1::DiffRevisionsRequest>("from: 1 to: 2"));
  EXPECT_THAT(diff, FailsAt(v1::ERROR_REASON_REVISION_COMPACTED, "from"));
  EXPECT_TRUE(absl::EndsWith(diff.status().message(), "Ask for that or a later one."));
}

TEST_P(HistoryCalls, DifferencesComeInPagesOfOnePairOfRevisions) {
  std::string mutations;
  for (int i = 0; i < 5; ++i) {
    absl::StrAppend(&mutations, "mutations { put_entity { id: 'lab/n", i, "' } }");
  }
  ASSERT_OK(Commit(mutations));
  auto request = Parse<v1::DiffRevisionsRequest>(
      absl::StrCat("from: ", kFactsRevision, " page_size: 2 filter { kinds: 'lab' }"));
  std::vector<std::string> ids;
  do {
    const auto page = connection().DiffRevisions(request);
    ASSERT_OK(page);
    EXPECT_EQ(page->to(), kFactsRevision + 1);
    for (const v1::RecordDifference& found : page->differences()) {
      ids.push_back(found.entity().id());
    }
    request.set_page_token(page->next_page_token());
    ASSERT_OK(Commit("mutations { put_entity { id: 'lab/later' } }"));
  } while (!request.page_token().empty());
  EXPECT_EQ(ids.size(), 5u);
}

TEST_P(HistoryCalls, APreconditionThatDoesNotHoldChangesNothing) {
  const auto refused = Commit(
      "mutations { put_entity { id: 'lab/new' } } preconditions { entity: 'lab/a' must: "
      "REQUIREMENT_UNCHANGED_SINCE revision: 1 }");
  EXPECT_THAT(refused, FailsAt(v1::ERROR_REASON_PRECONDITION_FAILED, "preconditions[0]"));
  EXPECT_THAT(connection().GetEntity(Parse<v1::GetEntityRequest>("id: 'lab/new'")),
              FailsWith(v1::ERROR_REASON_ENTITY_NOT_FOUND));
}

TEST_P(HistoryCalls, AMergedIdLeadsToTheEntityThatStays) {
  ASSERT_OK(
      Commit("mutations { put_entity { id: 'lab/un' placeholder: true } } mutations "
             "{ put_statement { subject: 'lab/un' predicate: 'targets' object: "
             "'topic/t2' } }"));
  ASSERT_OK(Commit("mutations { merge_entities { from: 'lab/un' into: 'lab/a' } }"));
  const auto got = connection().GetEntity(Parse<v1::GetEntityRequest>("id: 'lab/un'"));
  ASSERT_OK(got);
  EXPECT_EQ(got->entity().id(), "lab/a");
  EXPECT_EQ(got->redirected_from(), "lab/un");
  const auto neighbors = connection().ListNeighbors(
      Parse<v1::ListNeighborsRequest>("id: 'lab/un' predicates: 'targets'"));
  ASSERT_OK(neighbors);
  ASSERT_EQ(neighbors->groups_size(), 1);
  EXPECT_EQ(neighbors->groups(0).count(), 2u);
  ASSERT_OK(Commit("mutations { unmerge_entity { id: 'lab/un' } }"));
  const auto back = connection().GetEntity(Parse<v1::GetEntityRequest>("id: 'lab/un'"));
  ASSERT_OK(back);
  EXPECT_EQ(back->entity().id(), "lab/un");
  EXPECT_EQ(back->redirected_from(), "");
}

INSTANTIATE_TEST_SUITE_P(Stores, HistoryCalls, ::testing::Bool());

}  // namespace
}  // namespace labgraph::conformance
