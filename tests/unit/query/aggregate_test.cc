#include "server/query/aggregate.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/base/limits.h"
#include "server/query/group_counts.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/query/matches.h"
#include "tests/unit/schema/parse_proto.h"

namespace labgraph::query {
namespace {

using ::testing::ElementsAre;
using testing::FailsAt;
using testing::FailsWith;
using ::testing::IsEmpty;

v1::AggregateResponse Ask(const TestGraph& graph, const std::string& request) {
  const auto answer =
      RunAggregate(graph, schema::ParseText<v1::AggregateRequest>(request));
  EXPECT_OK(answer);
  return answer.ok() ? *answer : v1::AggregateResponse();
}

// Groups as "node|2021 3".
std::vector<std::string> Groups(const TestGraph& graph, const std::string& request) {
  std::vector<std::string> groups;
  const v1::AggregateResponse answer = Ask(graph, request);
  for (const v1::AggregateGroup& group : answer.groups()) {
    groups.push_back(absl::StrCat(absl::StrJoin(group.keys(), "|"), " ", group.count()));
  }
  return groups;
}

//   a, b, c are part of d and a of e; sizes and dates of some
class AggregateTest : public ::testing::Test {
 protected:
  AggregateTest() {
    graph_.Entities({"node/a", "node/b", "node/c", "node/d", "special/e", "person/p"});
    graph_.Relate("s1", "a", "part_of", "d", "valid { start: '2019' }");
    graph_.Relate("s2", "b", "part_of", "d", "valid { start: '2021-07' }");
    graph_.Relate("s3", "c", "part_of", "d", "valid { start: '2021' end: '2022' }");
    graph_.Statement(
        "id: 's4' subject: 'node/a' predicate: 'part_of' "
        "object: 'special/e' valid { start: '..' }");
    graph_.Statement("subject: 'node/a' predicate: 'size' value { number_value: 6 }");
    graph_.Statement("subject: 'node/a' predicate: 'size' value { number_value: 7 }");
    graph_.Statement("subject: 'node/b' predicate: 'size' value { number_value: 6 }");
    graph_.Statement(
        "subject: 'node/b' predicate: 'founded' "
        "value { string_value: '2021-07~' }");
    graph_.Statement(
        "subject: 'node/c' predicate: 'motto' value { struct_value { "
        "fields { key: 'nl' value { string_value: 'een' } } "
        "fields { key: 'en' value { string_value: 'one' } } } }");
    graph_.Commit();
  }

  static std::string PartOf(absl::string_view group_by) {
    return absl::StrCat(
        "variables { name: 'x' } variables { name: 'y' } "
        "edges { from: 'x' to: 'y' predicates: 'part_of' } ",
        group_by);
  }

