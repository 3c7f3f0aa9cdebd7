// Preconditions on entities, judged by filters.

#include "server/query/filter_finder.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/blocking_counter.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/base/clock.h"
#include "server/base/limits.h"
#include "server/keys/keyspaces.h"
#include "server/kv/memory_store.h"
#include "tests/testing/faulty_store.h"
#include "tests/testing/parse_proto.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/query/test_graph.h"

namespace labgraph::query {
namespace {

using testing::FailsAt;
using testing::FailsWith;

class FilterFinderTest : public ::testing::Test {
 protected:
  // What becomes of a commit, which changes nothing, with this precondition.
  absl::Status Commit(absl::string_view precondition) {
    v1::CommitRequest request;
    *request.add_preconditions() = testing::ParseText<v1::Precondition>(precondition);
    return graph_.graph().Commit(request).status();
  }
  // That some entity matches, as both requirements see it.
  void Some(absl::string_view match) {
    EXPECT_OK(Commit(absl::StrCat("entities {", match, "}"))) << match;
    EXPECT_THAT(Commit(absl::StrCat("entities {", match, "} must: REQUIREMENT_ABSENT")),
                FailsAt(v1::ERROR_REASON_PRECONDITION_FAILED, "preconditions[0]"))
        << match;
  }
  void None(absl::string_view match) {
    EXPECT_OK(Commit(absl::StrCat("entities {", match, "} must: REQUIREMENT_ABSENT")))
        << match;
    EXPECT_THAT(Commit(absl::StrCat("entities {", match, "}")),
                FailsAt(v1::ERROR_REASON_PRECONDITION_FAILED, "preconditions[0]"))
        << match;
  }

  TestGraph graph_;
};

TEST_F(FilterFinderTest, SomeEntityMatchesOrNone) {
  graph_.Entity("id: 'node/a' names { key: 'en' value: 'Hot iron' }");
  graph_.Entity("id: 'person/b' placeholder: true");
  graph_.Commit();
  Some("filter: 'name:\"hot iron\"'");
  Some("kinds: 'node' filter: 'name:\"hot iron\"'");
  Some("kinds: 'person'");
  Some("filter: 'placeholder = true'");
  None("kinds: 'person' filter: 'name:\"hot iron\"'");
  None("kinds: 'node' filter: 'placeholder = true'");
  None("filter: 'name:\"cold iron\"'");
}

// Of two commits that are written together the second sees what the first has done.
TEST(FilterFinderGroupTest, CommitsThatWaitTogetherSeeThoseBeforeThem) {
  testing::FaultyStore store(kv::NewMemoryStore(keys::Names().size()));
  const SystemClock clock;
  const FilterFinder finder;
  ASSERT_OK_AND_ASSIGN(const auto graph,
                       graph::Graph::Open(&store, nullptr, &clock, nullptr, &finder));
  v1::ApplySchemaRequest schema;
  schema.mutable_schema()->add_kinds()->set_name("node");
  ASSERT_OK(graph->ApplySchema(schema));

  std::vector<v1::CommitRequest> requests(3);  // the first holds up the others
  for (size_t i = 0; i < requests.size(); ++i) {
    *requests[i].add_mutations()->mutable_put_entity() = testing::ParseText<v1::Entity>(
        absl::StrCat("id: 'node/t", i, "' names { key: 'en' value: '",
                     i == 0 ? "Held" : "Twin", "' }"));
    if (i == 0) continue;
    *requests[i].add_preconditions() = testing::ParseText<v1::Precondition>(
        "entities { filter: 'name:\"twin\"' } must: REQUIREMENT_ABSENT");
  }
  std::vector<v1::CommitResponse> responses(requests.size());
  std::vector<absl::Status> ended(requests.size());
  absl::BlockingCounter running(static_cast<int>(requests.size()));
  store.HoldWrites(true);
  for (size_t i = 0; i < requests.size(); ++i) {
    graph->StartCommit(&requests[i], &responses[i], [&, i](const absl::Status& status) {
      ended[i] = status;
      running.DecrementCount();
    });
    if (i == 0) store.AwaitHeldWrite();
  }
  store.HoldWrites(false);
  running.Wait();
  EXPECT_OK(ended[0]);
  EXPECT_OK(ended[1]);
  EXPECT_THAT(ended[2], FailsWith(v1::ERROR_REASON_PRECONDITION_FAILED));
}

TEST_F(FilterFinderTest, MistakesAreToldAtTheirFields) {
  EXPECT_THAT(Commit("entities { }"), FailsAt(v1::ERROR_REASON_FIELD_REQUIRED,
                                              "preconditions[0].entities.filter"));
  EXPECT_THAT(
      Commit("entities { filter: 'name =' }"),
      FailsAt(v1::ERROR_REASON_FILTER_MALFORMED, "preconditions[0].entities.filter"));
  EXPECT_THAT(
      Commit("entities { kinds: 'none' }"),
      FailsAt(v1::ERROR_REASON_KIND_UNKNOWN, "preconditions[0].entities.kinds[0]"));
  EXPECT_THAT(Commit("entities { kinds: 'node' } must: REQUIREMENT_UNCHANGED_SINCE"),
              FailsAt(v1::ERROR_REASON_FIELD_INVALID, "preconditions[0].must"));
}

TEST_F(FilterFinderTest, LooksAtNoMoreEntitiesThanItsLimit) {
  const uint64_t limit = limits::kPreconditionEntities.value;
  for (uint64_t i = 0; i < limit; ++i) {
    graph_.Entity(absl::StrCat("id: 'node/n", i, "'"));
    if ((i + 1) % limits::kMutations.value == 0) graph_.Commit();
  }
  None("kinds: 'node' filter: 'placeholder = true'");
  graph_.Entity("id: 'node/one-more'");
  graph_.Commit();
  EXPECT_THAT(Commit("entities { kinds: 'node' filter: 'placeholder = true' }"),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "preconditions[0].entities"));
}

}  // namespace
}  // namespace labgraph::query
