// Patterns and counts that make no sense, and those that pass a limit: what the caller is
// told.

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/conformance/served_graph.h"
#include "tests/testing/status_matchers.h"

namespace labgraph::conformance {
namespace {

using ::labgraph::testing::FailsAt;
using ::labgraph::testing::StatusIs;
using ::testing::AllOf;

class BadPatterns : public ServedGraph {
 protected:
  absl::Status Match(const v1::MatchPatternRequest& request) {
    const auto stream = connection().MatchPattern(request);
    for (;;) {
      const auto message = stream->Read();
      if (!message.ok()) return message.status();
      if (!message->has_value()) return absl::OkStatus();
    }
  }
  absl::Status Match(const std::string& text) {
    return Match(Parse<v1::MatchPatternRequest>(text));
  }
  absl::Status Aggregate(const v1::AggregateRequest& request) {
    return connection().Aggregate(request).status();
  }
  absl::Status Aggregate(const std::string& text) {
    return Aggregate(Parse<v1::AggregateRequest>(text));
  }
};

struct Refusal {
  std::string request;
  v1::ErrorReason reason;
  std::string field;
  absl::StatusCode code = absl::StatusCode::kInvalidArgument;
};

// What both calls say of variables and edges. `a` and `b` are variables of every request
// that speaks of an edge.
constexpr char kAB[] = "variables { name: 'a' } variables { name: 'b' } ";
const Refusal kBadPatterns[] = {
    {"edges { from: 'a' to: 'b' }", v1::ERROR_REASON_FIELD_REQUIRED, "variables"},
    {"variables {}", v1::ERROR_REASON_FIELD_REQUIRED, "variables[0].name"},
    {"variables { name: 'Lab' }", v1::ERROR_REASON_FIELD_INVALID, "variables[0].name"},
    {"variables { name: 'a' } variables { name: 'a' }", v1::ERROR_REASON_FIELD_INVALID,
     "variables[1].name"},
    {"variables { name: 'a' kinds: 'lap' }", v1::ERROR_REASON_KIND_UNKNOWN,
     "variables[0].kinds[0]"},
    {"variables { name: 'a' ids: ['lab/a', 'lab'] }", v1::ERROR_REASON_ID_MALFORMED,
     "variables[0].ids[1]"},
    {"variables { name: 'a' ids: 'lab/none' }", v1::ERROR_REASON_ENTITY_NOT_FOUND,
     "variables[0].ids[0]", absl::StatusCode::kNotFound},
    {"variables { name: 'a' where: 'size >' }", v1::ERROR_REASON_FILTER_MALFORMED,
     "variables[0].where"},
    {absl::StrCat(kAB, "edges { to: 'b' }"), v1::ERROR_REASON_FIELD_REQUIRED,
     "edges[0].from"},
    {absl::StrCat(kAB, "edges { from: 'a' }"), v1::ERROR_REASON_FIELD_REQUIRED,
     "edges[0].to"},
    {absl::StrCat(kAB, "edges { from: 'a' to: 'c' }"), v1::ERROR_REASON_FIELD_INVALID,
     "edges[0].to"},
    {absl::StrCat(kAB, "edges { from: 'a' to: 'a' }"), v1::ERROR_REASON_FIELD_INVALID,
     "edges[0].to"},
    {absl::StrCat(kAB, "edges { from: 'a' to: 'b' predicates: 'target' }"),
     v1::ERROR_REASON_PREDICATE_UNKNOWN, "edges[0].predicates[0]"},
    {absl::StrCat(kAB, "edges { from: 'a' to: 'b' min_hops: 3 max_hops: 2 }"),
     v1::ERROR_REASON_FIELD_INVALID, "edges[0].max_hops"},
    {"variables { name: 'a' } read { valid_at: '2022' }", v1::ERROR_REASON_DATE_MALFORMED,
     "read.valid_at"},
    {"variables { name: 'a' } read { certainty: CERTAINTY_CERTAIN }",
     v1::ERROR_REASON_FIELD_INVALID, "read.certainty"},
    {"variables { name: 'a' } read { revision: 99 }", v1::ERROR_REASON_REVISION_IN_FUTURE,
     "read.revision", absl::StatusCode::kOutOfRange},
};

TEST_P(BadPatterns, BothCallsNameTheField) {
  for (const Refusal& c : kBadPatterns) {
    SCOPED_TRACE(c.request);
    const auto refused = AllOf(StatusIs(c.code), FailsAt(c.reason, c.field));
    EXPECT_THAT(Match(c.request), refused);
    EXPECT_THAT(Aggregate(c.request), refused);
  }
}

TEST_P(BadPatterns, AMatchNeedsAVariable) {
  EXPECT_THAT(Match(""), FailsAt(v1::ERROR_REASON_FIELD_REQUIRED, "variables"));
  v1::MatchPatternRequest request =
      Parse<v1::MatchPatternRequest>("variables { name: 'a' }");
  request.set_view(static_cast<v1::EntityView>(77));
  EXPECT_THAT(Match(request), FailsAt(v1::ERROR_REASON_FIELD_INVALID, "view"));
}

TEST_P(BadPatterns, ACountNamesTheField) {
  const Refusal cases[] = {
      {"variables { name: 'a' } statements {}", v1::ERROR_REASON_FIELD_INVALID,
       "statements"},
      {"statements { subject: 'lab/none' }", v1::ERROR_REASON_ENTITY_NOT_FOUND,
       "statements.subject", absl::StatusCode::kNotFound},
      {"statements { predicates: 'target' }", v1::ERROR_REASON_PREDICATE_UNKNOWN,
       "statements.predicates[0]"},
      {"group_by {}", v1::ERROR_REASON_FIELD_REQUIRED, "group_by[0].by"},
      {"group_by { by: GROUP_BY_ID }", v1::ERROR_REASON_FIELD_REQUIRED,
       "group_by[0].variable"},
      {"group_by { by: GROUP_BY_ID variable: 'lab' }", v1::ERROR_REASON_FIELD_INVALID,
       "group_by[0].variable"},
      {"group_by { by: GROUP_BY_PREDICATE variable: 'subject' }",
       v1::ERROR_REASON_FIELD_INVALID, "group_by[0].variable"},
      {"group_by { by: GROUP_BY_PROPERTY variable: 'subject' }",
       v1::ERROR_REASON_FIELD_REQUIRED, "group_by[0].property"},
      {"group_by { by: GROUP_BY_PROPERTY variable: 'subject' property: 'targets' }",
       v1::ERROR_REASON_FIELD_INVALID, "group_by[0].property"},
      {"group_by { by: GROUP_BY_PREDICATE } "
       "group_by { by: GROUP_BY_YEAR variable: 'subject' property: 'size' }",
       v1::ERROR_REASON_FIELD_INVALID, "group_by[1].property"},
      {"variables { name: 'a' } group_by { by: GROUP_BY_PREDICATE }",
       v1::ERROR_REASON_FIELD_INVALID, "group_by[0].by"},
      {"variables { name: 'a' } group_by { by: GROUP_BY_ID variable: 'b' }",
       v1::ERROR_REASON_FIELD_INVALID, "group_by[0].variable"},
  };
  for (const Refusal& c : cases) {
    SCOPED_TRACE(c.request);
    EXPECT_THAT(Aggregate(c.request),
                AllOf(StatusIs(c.code), FailsAt(c.reason, c.field)));
  }
}

// A pattern of so many variables and edges.
template <typename Request>
Request PatternOf(int variables, int edges) {
  Request request;
  for (int i = 0; i < variables; ++i) {
    v1::PatternVariable& variable = *request.add_variables();
    variable.set_name(absl::StrCat("v", i));
    variable.add_ids("lab/a");
  }
  for (int i = 0; i < edges; ++i) {
    v1::PatternEdge& edge = *request.add_edges();
    edge.set_from("v0");
    edge.set_to("v1");
    edge.add_predicates("merged_into");
  }
  return request;
}

TEST_P(BadPatterns, PatternsHaveLimits) {
  const auto both = [this](int variables, int edges) {
    const absl::Status match =
        Match(PatternOf<v1::MatchPatternRequest>(variables, edges));
    EXPECT_EQ(
        client::Describe(match),
        client::Describe(Aggregate(PatternOf<v1::AggregateRequest>(variables, edges))));
    return match;
  };
  EXPECT_OK(both(16, 32));
  EXPECT_THAT(both(17, 0), FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "variables"));
  EXPECT_THAT(both(2, 33), FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "edges"));

