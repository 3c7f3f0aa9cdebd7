// Answers that would be too large for one message come in more pages, or are refused.

#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "server/base/error.h"
#include "server/base/limits.h"
#include "tests/conformance/served_graph.h"
#include "tests/testing/status_matchers.h"

namespace labgraph::conformance {
namespace {

using ::labgraph::testing::FailsAt;

constexpr int kLabs = 60;

// Labs of some 60 KiB each, together more than a page may have; each targets topic/t1.
class LargeAnswers : public ServedGraph {
 protected:
  void SetUp() override {
    ServedGraph::SetUp();
    v1::CommitRequest request;
    for (int i = 0; i < kLabs; ++i) {
      v1::Entity* const lab = request.add_mutations()->mutable_put_entity();
      lab->set_id(absl::StrCat("lab/large", i));
      for (char c = 'a'; c < 'p'; ++c) {
        const std::string lang = {'x', c};
        (*lab->mutable_descriptions())[lang] = std::string(limits::kTextBytes.value, c);
      }
    }
    ASSERT_OK(connection().Commit(request));
    request.Clear();
    for (int i = 0; i < kLabs; ++i) {
      v1::Statement* const statement = request.add_mutations()->mutable_put_statement();
      statement->set_subject(absl::StrCat("lab/large", i));
      statement->set_predicate("targets");
      statement->set_object("topic/t1");
      for (int source = 0; source < 15; ++source) {
        v1::Source* const out = statement->add_sources();
        out->set_document("doc/d");
        out->set_locator(absl::StrCat(source));
        out->set_quote(std::string(limits::kTextBytes.value - 100, 'q'));
      }
    }
    ASSERT_OK(connection().Commit(request));
  }

  // The records of all pages. `call` asks for a page, `ids` adds those on it to a set.
  template <typename Request, typename Call, typename Ids>
  std::set<std::string> AllPages(Request request, Call call, Ids ids) {
    std::set<std::string> all;
    int pages = 0;
    request.set_page_size(limits::kPageSize.value);
    do {
      const auto page = call(request);
      EXPECT_OK(page);
      if (!page.ok()) break;
      // The last may pass it: a version is a record with what each field was and is.
      EXPECT_LT(page->ByteSizeLong(),
                limits::kPageBytes.value + 4 * limits::kRecordBytes.value);
      ids(*page, &all);
      request.set_page_token(page->next_page_token());
      ++pages;
    } while (!request.page_token().empty());
    EXPECT_GT(pages, 1);
    return all;
  }
};

TEST_P(LargeAnswers, EntitiesComeInMorePages) {
  const auto ids = AllPages(
      Parse<v1::ListEntitiesRequest>("kinds: 'lab' view: ENTITY_VIEW_FULL"),
      [&](const auto& request) { return connection().ListEntities(request); },
      [](const v1::ListEntitiesResponse& page, std::set<std::string>* all) {
        for (const v1::Entity& entity : page.entities()) all->insert(entity.id());
      });
  EXPECT_EQ(ids.size(), kLabs + 2u);
}

TEST_P(LargeAnswers, StatementsComeInMorePages) {
  const auto ids = AllPages(
      Parse<v1::ListStatementsRequest>("object: 'topic/t1'"),
      [&](const auto& request) { return connection().ListStatements(request); },
      [](const v1::ListStatementsResponse& page, std::set<std::string>* all) {
        for (const v1::Statement& statement : page.statements())
          all->insert(statement.subject());
      });
  EXPECT_EQ(ids.size(), kLabs + 2u);
}

TEST_P(LargeAnswers, NeighborsComeInMorePages) {
  const auto ids = AllPages(
      Parse<v1::ListNeighborsRequest>(
          "id: 'topic/t1' direction: DIRECTION_IN predicates: 'targets'"),
      [&](const auto& request) { return connection().ListNeighbors(request); },
      [](const v1::ListNeighborsResponse& page, std::set<std::string>* all) {
        for (const v1::NeighborGroup& group : page.groups())
          for (const v1::Neighbor& neighbor : group.neighbors())
            all->insert(neighbor.entity().id());
      });
  EXPECT_EQ(ids.size(), kLabs + 2u);
}

TEST_P(LargeAnswers, DifferencesComeInMorePages) {
  const auto ids = AllPages(
      Parse<v1::DiffRevisionsRequest>(absl::StrCat("from: ", kFactsRevision)),
      [&](const auto& request) { return connection().DiffRevisions(request); },
      [](const v1::DiffRevisionsResponse& page, std::set<std::string>* all) {
        for (const v1::RecordDifference& difference : page.differences())
          all->insert(difference.entity().id() + difference.statement().id());
      });
  EXPECT_EQ(ids.size(), 2u * kLabs);
}

TEST_P(LargeAnswers, VersionsComeInMorePages) {
  v1::CommitRequest request;
  v1::Entity* const lab = request.add_mutations()->mutable_put_entity();
  lab->set_id("lab/large0");
  for (int i = 0; i < kLabs; ++i) {
    for (char c = 'a'; c < 'p'; ++c) {
      const std::string lang = {'x', c};
      (*lab->mutable_descriptions())[lang] =
          std::string(limits::kTextBytes.value - 1, c) + (i % 2 == 0 ? '1' : '2');
    }
    ASSERT_OK(connection().Commit(request));
  }
  const auto revisions = AllPages(
      Parse<v1::GetHistoryRequest>("entity: 'lab/large0'"),
      [&](const auto& asked) { return connection().GetHistory(asked); },
      [](const v1::GetHistoryResponse& page, std::set<std::string>* all) {
        for (const v1::Version& version : page.versions())
          all->insert(absl::StrCat(version.revision()));
      });
  EXPECT_EQ(revisions.size(), kLabs + 1u);
}

TEST_P(LargeAnswers, ABatchOfTooManyBytesIsRefused) {
  v1::BatchGetEntitiesRequest request;
  request.set_view(v1::ENTITY_VIEW_FULL);
  for (uint64_t i = 0; i < limits::kBatchIds.value; ++i) request.add_ids("lab/large0");
  v1::BatchGetEntitiesRequest one;
  one.set_view(v1::ENTITY_VIEW_FULL);
  one.add_ids("lab/large0");
  ASSERT_OK_AND_ASSIGN(const auto answer, connection().BatchGetEntities(one));
  // As many as fit, and then one more.
  const size_t fit = limits::kBatchBytes.value / answer.entities(0).ByteSizeLong();
  ASSERT_LT(fit, limits::kBatchIds.value);
  request.mutable_ids()->DeleteSubrange(0,
                                        static_cast<int>(limits::kBatchIds.value - fit));
  EXPECT_OK(connection().BatchGetEntities(request));
  request.add_ids("lab/large0");
  const absl::Status above = connection().BatchGetEntities(request).status();
  EXPECT_THAT(above, FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "ids"));
  EXPECT_EQ(MetaOf(above, "limit"), "batch_bytes");
}

INSTANTIATE_TEST_SUITE_P(Stores, LargeAnswers, ::testing::Bool());

}  // namespace
}  // namespace labgraph::conformance
