#include "tests/unit/query/random_graph.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace labgraph::query {
namespace {

constexpr int kEntities = 12;
constexpr const char* kPredicates[] = {"part_of", "leads_to", "near", "like"};
// Certain, possible and impossible on the day asked about, or undated.
constexpr const char* kTimes[] = {
    "", "valid { start: '2020' end: '..' }", "valid { start: '2020' }",
    "valid { start: '2021' end: '2024' }", "valid { start: '2010' end: '2011' }"};
constexpr const char* kRanks[] = {"",
                                  "",
                                  "",
                                  "",
                                  "rank: RANK_DEPRECATED",
                                  "assertion: ASSERTION_NEGATED",
                                  "rank: RANK_PREFERRED"};
// Properties with values of which some are equal.
constexpr int kProperties = 12;
constexpr const char* kValues[] = {
    "predicate: 'size' value { number_value: 6 }",
    "predicate: 'size' value { number_value: 7.0 }",
    "predicate: 'note' value { string_value: 'six' }",
    "predicate: 'note' value { string_value: '6' }",
    "predicate: 'founded' value { string_value: '2021-07' }",
    "predicate: 'founded' value { string_value: '2021~' }",
    "predicate: 'founded' value { string_value: '[..1990]' }",
    "predicate: 'founded' value { string_value: '199X' }"};
constexpr char kDay[] = "2022-07-01";

template <typename T, size_t kSize>
const T& Pick(const T (&items)[kSize], std::mt19937_64& random) {
  return items[random() % kSize];
}

}  // namespace

RandomGraph::RandomGraph(std::mt19937_64& random) {
  for (int i = 0; i < kEntities; ++i) {
    ids_.push_back(absl::StrCat(random() % 3 == 0 ? "special" : "node", "/e", i));
  }
  graph_.Entities(ids_);
  const int statements = 10 + static_cast<int>(random() % 25);
  for (int i = 0; i < statements; ++i) {
    graph_.Statement(absl::StrCat("id: 'e", i, "' subject: '", ids_[random() % kEntities],
                                  "' predicate: '", Pick(kPredicates, random),
                                  "' object: '", ids_[random() % kEntities], "' ",
                                  Pick(kTimes, random), " ", Pick(kRanks, random)));
    if (random() % 8 == 0) revisions_.push_back(graph_.Commit());
  }
  for (int i = 0; i < kProperties; ++i) {
    graph_.Statement(absl::StrCat("id: 'p", i, "' subject: '", ids_[random() % kEntities],
                                  "' ", Pick(kValues, random), " ", Pick(kTimes, random),
                                  " ", Pick(kRanks, random)));
  }
  revisions_.push_back(graph_.Commit());
  for (int i = 0; i < statements; ++i) {
    if (random() % 8 == 0) graph_.Retract(absl::StrCat("e", i));
  }
  revisions_.push_back(graph_.Commit());
}

v1::ReadOptions RandomGraph::RandomRead(std::mt19937_64& random) const {
  v1::ReadOptions options;
  if (random() % 2 == 0) options.set_revision(revisions_[random() % revisions_.size()]);
  if (random() % 3 != 0) options.set_valid_at(kDay);
  if (random() % 5 == 0 && !options.valid_at().empty()) {
    options.set_certainty(v1::CERTAINTY_CERTAIN);
  }
  return options;
}

Model::Model(graph::View& view) {
  const keys::State& state = view.head().state;
  for (keys::EntityNumber n = 1; n < state.next_entity; ++n) {
    if (absl::StartsWith(Id(view, n), "special/")) specials.insert(n);
  }
  for (keys::StatementNumber n = 1; n < state.next_statement; ++n) {
    const auto statement = view.GetStatement(n);
    EXPECT_TRUE(statement.ok()) << statement.status();
    if (!statement.ok() || !statement->has_value()) continue;
    const v1::Statement& s = **statement;
    if (s.object().empty()) continue;
    edges.push_back({Number(view, s.subject()), Number(view, s.object()), n,
                     s.predicate(), s.certainty(),
                     s.predicate() == "near" || s.predicate() == "like"});
  }
}

std::vector<ModelHop> Model::Hops(v1::Direction direction,
                                  const std::set<std::string>& predicates,
                                  const std::set<std::string>& avoided) const {
  std::vector<ModelHop> hops;
  for (const ModelEdge& e : edges) {
    if (avoided.contains(e.predicate)) continue;
    bool out = e.symmetric || direction != v1::DIRECTION_IN;
    bool in = e.symmetric || direction != v1::DIRECTION_OUT;
    if (!predicates.empty()) {
      const bool inverse = e.predicate == "part_of" && predicates.contains("has_part");
      const bool straight = predicates.contains(e.predicate);
      const bool both = e.symmetric || direction == v1::DIRECTION_BOTH;
      out = both ? straight || inverse
                 : (direction == v1::DIRECTION_OUT ? straight : inverse);
      in = both ? straight || inverse
                : (direction == v1::DIRECTION_OUT ? inverse : straight);
    }
    if (out) hops.push_back({e.subject, e.object, e.statement, e.certainty});
    if (in && !(out && e.subject == e.object)) {
      hops.push_back({e.object, e.subject, e.statement, e.certainty});
    }
  }
  return hops;
}

}  // namespace labgraph::query