  const auto hops = [this](uint32_t most) {
    auto request = PatternOf<v1::MatchPatternRequest>(2, 1);
    request.mutable_edges(0)->set_max_hops(most);
    return Match(request);
  };
  EXPECT_OK(hops(64));
  EXPECT_THAT(hops(65), FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "edges[0].max_hops"));

  const auto variable = [this](size_t name_bytes, int ids) {
    auto request = PatternOf<v1::MatchPatternRequest>(1, 0);
    request.mutable_variables(0)->set_name(std::string(name_bytes, 'n'));
    for (int i = 1; i < ids; ++i) request.mutable_variables(0)->add_ids("lab/a");
    return Match(request);
  };
  EXPECT_OK(variable(64, 1000));
  EXPECT_THAT(variable(65, 1),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "variables[0].name"));
  EXPECT_THAT(variable(1, 1001),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "variables[0].ids"));
}

TEST_P(BadPatterns, AnswersHaveLimits) {
  const auto match = [this](uint64_t rows, uint64_t visited) {
    auto request = PatternOf<v1::MatchPatternRequest>(1, 0);
    request.set_max_rows(rows);
    request.set_max_visited(visited);
    return Match(request);
  };
  EXPECT_OK(match(10'000'000, 1'000'000'000));
  EXPECT_THAT(match(10'000'001, 1), FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "max_rows"));
  EXPECT_THAT(match(1, 1'000'000'001),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "max_visited"));

  const auto count = [this](uint32_t groups, uint64_t visited, int keys) {
    auto request = PatternOf<v1::AggregateRequest>(keys, 0);
    request.set_max_groups(groups);
    request.set_max_visited(visited);
    for (int i = 0; i < keys; ++i) {
      v1::GroupKey& key = *request.add_group_by();
      key.set_variable(absl::StrCat("v", i));
      key.set_by(v1::GROUP_BY_ID);
    }
    return Aggregate(request);
  };
  EXPECT_OK(count(10'000, 1'000'000'000, 4));
  EXPECT_THAT(count(10'001, 1, 1),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "max_groups"));
  EXPECT_THAT(count(1, 1'000'000'001, 1),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "max_visited"));
  EXPECT_THAT(count(1, 1, 5), FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "group_by"));
}

INSTANTIATE_TEST_SUITE_P(Stores, BadPatterns, ::testing::Bool());

}  // namespace
}  // namespace labgraph::conformance
