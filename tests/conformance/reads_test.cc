// Reads through the public client: revisions, valid time, languages, pages and limits.

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "server/base/error.h"
#include "server/base/limits.h"
#include "tests/conformance/served_graph.h"
#include "tests/testing/status_matchers.h"

namespace labgraph::conformance {
namespace {

using ::labgraph::testing::FailsAt;
using ::labgraph::testing::StatusIs;
using ::testing::ElementsAre;

class Reads : public ServedGraph {
 protected:
  absl::StatusOr<v1::ListStatementsResponse> Statements(const std::string& text) {
    return connection().ListStatements(Parse<v1::ListStatementsRequest>(text));
  }
  absl::StatusOr<v1::ListEntitiesResponse> Entities(const std::string& text) {
    return connection().ListEntities(Parse<v1::ListEntitiesRequest>(text));
  }
};

TEST_P(Reads, AnEarlierRevisionIsTheGraphAsItWas) {
  ASSERT_OK(Commit(R"pb(mutations { retract_statement { id: "merger" } }
                        mutations { put_entity { id: "lab/a" placeholder: true } })pb"));
  ASSERT_OK_AND_ASSIGN(const auto now, Statements("subject: \"lab/a\""));
  ASSERT_OK_AND_ASSIGN(const auto then,
                       Statements("subject: \"lab/a\" read { revision: 2 }"));
  ASSERT_OK_AND_ASSIGN(
      const auto before,
      Entities(absl::StrCat("read { revision: ", kSchemaRevision, " }")));
  EXPECT_EQ(now.statements_size(), 2);
  EXPECT_EQ(then.statements_size(), 3);
  EXPECT_EQ(then.revision(), kFactsRevision);
  EXPECT_EQ(before.entities_size(), 0);
  ASSERT_OK_AND_ASSIGN(const auto entity,
                       connection().GetEntity(Parse<v1::GetEntityRequest>(
                           "id: \"lab/a\" read { revision: 2 }")));
  EXPECT_FALSE(entity.entity().placeholder());
  EXPECT_THAT(Statements("read { revision: 99 }"),
              FailsAt(v1::ERROR_REASON_REVISION_IN_FUTURE, "read.revision"));
  EXPECT_THAT(Statements("read { at_least_revision: 99 }"),
              FailsAt(v1::ERROR_REASON_REVISION_IN_FUTURE, "read.at_least_revision"));
}

TEST_P(Reads, ADayHasThreeAnswers) {
  struct {
    const char* day;
    v1::Certainty certainty;
  } cases[] = {{"2022-12-31", v1::CERTAINTY_NO},
               {"2023-06-01", v1::CERTAINTY_POSSIBLE},
               {"2023-12-31", v1::CERTAINTY_CERTAIN},
               {"2030-01-01", v1::CERTAINTY_CERTAIN}};
  for (const auto& c : cases) {
    SCOPED_TRACE(c.day);
    ASSERT_OK_AND_ASSIGN(
        const auto page,
        Statements(absl::StrCat("ids: \"merger\" read { valid_at: \"", c.day, "\" }")));
    ASSERT_EQ(page.statements_size(), c.certainty == v1::CERTAINTY_NO ? 0 : 1);
    if (page.statements_size() == 1) {
      EXPECT_EQ(page.statements(0).certainty(), c.certainty);
      EXPECT_EQ(page.statements(0).valid().earliest_start(), "2023-01-01");
      EXPECT_EQ(page.statements(0).valid().latest_start(), "2023-12-31");
    }
  }
  EXPECT_THAT(Statements("read { valid_at: \"2022\" }"),
              FailsAt(v1::ERROR_REASON_DATE_MALFORMED, "read.valid_at"));
  EXPECT_THAT(Statements("read { certainty: CERTAINTY_CERTAIN }"),
              FailsAt(v1::ERROR_REASON_FIELD_INVALID, "read.certainty"));
}

TEST_P(Reads, AMissingLanguageFallsBackAndSaysSo) {
  ASSERT_OK_AND_ASSIGN(const auto answer,
                       connection().GetEntity(Parse<v1::GetEntityRequest>(
                           "id: \"lab/a\" read { lang: \"de,en\" }")));
  EXPECT_EQ(answer.entity().label().lang(), "nl");
  EXPECT_EQ(answer.entity().label().text(), "Heet ijzer");
}

TEST_P(Reads, AnEntityIsFoundByItsAlias) {
  ASSERT_OK_AND_ASSIGN(
      const auto answer,
      connection().GetEntity(Parse<v1::GetEntityRequest>("id: \"Hot Iron\"")));
  EXPECT_EQ(answer.entity().id(), "lab/a");
}

TEST_P(Reads, PagesStayAtTheirRevision) {
  std::vector<std::string> ids;
  std::string token;
  do {
    ASSERT_OK_AND_ASSIGN(
        const auto page,
        Entities(absl::StrCat("page_size: 2 page_token: \"", token, "\"")));
    for (const v1::Entity& entity : page.entities()) ids.push_back(entity.id());
    EXPECT_EQ(page.revision(), kFactsRevision);
    token = page.next_page_token();
    ASSERT_OK(connection().Commit(Parse<v1::CommitRequest>(
        absl::StrCat("mutations { put_entity { id: \"lab/later", ids.size(), "\" } }"))));
  } while (!token.empty());
  std::sort(ids.begin(), ids.end());
  EXPECT_THAT(ids, ElementsAre("doc/d", "lab/a", "lab/b", "topic/t1", "topic/t2"));
}

TEST_P(Reads, APageTokenIsOfOneRequest) {
  ASSERT_OK_AND_ASSIGN(const auto page, Entities("page_size: 1"));
  const std::string token = absl::StrCat("page_token: \"", page.next_page_token(), "\"");
  EXPECT_OK(Entities(token));
  EXPECT_THAT(Entities("kinds: \"lab\" " + token),
              FailsAt(v1::ERROR_REASON_PAGE_TOKEN_INVALID, "page_token"));
  EXPECT_THAT(Statements(token),
              FailsAt(v1::ERROR_REASON_PAGE_TOKEN_INVALID, "page_token"));
  EXPECT_THAT(Entities("page_token: \"AAAA\""),
              FailsAt(v1::ERROR_REASON_PAGE_TOKEN_INVALID, "page_token"));
}

TEST_P(Reads, ASymmetricRelationIsFoundFromEitherEnd) {
  ASSERT_OK(Commit(
      R"pb(mutations {
             put_statement { subject: "lab/b" predicate: "works_with" object: "lab/a" }
           })pb"));
  for (const char* subject : {"lab/a", "lab/b"}) {
    ASSERT_OK_AND_ASSIGN(const auto page,
                         Statements(absl::StrCat("predicates: \"works_with\" subject: \"",
                                                 subject, "\"")));
    EXPECT_EQ(page.statements_size(), 1) << subject;
  }
}

TEST_P(Reads, LimitsHoldAtTheLimitAndNotAbove) {
  const auto entities = [&](size_t size) {
    return Entities(absl::StrCat("page_size: ", size)).status();
  };
  EXPECT_OK(entities(1000));
  EXPECT_THAT(entities(1001), FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "page_size"));

  const auto batch = [&](int size) {
    v1::BatchGetEntitiesRequest request;
    for (int i = 0; i < size; ++i) request.add_ids("lab/a");
    return connection().BatchGetEntities(request).status();
  };
  EXPECT_OK(batch(1000));
  EXPECT_THAT(batch(1001), FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "ids"));

