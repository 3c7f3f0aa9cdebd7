// Patterns and counts through the public client: what they answer, how they look at the
// store, and when they stop.

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/conformance/served_graph.h"
#include "tests/testing/status_matchers.h"

namespace labgraph::conformance {
namespace {

using ::labgraph::testing::FailsAt;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

using client::CountMatches;
using client::CountStatements;
using client::Match;
using client::Pattern;

// What a match gave: "lab/a topic/t1" for each row, and the summary.
struct Answer {
  std::vector<std::string> ids;
  std::vector<v1::PatternRow> rows;
  v1::MatchPatternSummary summary;
};

// "lab/a 2" for each group.
std::vector<std::string> Groups(const v1::AggregateResponse& response) {
  std::vector<std::string> groups;
  for (const v1::AggregateGroup& group : response.groups()) {
    groups.push_back(absl::StrCat(absl::StrJoin(group.keys(), " "),
                                  group.keys().empty() ? "" : " ", group.count()));
  }
  return groups;
}

class Patterns : public ServedGraph {
 protected:
  absl::StatusOr<Answer> Run(const Match& match) {
    client::MatchRange range = match.Run(shared_connection());
    Answer answer;
    for (auto& row : range) {
      if (!row.ok()) return row.status();
      answer.ids.push_back(absl::StrJoin(
          row->entities(), " ",
          [](std::string* out, const auto& entity) { out->append(entity.id()); }));
      answer.rows.push_back(*std::move(row));
    }
    absl::StatusOr<v1::MatchPatternSummary> summary = range.Finish();
    if (!summary.ok()) return summary.status();
    answer.summary = *std::move(summary);
    return answer;
  }

  absl::StatusOr<v1::AggregateResponse> Run(const client::Aggregation& count) {
    return count.Run(connection());
  }

