#include "server/query/list_statements.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/query/matches.h"
#include "tests/unit/query/test_graph.h"
#include "tests/unit/schema/parse_proto.h"

namespace labgraph::query {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

// The first page.
std::vector<std::string> List(const TestGraph& graph, const std::string& request) {
  const auto view = graph.Read({}, graph::ReadFilter::Mode::kList);
  const auto page = ListStatements(
      *view, schema::ParseText<v1::ListStatementsRequest>(request), {"", 100});
  EXPECT_OK(page);
  std::vector<std::string> ids;
  if (!page.ok()) return ids;
  EXPECT_EQ(page->after, "") << request;
  for (const v1::Statement& statement : page->response.statements()) {
    ids.push_back(statement.id());
  }
  return ids;
}

// Without a predicate in the request they were found only from the end that is stored as
// the subject, or as the object.
TEST(ListStatementsTest, SymmetricRelationsAreFoundFromEitherEndWhateverThePredicate) {
  TestGraph graph;
  graph.Entities({"node/a", "node/b", "node/c"});
  graph.Relate("near", "b", "near", "a");
  graph.Relate("self", "a", "like", "a");
  graph.Relate("out", "a", "leads_to", "b");
  graph.Relate("other", "b", "near", "c");
  graph.Commit();
  for (const std::string predicates : {"", "predicates: ['near', 'like', 'leads_to'] "}) {
    EXPECT_THAT(List(graph, predicates + "subject: 'node/a'"),
                UnorderedElementsAre("near", "self", "out"));
    EXPECT_THAT(List(graph, predicates + "object: 'node/a'"),
                UnorderedElementsAre("near", "self"));
    EXPECT_THAT(List(graph, predicates + "subject: 'node/b'"),
                UnorderedElementsAre("near", "other"));
    EXPECT_THAT(List(graph, predicates + "object: 'node/b'"),
                UnorderedElementsAre("near", "out", "other"));
    EXPECT_THAT(List(graph, predicates + "subject: 'node/b' object: 'node/a'"),
                ElementsAre("near"));
    EXPECT_THAT(List(graph, predicates + "subject: 'node/a' object: 'node/b'"),
                UnorderedElementsAre("near", "out"));
  }
}

// The index was asked for the entity that is now, the statements for the id asked for.
TEST(ListStatementsTest, ASourceIsFoundByTheIdItWasMergedUnder) {
  TestGraph graph;
  graph.Entities({"node/a", "node/b", "node/old", "node/new"});
  graph.Relate("s", "a", "part_of", "b", "sources { document: 'node/old' }");
  graph.Commit();
  ASSERT_OK(graph.graph().Commit(schema::ParseText<v1::CommitRequest>(
      "mutations { merge_entities { from: 'node/old' into: 'node/new' } }")));
  for (const std::string source : {"node/old", "node/new"}) {
    EXPECT_THAT(List(graph, "source: '" + source + "'"), ElementsAre("s")) << source;
    EXPECT_THAT(List(graph, "subject: 'node/a' source: '" + source + "'"),
                ElementsAre("s"))
        << source;
    const auto counted = RunAggregate(
        graph, schema::ParseText<v1::AggregateRequest>(
                   "statements { subject: 'node/a' source: '" + source + "' }"));
    ASSERT_OK(counted);
    EXPECT_EQ(counted->total(), 1u) << source;
  }
}

// A hub gave page after page of nothing.
TEST(ListStatementsTest, OneEdgeOfAHubIsOnTheFirstPage) {
  constexpr int kSpokes = static_cast<int>(kRowsPerPage) + 1000;
  TestGraph graph;
  graph.Entities({"node/hub"});
  for (int i = 0; i < kSpokes; ++i) {
    const std::string name = absl::StrCat("n", i);
    graph.Entities({"node/" + name});
    graph.Relate(name, "hub", "near", name);
    if (i % 1000 == 0) graph.Commit();
  }
  const std::string last = absl::StrCat("n", kSpokes - 1);
  graph.Relate("twice", "hub", "near", last);
  graph.Relate("back", last, "near", "hub");
  graph.Commit();
  const std::string both = "subject: 'node/hub' object: 'node/" + last + "' ";
  for (const std::string predicates : {"", "predicates: 'near'"}) {
    EXPECT_THAT(List(graph, both + predicates),
                UnorderedElementsAre(last, "twice", "back"));
  }
}

}  // namespace
}  // namespace labgraph::query