  const auto search = [&](int limit, size_t bytes) {
    v1::SearchEntitiesRequest request;
    request.set_query(std::string(bytes, 'a'));
    request.set_limit(limit);
    return connection().SearchEntities(request).status();
  };
  EXPECT_OK(search(100, 256));
  EXPECT_THAT(search(101, 10), FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "limit"));
  EXPECT_THAT(search(10, 257), FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "query"));

  const auto steps = [&](int count, uint32_t hops) {
    v1::TraverseRequest request;
    request.add_start("lab/a");
    for (int i = 0; i < count; ++i) request.add_steps()->set_max_hops(hops);
    return Traverse(request).status();
  };
  EXPECT_OK(steps(16, 64));
  EXPECT_THAT(steps(17, 1), FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "steps"));
  EXPECT_THAT(steps(1, 65),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "steps[0].max_hops"));

  const auto paths = [&](uint32_t hops, uint32_t count) {
    v1::FindPathsRequest request;
    request.add_from("lab/a");
    request.add_to("topic/t2");
    request.set_max_hops(hops);
    request.set_max_paths(count);
    return FindPaths(request).status();
  };
  EXPECT_OK(paths(64, 10000));
  EXPECT_THAT(paths(65, 1), FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "max_hops"));
  EXPECT_THAT(paths(1, 10001), FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "max_paths"));
}