  // Commits one more statement, as text format.
  void CommitStatement(const std::string& text) {
    ASSERT_OK(Commit(absl::StrCat("mutations { put_statement { ", text, " } }")));
  }
};

Pattern Targets() { return Pattern("lab").Out("targets").To("topic"); }
Pattern Merger() { return Pattern("from").Out("merged_into").To("into"); }

TEST_P(Patterns, AMatchGivesEntitiesStatementsAndASummary) {
  ASSERT_OK_AND_ASSIGN(const Answer answer,
                       Run(Match(Targets().Out("narrower_than").To("wider"))
                               .WithStatements()
                               .Lang("de,en")));
  EXPECT_THAT(answer.ids,
              UnorderedElementsAre("lab/a topic/t1 topic/t2", "lab/b topic/t1 topic/t2"));
  for (const v1::PatternRow& row : answer.rows) {
    ASSERT_EQ(row.statements_size(), 2);
    EXPECT_EQ(row.statements(0).subject(), row.entities(0).id());
    EXPECT_EQ(row.statements(0).predicate(), "targets");
    EXPECT_EQ(row.statements(1).predicate(), "narrower_than");
    EXPECT_EQ(row.entities(1).label().text(), "arms trade");
    // The language falls back, and says so.
    const bool is_a = row.entities(0).id() == "lab/a";
    EXPECT_EQ(row.entities(0).label().text(), is_a ? "Heet ijzer" : "Exit");
    EXPECT_EQ(row.entities(0).label().lang(), is_a ? "nl" : "en");
  }
  EXPECT_EQ(answer.summary.revision(), kFactsRevision);
  EXPECT_EQ(answer.summary.rows(), 2u);
  EXPECT_GT(answer.summary.visited_statements(), 0u);
  EXPECT_EQ(answer.summary.cut(), v1::CUT_REASON_UNSPECIFIED);
  EXPECT_THAT(answer.summary.order(), UnorderedElementsAre("lab", "topic", "wider"));
}

TEST_P(Patterns, ConditionsNarrowTheMatch) {
  const struct {
    Pattern pattern;
    std::vector<std::string> ids;
  } cases[] = {
      {Targets().And("lab").Ids("lab/b"), {"lab/b topic/t1"}},
      {Targets().And("lab").Where("size = 6"), {"lab/a topic/t1"}},
      {Targets().And("lab").Where("size = 6").Where("size = 7"), {}},
      {Targets().And("lab").Kinds("topic"), {}},
      {Pattern("topic").In("targets").To("lab").Ids("lab/a"), {"topic/t1 lab/a"}},
      {Pattern("topic").Out("targeted_by").To("lab").Ids("lab/a"), {"topic/t1 lab/a"}},
      {Pattern("lab").Ids("lab/a").Out().To("any").Kinds("lab"), {"lab/a lab/b"}},
      {Pattern("lab").Ids("lab/b").Both("merged_into").To("other"), {"lab/b lab/a"}},
      {Pattern("lab").Ids("lab/a").Out().Hops(2).To("topic").Kinds("topic"),
       {"lab/a topic/t2"}},
      {Pattern("only").Kinds("doc"), {"doc/d"}},
  };
  for (const auto& c : cases) {
    ASSERT_OK_AND_ASSIGN(const Answer answer, Run(Match(c.pattern)));
    EXPECT_EQ(answer.ids, c.ids);
    EXPECT_EQ(answer.summary.rows(), c.ids.size());
  }
}

TEST_P(Patterns, AllDifferentForbidsTheSameEntityTwice) {
  const Pattern same = Targets().In("targets").To("other");
  ASSERT_OK_AND_ASSIGN(const Answer any, Run(Match(same)));
  EXPECT_THAT(any.ids, SizeIs(4));
  ASSERT_OK_AND_ASSIGN(const Answer different, Run(Match(Pattern(same).AllDifferent())));
  EXPECT_THAT(different.ids,
              UnorderedElementsAre("lab/a topic/t1 lab/b", "lab/b topic/t1 lab/a"));
}

TEST_P(Patterns, ADayHasThreeAnswers) {
  const struct {
    const char* day;
    v1::Certainty certainty;
  } cases[] = {{"2022-12-31", v1::CERTAINTY_NO},
               {"2023-06-01", v1::CERTAINTY_POSSIBLE},
               {"2023-12-31", v1::CERTAINTY_CERTAIN}};
  for (const auto& c : cases) {
    SCOPED_TRACE(c.day);
    ASSERT_OK_AND_ASSIGN(const Answer possible,
                         Run(Match(Merger()).WithStatements().ValidAt(c.day)));
    ASSERT_OK_AND_ASSIGN(const Answer certain,
                         Run(Match(Merger()).ValidAt(c.day).Certainly()));
    ASSERT_OK_AND_ASSIGN(const auto count,
                         Run(CountMatches(Merger()).ValidAt(c.day).Certainly()));
    ASSERT_OK_AND_ASSIGN(const auto statements,
                         Run(CountStatements().Predicates("merged_into").ValidAt(c.day)));
    const bool is_certain = c.certainty == v1::CERTAINTY_CERTAIN;
    EXPECT_THAT(possible.rows, SizeIs(c.certainty == v1::CERTAINTY_NO ? 0 : 1));
    EXPECT_THAT(certain.rows, SizeIs(is_certain ? 1 : 0));
    EXPECT_EQ(count.total(), certain.rows.size());
    EXPECT_EQ(statements.total(), possible.rows.size());
    for (const v1::PatternRow& row : possible.rows) {
      EXPECT_EQ(row.statements(0).certainty(), c.certainty);
      EXPECT_EQ(row.statements(0).valid().text(), "in 2023");
    }
  }
}

TEST_P(Patterns, AnEarlierRevisionIsTheGraphAsItWas) {
  ASSERT_OK(Commit("mutations { retract_statement { id: 'merger' } }"));
  ASSERT_OK_AND_ASSIGN(const Answer now, Run(Match(Merger())));
  EXPECT_THAT(now.ids, IsEmpty());
  EXPECT_EQ(now.summary.revision(), kFactsRevision + 1);
  ASSERT_OK_AND_ASSIGN(const Answer then, Run(Match(Merger()).At(kFactsRevision)));
  EXPECT_THAT(then.ids, ElementsAre("lab/a lab/b"));
  EXPECT_EQ(then.summary.revision(), kFactsRevision);
  ASSERT_OK_AND_ASSIGN(const auto before,
                       Run(CountMatches(Pattern("any")).At(kSchemaRevision)));
  EXPECT_EQ(before.total(), 0u);
  EXPECT_EQ(before.revision(), kSchemaRevision);
}

TEST_P(Patterns, WhatIsDeniedCountsOnlyWhereItIsAskedFor) {
  CommitStatement(
      "subject: 'lab/b' predicate: 'targets' object: 'topic/t2' "
      "assertion: ASSERTION_NEGATED");
  ASSERT_OK_AND_ASSIGN(const Answer plain, Run(Match(Targets())));
  EXPECT_THAT(plain.ids, UnorderedElementsAre("lab/a topic/t1", "lab/b topic/t1"));
  ASSERT_OK_AND_ASSIGN(const Answer negated,
                       Run(Match(Targets()).Assertions({v1::ASSERTION_NEGATED})));
  EXPECT_THAT(negated.ids, ElementsAre("lab/b topic/t2"));
  ASSERT_OK_AND_ASSIGN(const auto counted, Run(CountMatches(Targets())));
  EXPECT_EQ(counted.total(), 2u);
}

// Until callers have identities everyone holds every authorisation; what is marked is
// found, and its mark is told.
TEST_P(Patterns, VisibilityIsTold) {
  ASSERT_OK(Commit("mutations { put_entity { id: 'lab/secret' visibility: 'police' } }"));
  CommitStatement(
      "subject: 'lab/secret' predicate: 'targets' object: 'topic/t2' "
      "visibility: 'customs & police'");
  ASSERT_OK_AND_ASSIGN(
      const Answer answer,
      Run(Match(Targets().And("topic").Ids("topic/t2")).WithStatements()));
  ASSERT_THAT(answer.ids, ElementsAre("lab/secret topic/t2"));
  EXPECT_EQ(answer.rows[0].entities(0).visibility(), "police");
  EXPECT_EQ(answer.rows[0].statements(0).visibility(), "customs & police");
}

TEST_P(Patterns, IdsOnlyCarriesNothingElse) {
  ASSERT_OK_AND_ASSIGN(const Answer answer,
                       Run(Match(Merger()).IdsOnly().WithStatements()));
  ASSERT_THAT(answer.ids, ElementsAre("lab/a lab/b"));
  EXPECT_FALSE(answer.rows[0].entities(0).has_label());
  EXPECT_EQ(answer.rows[0].statements(0).id(), "merger");
  EXPECT_EQ(answer.rows[0].statements(0).subject(), "");
}

TEST_P(Patterns, AnEdgeOfSeveralHopsHasNoStatement) {
  ASSERT_OK_AND_ASSIGN(const Answer answer, Run(Match(Pattern("lab")
                                                          .Ids("lab/a")
                                                          .Out("merged_into")
                                                          .Hops(0, 3)
                                                          .To("now")
                                                          .Out("targets")
                                                          .To("topic"))
                                                    .WithStatements()));
  EXPECT_THAT(answer.ids,
              UnorderedElementsAre("lab/a lab/a topic/t1", "lab/a lab/b topic/t1"));
  for (const v1::PatternRow& row : answer.rows) {
    ASSERT_EQ(row.statements_size(), 2);
    EXPECT_EQ(row.statements(0).id(), "");
    EXPECT_EQ(row.statements(1).predicate(), "targets");
  }
}

TEST_P(Patterns, RowsComeInManyMessagesAndOnce) {
  v1::CommitRequest labs;
  for (int i = 0; i < 2000; ++i) {
    const std::string id = absl::StrCat("lab/n", i);
    v1::Entity& lab = *labs.add_mutations()->mutable_put_entity();
    lab.set_id(id);
    (*lab.mutable_names())["en"] = absl::StrCat("Lab number ", i);
    v1::Statement& targets = *labs.add_mutations()->mutable_put_statement();
    targets.set_subject(id);
    targets.set_predicate("targets");
    targets.set_object("topic/t2");
  }
  ASSERT_OK(connection().Commit(labs));
  const Pattern pattern = Targets().And("topic").Ids("topic/t2");
  ASSERT_OK_AND_ASSIGN(const v1::MatchPatternRequest request, Match(pattern).Build());
  const auto stream = connection().MatchPattern(request);
  ASSERT_OK_AND_ASSIGN(const auto first, stream->Read());
  ASSERT_TRUE(first.has_value());
  EXPECT_LT(first->rows_size(), 2000);
  EXPECT_FALSE(first->has_summary());
  ASSERT_OK_AND_ASSIGN(Answer answer, Run(Match(pattern)));
  EXPECT_EQ(answer.summary.rows(), 2000u);
  std::sort(answer.ids.begin(), answer.ids.end());
  answer.ids.erase(std::unique(answer.ids.begin(), answer.ids.end()), answer.ids.end());
  EXPECT_THAT(answer.ids, SizeIs(2000));
}

TEST_P(Patterns, ACutAnswerSaysSo) {
  ASSERT_OK_AND_ASSIGN(const Answer rows, Run(Match(Targets()).Limit(1)));
  EXPECT_THAT(rows.ids, SizeIs(1));
  EXPECT_EQ(rows.summary.rows(), 1u);
  EXPECT_EQ(rows.summary.cut(), v1::CUT_REASON_MAX_HITS);
  ASSERT_OK_AND_ASSIGN(const Answer exact, Run(Match(Targets()).Limit(2)));
  EXPECT_THAT(exact.ids, SizeIs(2));
  EXPECT_EQ(exact.summary.cut(), v1::CUT_REASON_UNSPECIFIED);
  ASSERT_OK_AND_ASSIGN(const Answer visited, Run(Match(Targets()).MaxVisited(1)));
  EXPECT_EQ(visited.summary.cut(), v1::CUT_REASON_MAX_VISITED);
  ASSERT_OK_AND_ASSIGN(const auto count, Run(CountMatches(Targets()).MaxVisited(1)));
  EXPECT_EQ(count.cut(), v1::CUT_REASON_MAX_VISITED);
  ASSERT_OK_AND_ASSIGN(const auto statements, Run(CountStatements().MaxVisited(1)));
  EXPECT_EQ(statements.cut(), v1::CUT_REASON_MAX_VISITED);
}

TEST_P(Patterns, CountsAgreeWithRows) {
  ASSERT_OK_AND_ASSIGN(const Answer only, Run(Match(Targets()).CountOnly()));
  EXPECT_THAT(only.ids, IsEmpty());
  EXPECT_EQ(only.summary.rows(), 2u);
  ASSERT_OK_AND_ASSIGN(const auto total, Run(CountMatches(Targets())));
  EXPECT_THAT(Groups(total), ElementsAre("2"));
  EXPECT_EQ(total.total(), 2u);
  EXPECT_EQ(total.group_count(), 1u);
  ASSERT_OK_AND_ASSIGN(const auto none,
                       Run(CountMatches(Targets().And("lab").Ids("doc/d"))));
  EXPECT_THAT(Groups(none), ElementsAre("0"));
}

TEST_P(Patterns, MatchesAreCountedByWhatTheVariablesAre) {
  CommitStatement("subject: 'lab/a' predicate: 'targets' object: 'topic/t2'");
  const struct {
    client::Aggregation count;
    std::vector<std::string> groups;
  } cases[] = {
      {CountMatches(Targets()).ById("lab"), {"lab/a 2", "lab/b 1"}},
      {CountMatches(Targets()).ByKind("topic"), {"topic 3"}},
      {CountMatches(Targets()).ByProperty("lab", "size"), {"6 2", " 1"}},
      {CountMatches(Targets()).ById("topic").ById("lab"),
       {"topic/t1 lab/a 1", "topic/t1 lab/b 1", "topic/t2 lab/a 1"}},
      {CountMatches(Pattern("any")).ByKind("any"), {"lab 2", "topic 2", "doc 1"}},
  };
  for (const auto& c : cases) {
    ASSERT_OK_AND_ASSIGN(const auto answer, Run(c.count));
    EXPECT_EQ(Groups(answer), c.groups);
    EXPECT_EQ(answer.cut(), v1::CUT_REASON_UNSPECIFIED);
  }
}

TEST_P(Patterns, StatementsAreCountedByWhatTheySay) {
  const struct {
    client::Aggregation count;
    std::vector<std::string> groups;
  } cases[] = {
      {CountStatements(), {"5"}},
      {CountStatements().ByPredicate(),
       {"targets 2", "merged_into 1", "narrower_than 1", "size 1"}},
      {CountStatements().Subject("lab/a").ByKind("object"), {" 1", "lab 1", "topic 1"}},
      {CountStatements().Predicates("targeted_by").Subject("topic/t1").ById("subject"),
       {"lab/a 1", "lab/b 1"}},
      {CountStatements().Source("doc/d").ByYear(), {"2023 1"}},
      {CountStatements().Object("topic/t1").ById("object"), {"topic/t1 2"}},
  };
  for (const auto& c : cases) {
    ASSERT_OK_AND_ASSIGN(const auto answer, Run(c.count));
    EXPECT_EQ(Groups(answer), c.groups);
  }
}

TEST_P(Patterns, TheLargestGroupsAreGivenAndAllAreCounted) {
  ASSERT_OK_AND_ASSIGN(const auto answer, Run(CountStatements().ByPredicate().Limit(1)));
  EXPECT_THAT(Groups(answer), ElementsAre("targets 2"));
  EXPECT_EQ(answer.group_count(), 4u);
  EXPECT_EQ(answer.total(), 5u);
  EXPECT_EQ(answer.cut(), v1::CUT_REASON_UNSPECIFIED);
}

INSTANTIATE_TEST_SUITE_P(Stores, Patterns, ::testing::Bool());

}  // namespace
}  // namespace labgraph::conformance