  TestGraph graph_;
};

TEST_F(AggregateTest, OneVariableCountsEntities) {
  EXPECT_THAT(Groups(graph_,
                     "variables { name: 'x' } "
                     "group_by { variable: 'x' by: GROUP_BY_KIND }"),
              ElementsAre("node 4", "person 1", "special 1"));
  EXPECT_THAT(Groups(graph_, "variables { name: 'x' kinds: 'node' where: 'size > 0' }"),
              ElementsAre(" 2"));
}

TEST_F(AggregateTest, MatchesAreCountedByWhatTheirVariablesAre) {
  EXPECT_THAT(Groups(graph_, PartOf("group_by { variable: 'y' by: GROUP_BY_ID }")),
              ElementsAre("node/d 3", "special/e 1"));
  EXPECT_THAT(Groups(graph_, PartOf("group_by { variable: 'x' by: GROUP_BY_KIND } "
                                    "group_by { variable: 'y' by: GROUP_BY_KIND }")),
              ElementsAre("node|node 3", "node|special 1"));
  EXPECT_THAT(Groups(graph_, PartOf("group_by { variable: 'x' by: GROUP_BY_YEAR "
                                    "property: 'founded' }")),
              ElementsAre(" 3", "2021 1"));
}

TEST_F(AggregateTest, EveryValueMakesAGroupAndTheTotalCountsOnce) {
  const std::string by_size =
      PartOf("group_by { variable: 'x' by: GROUP_BY_PROPERTY property: 'size' }");
  const v1::AggregateResponse answer = Ask(graph_, by_size);
  EXPECT_EQ(answer.total(), 4u);
  EXPECT_EQ(answer.group_count(), 3u);
  EXPECT_THAT(Groups(graph_, by_size), ElementsAre("6 3", "7 2", " 1"));
}

TEST_F(AggregateTest, ValuesThatAreNotStringsAreJson) {
  EXPECT_THAT(Groups(graph_,
                     "variables { name: 'x' ids: 'node/c' } group_by { "
                     "variable: 'x' by: GROUP_BY_PROPERTY property: 'motto' }"),
              ElementsAre(R"({"en":"one","nl":"een"} 1)"));
}

TEST_F(AggregateTest, WithoutVariablesStatementsAreCounted) {
  EXPECT_THAT(Groups(graph_, ""), ElementsAre(" 9"));
  EXPECT_THAT(Groups(graph_, "group_by { by: GROUP_BY_PREDICATE }"),
              ElementsAre("part_of 4", "size 3", "founded 1", "motto 1"));
  EXPECT_THAT(Groups(graph_,
                     "statements { predicates: 'part_of' } "
                     "group_by { by: GROUP_BY_YEAR }"),
              ElementsAre("2021 2", " 1", "2019 1"));
  EXPECT_THAT(Groups(graph_,
                     "statements { subject: 'node/a' } "
                     "group_by { variable: 'object' by: GROUP_BY_ID }"),
              ElementsAre(" 2", "node/d 1", "special/e 1"));
}

TEST_F(AggregateTest, StatementsOfASourceAreCounted) {
  graph_.Statement(
      "id: 'said' subject: 'node/b' predicate: 'leads_to' object: 'node/c' "
      "sources { document: 'person/p' }");
  graph_.Statement(
      "id: 'by' subject: 'node/c' predicate: 'leads_to' object: 'node/b' "
      "sources { document: 'special/e' asserted_by: 'person/p' }");
  graph_.Commit();
  const std::string from_p = "statements { source: 'person/p' ";
  EXPECT_EQ(Ask(graph_, from_p + "}").total(), 2u);
  EXPECT_EQ(Ask(graph_, from_p + "subject: 'node/b' }").total(), 1u);
  EXPECT_EQ(Ask(graph_, from_p + "predicates: 'leads_to' }").total(), 2u);
  EXPECT_EQ(Ask(graph_, from_p + "predicates: 'part_of' }").total(), 0u);
}

TEST_F(AggregateTest, NothingIsOneGroupOfNoneWithoutKeysAndNoGroupWithThem) {
  const std::string none = "statements { predicates: 'near' } ";
  EXPECT_THAT(Groups(graph_, none), ElementsAre(" 0"));
  EXPECT_THAT(Groups(graph_, none + "group_by { by: GROUP_BY_PREDICATE }"), IsEmpty());
}

TEST_F(AggregateTest, OnlyTheLargestGroupsAreGiven) {
  const v1::AggregateResponse answer =
      Ask(graph_, "group_by { by: GROUP_BY_PREDICATE } max_groups: 3");
  ASSERT_EQ(answer.groups_size(), 3);
  EXPECT_EQ(answer.groups(2).keys(0), "founded");
  EXPECT_EQ(answer.group_count(), 4u);
  EXPECT_EQ(answer.total(), 9u);
}

TEST_F(AggregateTest, StopsWhenItMust) {
  const v1::AggregateResponse cut = Ask(graph_, "max_visited: 4");
  EXPECT_EQ(cut.cut(), v1::CUT_REASON_MAX_VISITED);
  EXPECT_EQ(cut.total(), 4u);
  EXPECT_EQ(cut.visited_statements(), 4u);
  EXPECT_THAT(RunAggregate(graph_, {}, [] { return Signal::kCancelled; }),
              FailsWith(v1::ERROR_REASON_CANCELLED));
  const auto late = RunAggregate(graph_, {}, [] { return Signal::kDeadlineNear; });
  ASSERT_OK(late);
  EXPECT_EQ(late->cut(), v1::CUT_REASON_DEADLINE);
}

// Takes the number of an entity for the value of its group.
class NumberKey final : public GroupKey {
 public:
  absl::StatusOr<absl::Span<const Code>> Of(const Counted& counted) override {
    return counted.entities;
  }
  absl::StatusOr<std::string> Text(Code code) override { return absl::StrCat(code); }
};

TEST(GroupCountsTest, GroupsKeptApartAreLimited) {
  std::vector<std::unique_ptr<GroupKey>> keys;
  keys.push_back(std::make_unique<NumberKey>());
  Budget budget(0, 0, nullptr);
  GroupCounts counts(std::move(keys), budget);
  const auto add = [&counts](graph::Neighbor number) {
    return counts.Add({absl::MakeConstSpan(&number, 1), 0}, 1);
  };
  for (uint64_t n = 1; n <= limits::kGroupsKept.value; ++n) {
    ASSERT_OK(add(static_cast<graph::Neighbor>(n)));
  }
  ASSERT_OK(add(1));
  EXPECT_THAT(add(0), FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "group_by"));
}

std::vector<std::unique_ptr<GroupKey>> NumberKeys(size_t count) {
  std::vector<std::unique_ptr<GroupKey>> keys;
  while (keys.size() < count) keys.push_back(std::make_unique<NumberKey>());
  return keys;
}

// One match with many values by several keys went on for as long as there were groups.
TEST(GroupCountsTest, TheBudgetEndsTheGroupsOfOneMatch) {
  int polls = 0;
  Budget budget(0, 0,
                [&] { return ++polls < 3 ? Signal::kGoOn : Signal::kDeadlineNear; });
  GroupCounts counts(NumberKeys(3), budget);
  std::vector<graph::Neighbor> values(90);
  for (size_t i = 0; i < values.size(); ++i) values[i] = static_cast<uint32_t>(i + 1);
  ASSERT_OK(counts.Add({values, 0}, 1));
  EXPECT_EQ(budget.cut(), v1::CUT_REASON_DEADLINE);
  EXPECT_GT(counts.groups(), Budget::kPollUnits);
  EXPECT_LE(counts.groups(), 3 * Budget::kPollUnits);
  v1::AggregateResponse response;
  ASSERT_OK(counts.Fill(5, &response));
  EXPECT_EQ(response.groups_size(), 5);
}

TEST(GroupCountsTest, GivesTheLargestThenEqualOnesByTheirTexts) {
  Budget budget(0, 0, nullptr);
  GroupCounts counts(NumberKeys(1), budget);
  const auto add = [&counts](graph::Neighbor number, uint64_t count) {
    ASSERT_OK(counts.Add({absl::MakeConstSpan(&number, 1), 0}, count));
  };
  for (graph::Neighbor n = 1; n <= 200; ++n)
    add(n, n % 50 == 0 ? 9 : n % 10 == 0 ? 3 : 1);
  const auto groups = [&counts](uint64_t max) {
    v1::AggregateResponse response;
    EXPECT_OK(counts.Fill(max, &response));
    std::vector<std::string> texts;
    for (const v1::AggregateGroup& group : response.groups()) {
      texts.push_back(group.keys(0));
    }
    return texts;
  };
  EXPECT_THAT(groups(2), ElementsAre("100", "150"));
  EXPECT_THAT(groups(6), ElementsAre("100", "150", "200", "50", "10", "110"));
  const std::vector<std::string> all = groups(1000);
  ASSERT_EQ(all.size(), 200u);
  EXPECT_EQ(all[4], "10");
  EXPECT_EQ(all.back(), "99");
}

// Matches of one variable that nothing is asked about were made without a poll.
TEST(AggregateStopTest, EveryMatchAndGroupIsWork) {
  constexpr int kNodes = 4 * Budget::kPollUnits;
  TestGraph graph;
  for (int i = 0; i < kNodes; ++i) graph.Entities({absl::StrCat("node/n", i)});
  graph.Commit();
  int polls = 0;
  const auto answer = RunAggregate(
      graph,
      schema::ParseText<v1::AggregateRequest>(
          "variables { name: 'x' } group_by { variable: 'x' by: GROUP_BY_KIND }"),
      [&] {
        ++polls;
        return Signal::kGoOn;
      });
  ASSERT_OK(answer);
  EXPECT_EQ(answer->total(), static_cast<uint64_t>(kNodes));
  // Each is read, found and grouped.
  EXPECT_GE(polls, 3 * kNodes / static_cast<int>(Budget::kPollUnits) - 1);
}

}  // namespace
}  // namespace labgraph::query