// A request of so many bytes: an id, behind a tag and a length of four bytes.
v1::BatchGetEntitiesRequest RequestOf(size_t bytes) {
  v1::BatchGetEntitiesRequest request;
  request.add_ids(std::string(bytes - 5, 'a'));
  EXPECT_EQ(request.ByteSizeLong(), bytes);
  return request;
}

TEST_P(Reads, AMessageOverTheLimitIsRefused) {
  const size_t limit = limits::kRequestBytes.value;
  EXPECT_THAT(connection().BatchGetEntities(RequestOf(limit)),
              FailsAt(v1::ERROR_REASON_ID_MALFORMED, "ids[0]"));
  const absl::Status above = connection().BatchGetEntities(RequestOf(limit + 1)).status();
  EXPECT_THAT(above, FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, ""));
  EXPECT_EQ(MetaOf(above, "limit"), "request_bytes");
  // What could fill the memory is not received at all.
  EXPECT_THAT(connection().BatchGetEntities(RequestOf(limits::kReceivedBytes + 1)),
              StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_OK(connection().GetServerInfo({}));
}

TEST_P(Reads, ARequestNamesAtMost16Languages) {
  const auto read = [&](int languages) {
    std::string lang = "nl";
    for (int i = 1; i < languages; ++i) lang += ",nl";
    return connection()
        .GetEntity(Parse<v1::GetEntityRequest>(
            absl::StrCat("id: \"lab/a\" read { lang: \"", lang, "\" }")))
        .status();
  };
  EXPECT_OK(read(16));
  EXPECT_THAT(read(17), FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "read.lang"));
}

TEST_P(Reads, EveryLimitIsToldByTheServer) {
  ASSERT_OK_AND_ASSIGN(const auto info, connection().GetServerInfo({}));
  EXPECT_EQ(info.limits_size(), 55);
  for (const v1::Limit& limit : info.limits()) {
    EXPECT_GT(limit.value(), 0u) << limit.name();
    EXPECT_FALSE(limit.description().empty()) << limit.name();
  }
  EXPECT_EQ(info.entity_count(), 5u);
  EXPECT_EQ(info.statement_count(), 5u);
}

TEST_P(Reads, AWalkAndAPathCarryTheirStatements) {
  ASSERT_OK_AND_ASSIGN(const auto walk, Traverse(Parse<v1::TraverseRequest>(R"pb(
                         start: "topic/t2"
                         steps { predicates: "narrower_than" direction: DIRECTION_IN }
                         steps { predicates: "targeted_by" kinds: "lab" }
                         include_paths: true)pb")));
  ASSERT_EQ(walk.hits_size(), 2);
  EXPECT_EQ(walk.hits(0).path_size(), 2);
  EXPECT_EQ(walk.hits(0).depth(), 2u);
  EXPECT_EQ(walk.summary().hits(), 2u);
  EXPECT_EQ(walk.summary().cut(), v1::CUT_REASON_UNSPECIFIED);
  ASSERT_OK_AND_ASSIGN(const auto paths, FindPaths(Parse<v1::FindPathsRequest>(R"pb(
                         from: "lab/a"
                         to: "lab/b"
                         avoid_predicates: "merged_into")pb")));
  ASSERT_EQ(paths.paths_size(), 1);
  EXPECT_EQ(paths.paths(0).entities(1).id(), "topic/t1");
  EXPECT_EQ(paths.summary().hops(), 2u);
}

TEST_P(Reads, ACutAnswerSaysSo) {
  ASSERT_OK_AND_ASSIGN(
      const auto walk,
      Traverse(Parse<v1::TraverseRequest>("start: \"lab/a\" max_hits: 1")));
  EXPECT_EQ(walk.hits_size(), 1);
  EXPECT_EQ(walk.summary().cut(), v1::CUT_REASON_MAX_HITS);
}

INSTANTIATE_TEST_SUITE_P(Stores, Reads, ::testing::Bool());

}  // namespace
}  // namespace labgraph::conformance
