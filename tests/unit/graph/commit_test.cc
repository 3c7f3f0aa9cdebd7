#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/base/limits.h"
#include "server/graph/request_log.h"
#include "server/keys/keyspaces.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_graph.h"
#include "tests/unit/graph/crime_schema.h"

namespace labgraph::graph {
namespace {

using ::testing::ElementsAre;
using testing::FailsAt;
using testing::FailsWith;
using ::testing::IsEmpty;
using testing::TestGraph;

class CommitTest : public ::testing::Test {
 protected:
  TestGraph graph_{kCrimeSchema};
};

TEST_F(CommitTest, MutationsSeeThoseBeforeThem) {
  const auto response = graph_.Commit(
      "mutations { put_entity { id: 'lab/a' } } mutations { put_entity { id: 'lab/b' } } "
      "mutations { put_statement { id: 'x' subject: 'lab/a' predicate: 'part_of' "
      "object: 'lab/b' } } message: 'why'");
  ASSERT_OK(response);
  EXPECT_EQ(response->revision(), 2u);
  EXPECT_EQ(response->commit_time().seconds(), absl::ToUnixSeconds(graph_.clock().Now()));
  ASSERT_EQ(response->results_size(), 3);
  EXPECT_EQ(response->results(2).outcome(), v1::OUTCOME_CREATED);
  EXPECT_EQ(response->results(2).id(), "x");
  EXPECT_THAT(
      graph_.Commit("mutations { put_statement { subject: 'lab/a' "
                    "predicate: 'part_of' object: 'lab/c' } } "
                    "mutations { put_entity { id: 'lab/c' } }"),
      FailsAt(v1::ERROR_REASON_REFERENCE_NOT_FOUND, "mutations[0].put_statement.object"));
}

TEST_F(CommitTest, AFailedCommitLeavesNoTrace) {
  const auto before = graph_.store().GetSnapshot();
  EXPECT_THAT(graph_.Commit("mutations { put_entity { id: 'lab/a' } } "
                            "mutations { put_entity { id: 'lab' } } request_id: 'r'"),
              FailsAt(v1::ERROR_REASON_ID_MALFORMED, "mutations[1].put_entity.id"));
  EXPECT_EQ(graph_.head(), 1u);
  EXPECT_EQ(graph_.Entity("lab/a").id(), "");
  graph_.PutEntities({"lab/a"});
  EXPECT_EQ(graph_.Entity("lab/a").created_revision(), 2u);
  EXPECT_THAT(graph_.Verify(), IsEmpty());
  EXPECT_OK(graph_.Commit("request_id: 'r'")) << "a refused request is not remembered";
}

TEST_F(CommitTest, WhatChangesNothingMakesNoRevision) {
  graph_.PutEntities({"lab/a"});
  for (const char* const request : {"", "mutations { put_entity { id: 'lab/a' } }",
                                    "mutations { delete_entity { id: 'lab/b' } }",
                                    "mutations { retract_statement { id: 'x' } }"}) {
    const auto response = graph_.Commit(request);
    ASSERT_OK(response) << request;
    EXPECT_EQ(response->revision(), 2u);
    for (const v1::MutationResult& result : response->results()) {
      EXPECT_EQ(result.outcome(), v1::OUTCOME_UNCHANGED) << request;
    }
  }
  EXPECT_EQ(graph_.head(), 2u);
}

TEST_F(CommitTest, ARecordIsNamedOncePerCommit) {
  for (const char* const second :
       {"put_entity { id: 'lab/a' }", "delete_entity { id: 'lab/a' }"}) {
    EXPECT_THAT(graph_.Commit(absl::StrCat(
                    "mutations { put_entity { id: 'lab/a' } } mutations {", second, "}")),
                FailsWith(v1::ERROR_REASON_DUPLICATE_IN_COMMIT));
  }
  graph_.PutEntities({"lab/a", "lab/b"});
  const char* const statement =
      "mutations { put_statement { subject: 'lab/a' predicate: 'part_of' object: 'lab/b' "
      "} } ";
  const auto twice = graph_.Commit(absl::StrCat(statement, statement));
  EXPECT_THAT(twice, FailsAt(v1::ERROR_REASON_DUPLICATE_IN_COMMIT,
                             "mutations[1].put_statement.id"));
  EXPECT_EQ(MetaOf(twice.status(), "first"), "0");
}

TEST_F(CommitTest, AMutationWithoutAnOperationIsRefused) {
  EXPECT_THAT(graph_.Commit("mutations {}"),
              FailsAt(v1::ERROR_REASON_FIELD_INVALID, "mutations[0]"));
}

TEST_F(CommitTest, TimeNeverRunsBackward) {
  graph_.PutEntities({"lab/a"});
  graph_.clock().Advance(-absl::Hours(1));
  graph_.PutEntities({"lab/b"});
  EXPECT_THAT(graph_.Verify(), IsEmpty());
}

// --- validate_only -----------------------------------------------------------

std::vector<std::string> ProblemsOf(const v1::CommitResponse& response) {
  std::vector<std::string> problems;
  for (const v1::Problem& problem : response.problems()) {
    EXPECT_NE(problem.message(), "");
    problems.push_back(absl::StrCat(problem.reason(), " ", problem.field()));
  }
  return problems;
}

TEST_F(CommitTest, ValidateOnlyListsEveryProblemOnce) {
  const auto response = graph_.Commit(R"pb(
    mutations { put_entity { id: "lab/a" } }
    mutations { put_entity { id: "lab/b" visibility: "(" } }
    mutations { put_statement { subject: "lab/a" predicate: "part_of" object: "lab/b" } }
    mutations { put_statement { subject: "lab/a" predicate: "part_off" object: "lab/a" } }
    mutations {
      put_statement { subject: "lab/a" predicate: "part_of" object: "lab/none" }
    }
    mutations { put_entity { id: "team/t" } }
    mutations { put_statement { subject: "lab/a" predicate: "part_of" object: "team/t" } }
    validate_only: true
  )pb");
  ASSERT_OK(response);
  EXPECT_THAT(ProblemsOf(*response),
              ElementsAre("VISIBILITY_MALFORMED mutations[1].put_entity.visibility",
                          "PREDICATE_UNKNOWN mutations[3].put_statement.predicate",
                          "REFERENCE_NOT_FOUND mutations[4].put_statement.object"))
      << "mutation 2 fails only because 1 does";
  EXPECT_THAT(response->results(), IsEmpty());
  EXPECT_EQ(response->revision(), 1u);
}

TEST_F(CommitTest, ValidateOnlyChangesNothing) {
  const auto response = graph_.Commit(
      "mutations { put_entity { id: 'lab/a' } } validate_only: true request_id: 'r'");
  ASSERT_OK(response);
  EXPECT_THAT(response->problems(), IsEmpty());
  ASSERT_EQ(response->results_size(), 1);
  EXPECT_EQ(response->results(0).outcome(), v1::OUTCOME_CREATED);
  EXPECT_EQ(response->revision(), 1u);
  EXPECT_EQ(graph_.head(), 1u);
  const auto real =
      graph_.Commit("mutations { put_entity { id: 'lab/a' } } request_id: 'r'");
  ASSERT_OK(real);
  EXPECT_FALSE(real->replayed());
  EXPECT_EQ(real->results(0).outcome(), v1::OUTCOME_CREATED);
}

TEST_F(CommitTest, ValidateOnlyListsALimitedNumberOfProblems) {
  v1::CommitRequest request;
  request.set_validate_only(true);
  for (uint64_t i = 0; i <= limits::kProblems.value; ++i) {
    request.add_mutations()->mutable_put_entity();
  }
  const auto response = graph_.graph().Commit(request);
  ASSERT_OK(response);
  EXPECT_EQ(static_cast<uint64_t>(response->problems_size()), limits::kProblems.value);
}

// --- request_id ---------------------------------------------------------------

constexpr char kRequest[] = "mutations { put_entity { id: 'lab/a' } } request_id: 'r1'";

TEST_F(CommitTest, AskingWhatARepetitionWouldDoIsNoOtherRequest) {
  ASSERT_OK(graph_.Commit(kRequest));
  ASSERT_OK_AND_ASSIGN(const v1::CommitResponse asked,
                       graph_.Commit(absl::StrCat(kRequest, " validate_only: true")));
  EXPECT_TRUE(asked.replayed());
}

TEST_F(CommitTest, ARetryGetsTheFirstAnswer) {
  const auto first = graph_.Commit(kRequest);
  ASSERT_OK(first);
  EXPECT_FALSE(first->replayed());
  graph_.Do("delete_entity { id: 'lab/a' }");
  graph_.Reopen();
  const auto second = graph_.Commit(kRequest);
  ASSERT_OK(second);
  EXPECT_TRUE(second->replayed());
  EXPECT_EQ(second->revision(), first->revision());
  EXPECT_EQ(second->results(0).outcome(), v1::OUTCOME_CREATED);
  EXPECT_EQ(graph_.Entity("lab/a").id(), "") << "nothing is done again";
}

TEST_F(CommitTest, AnIdUsedForAnotherRequestIsRefused) {
  ASSERT_OK(graph_.Commit(kRequest));
  EXPECT_THAT(graph_.Commit("mutations { put_entity { id: 'lab/b' } } request_id: 'r1'"),
              FailsAt(v1::ERROR_REASON_REQUEST_ID_REUSED, "request_id"));
  EXPECT_EQ(graph_.head(), 2u);
}

TEST_F(CommitTest, AnAnswerIsKeptForADay) {
  ASSERT_OK(graph_.Commit(kRequest));
  graph_.clock().Advance(kRequestWindow);
  EXPECT_TRUE(graph_.Commit(kRequest)->replayed());
  graph_.clock().Advance(absl::Seconds(1));
  const auto late = graph_.Commit(kRequest);
  ASSERT_OK(late);
  EXPECT_FALSE(late->replayed());
  EXPECT_EQ(late->results(0).outcome(), v1::OUTCOME_UNCHANGED);
}

TEST_F(CommitTest, OldAnswersAreDroppedAndUsedAgainOnesKept) {
  const auto rows = [&] {
    const auto snapshot = graph_.store().GetSnapshot();
    const auto cursor = snapshot->NewCursor(keys::kRequest);
    int count = 0;
    for (cursor->Seek(""); cursor->Valid(); cursor->Next()) ++count;
    return count;
  };
  for (int i = 0; i < 8; ++i)
    ASSERT_OK(graph_.Commit(absl::StrCat("request_id: 'old", i, "'")));
  EXPECT_EQ(rows(), 16);
  graph_.clock().Advance(kRequestWindow + absl::Seconds(1));
  ASSERT_OK(graph_.Commit("request_id: 'old0'"));
  EXPECT_EQ(rows(), 16 - 8 + 2);
  ASSERT_OK(graph_.Commit("request_id: 'new'"));
  EXPECT_EQ(rows(), 2 + 2);
  EXPECT_TRUE(graph_.Commit("request_id: 'old0'")->replayed());
}

// --- limits -------------------------------------------------------------------

std::string Letters(uint64_t count) { return std::string(count, 'a'); }

TEST_F(CommitTest, EachLimitHoldsAtTheLimitAndNotAbove) {
  graph_.PutEntities({"lab/a", "document/d"});
  const struct {
    const limits::Limit& limit;
    std::string (*request)(uint64_t);
    const char* field;
  } cases[] = {
      {limits::kMutations,
       [](uint64_t n) {
         std::string text;
         for (uint64_t i = 0; i < n; ++i) {
           absl::StrAppend(&text, "mutations { retract_statement { id: 'x", i, "' } } ");
         }
         return text;
       },
       "mutations"},
      {limits::kRequestIdBytes,
       [](uint64_t n) { return absl::StrCat("request_id: '", Letters(n), "'"); },
       "request_id"},
      {limits::kMessageTextBytes,
       [](uint64_t n) { return absl::StrCat("message: '", Letters(n), "'"); }, "message"},
      {limits::kIdKeyBytes,
       [](uint64_t n) {
         return absl::StrCat("mutations { put_entity { id: 'lab/", Letters(n), "' } }");
       },
       "mutations[0].put_entity.id"},
      {limits::kNameBytes,
       [](uint64_t n) {
         return absl::StrCat(
             "mutations { put_entity { id: 'lab/a' names { key: 'nl' value: '",
             Letters(n), "' } } }");
       },
       "mutations[0].put_entity.names[nl]"},
      {limits::kNameBytes,
       [](uint64_t n) {
         return absl::StrCat("mutations { put_entity { id: 'lab/a' aliases { text: '",
                             Letters(n), "' } } }");
       },
       "mutations[0].put_entity.aliases[0].text"},
      {limits::kTextBytes,
       [](uint64_t n) {
         return absl::StrCat("mutations { put_entity { id: 'lab/a' sources { document: ",
                             "'document/d' locator: '", Letters(n), "' } } }");
       },
       "mutations[0].put_entity.sources[0].locator"},
      {limits::kTextBytes,
       [](uint64_t n) {
         return absl::StrCat(
             "mutations { put_entity { id: 'lab/a' descriptions { key: 'nl' value: '",
             Letters(n), "' } } }");
       },
       "mutations[0].put_entity.descriptions[nl]"},
      {limits::kVisibilityBytes,
       [](uint64_t n) {
         // In canonical form already, so that it does not grow.
         std::string text;
         for (int i = 100; n - text.size() > 60; ++i)
           absl::StrAppend(&text, "n", i, " | ");
         text.append(n - text.size(), 'z');
         return absl::StrCat("mutations { put_entity { id: 'lab/a' visibility: '", text,
                             "' } }");
       },
       "mutations[0].put_entity.visibility"},
      {limits::kListItems,
       [](uint64_t n) {
         std::string text = "mutations { put_entity { id: 'lab/a' ";
         for (uint64_t i = 0; i < n; ++i)
           absl::StrAppend(&text, "aliases { text: 'x' } ");
         return text + "} }";
       },
       "mutations[0].put_entity.aliases"},
      {limits::kListItems,
       [](uint64_t n) {
         std::string text = "mutations { put_entity { id: 'lab/a' ";
         for (uint64_t i = 0; i < n; ++i) {
           absl::StrAppend(&text, "sources { document: 'document/d' } ");
         }
         return text + "} }";
       },
       "mutations[0].put_entity.sources"},
  };
  for (const auto& test : cases) {
    SCOPED_TRACE(absl::StrCat(test.limit.name, " at ", test.field));
    EXPECT_OK(graph_.Commit(test.request(test.limit.value)));
    const auto above = graph_.Commit(test.request(test.limit.value + 1));
    EXPECT_THAT(above, FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, test.field));
    EXPECT_EQ(MetaOf(above.status(), "limit"), test.limit.name);
    EXPECT_EQ(MetaOf(above.status(), "maximum"), absl::StrCat(test.limit.value));
  }
}

TEST_F(CommitTest, WhatIsNotWrittenLeavesNoFacets) {
  graph_.PutEntities({"lab/a"});
  const auto note = [](absl::string_view day) {
    return absl::StrCat(
        "mutations { put_statement { id: 'n' subject: 'lab/a' predicate: "
        "'note' value { string_value: 'n' } valid { start: '",
        day, "' } } }");
  };
  const auto facets = [&] {
    size_t rows = 0;
    const auto snapshot = graph_.store().GetSnapshot();
    const auto cursor = snapshot->NewCursor(keys::kFacet);
    for (cursor->Seek(""); cursor->Valid(); cursor->Next()) ++rows;
    return rows;
  };
  ASSERT_OK(graph_.Commit(note("2001")));
  EXPECT_EQ(facets(), 1u);
  ASSERT_OK(graph_.Commit(note("2002") + "validate_only: true"));
  EXPECT_FALSE(
      graph_.Commit(note("2003") + "mutations { put_entity { id: 'none/a' } }").ok());
  ASSERT_OK(graph_.Commit(note("2004")));
  EXPECT_EQ(facets(), 2u);
  EXPECT_EQ(graph_.Statement("n").valid().start(), "2004");
  EXPECT_THAT(graph_.Verify(), IsEmpty());
}

TEST_F(CommitTest, ARecordHasALimitedSize) {
  v1::CommitRequest request;
  v1::Entity* entity = request.add_mutations()->mutable_put_entity();
  entity->set_id("lab/a");
  entity->set_visibility("public");
  const auto fill = [&](size_t bytes) {
    entity->clear_descriptions();
    for (char c = 'a'; entity->ByteSizeLong() < bytes; ++c) {
      std::string& text = (*entity->mutable_descriptions())[std::string("x") + c];
      const size_t missing = bytes - entity->ByteSizeLong();
      // A long text needs one more byte of length, in its own field and in the map entry.
      text = Letters(std::min<size_t>(missing > 200 ? missing - 2 : missing, 4096));
    }
  };
  size_t bytes = limits::kRecordBytes.value;
  fill(bytes);
  ASSERT_EQ(entity->ByteSizeLong(), bytes);
  EXPECT_OK(graph_.graph().Commit(request));
  fill(bytes + 1);
  ASSERT_EQ(entity->ByteSizeLong(), bytes + 1);
  EXPECT_THAT(graph_.graph().Commit(request),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "mutations[0].put_entity"));
}

}  // namespace
}  // namespace labgraph::graph
