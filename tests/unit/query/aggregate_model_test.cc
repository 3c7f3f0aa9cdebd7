#include <algorithm>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/query/matches.h"
#include "tests/unit/query/pattern_model.h"
#include "tests/unit/query/random_graph.h"
#include "tests/unit/schema/random_seed.h"

namespace labgraph::query {
namespace {

using Texts = std::set<std::string>;
using Groups = std::map<std::vector<std::string>, uint64_t>;

constexpr uint32_t kManyGroups = 10000;

// The year of one of the dates of a random graph.
std::string YearOf(const std::string& date) {
  static const auto* const kYears = new std::map<std::string, std::string>{
      {"2021-07", "2021"}, {"2021~", "2020"}, {"[..1990]", ""}, {"199X", "1990"}};
  return kYears->at(date);
}

std::string TextOf(const google::protobuf::Value& value, v1::GroupBy by) {
  if (by == v1::GROUP_BY_YEAR) return YearOf(value.string_value());
  return value.has_number_value() ? absl::StrCat(value.number_value())
                                  : value.string_value();
}

// What a key says of an entity; 0 stands for none.
Texts EntityTexts(graph::View& view, keys::EntityNumber number, const v1::GroupKey& key) {
  if (number == 0) return {""};
  const std::string id = Id(view, number);
  if (key.by() == v1::GROUP_BY_ID) return {id};
  if (key.by() == v1::GROUP_BY_KIND) return {id.substr(0, id.find('/'))};
  const auto entity = view.GetEntity(number, v1::ENTITY_VIEW_FULL);
  EXPECT_OK(entity);
  Texts texts;
  for (const v1::Statement& statement : (*entity)->statements()) {
    if (statement.predicate() != key.property()) continue;
    texts.insert(TextOf(statement.value(), key.by()));
  }
  return texts.empty() ? Texts{""} : texts;
}

// Adds one to every group that something with those texts, by key, is in.
void AddToGroups(const std::vector<Texts>& texts, std::vector<std::string> group,
                 Groups* groups) {
  if (group.size() == texts.size()) {
    ++(*groups)[group];
    return;
  }
  const Texts& values = texts[group.size()];
  for (const std::string& text : values) {
    group.push_back(text);
    AddToGroups(texts, group, groups);
    group.pop_back();
  }
}

// Whether the request had no such key; none may be given twice.
bool AddKey(const v1::GroupKey& key, v1::AggregateRequest& request) {
  for (const v1::GroupKey& other : request.group_by()) {
    if (google::protobuf::util::MessageDifferencer::Equals(key, other)) return false;
  }
  *request.add_group_by() = key;
  return true;
}

class AggregateModelTest : public ::testing::Test {
 protected:
  AggregateModelTest() : seed_(schema::RandomSeed()), random_(seed_) {}

  v1::GroupKey RandomEntityKey(const std::string& variable) {
    v1::GroupKey key;
    key.set_variable(variable);
    switch (random_() % 5) {
      case 0:
        key.set_by(v1::GROUP_BY_ID);
        break;
      case 1:
        key.set_by(v1::GROUP_BY_KIND);
        break;
      case 2:
        key.set_by(v1::GROUP_BY_YEAR);
        key.set_property("founded");
        break;
      default:
        key.set_by(v1::GROUP_BY_PROPERTY);
        key.set_property(random_() % 2 == 0 ? "size" : "note");
    }
    return key;
  }

  // Runs the request and compares its groups, in full and when cut.
  static void Check(const TestGraph& graph, v1::AggregateRequest request,
                    const Groups& expected, uint64_t total) {
    request.set_max_groups(kManyGroups);
    const auto answer = RunAggregate(graph, request);
    ASSERT_OK(answer);
    Groups groups;
    std::vector<std::pair<int64_t, std::vector<std::string>>> order;
    for (const v1::AggregateGroup& group : answer->groups()) {
      std::vector<std::string> keys(group.keys().begin(), group.keys().end());
      groups[keys] = group.count();
      order.emplace_back(-static_cast<int64_t>(group.count()), std::move(keys));
    }
    EXPECT_EQ(groups, expected);
    EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
    EXPECT_EQ(answer->total(), total);
    EXPECT_EQ(answer->group_count(), expected.size());
    EXPECT_EQ(answer->cut(), v1::CUT_REASON_UNSPECIFIED);
    request.set_max_groups(2);
    const auto first = RunAggregate(graph, request);
    ASSERT_OK(first);
    EXPECT_EQ(first->group_count(), expected.size());
    ASSERT_EQ(first->groups_size(), std::min<int>(2, answer->groups_size()));
    for (int i = 0; i < first->groups_size(); ++i) {
      EXPECT_EQ(first->groups(i).DebugString(), answer->groups(i).DebugString());
    }
  }

  // Whether a statement is one of those asked for; they name predicates and ends alone.
  static bool Fits(const v1::Statement& statement, const v1::StatementSelection& asked) {
    const auto ends = [&](const std::string& subject, const std::string& object) {
      return (asked.subject().empty() || asked.subject() == subject) &&
             (asked.object().empty() || asked.object() == object);
    };
    const std::string& s = statement.subject();
    const std::string& o = statement.object();
    if (asked.predicates().empty()) {
      const bool symmetric =
          statement.predicate() == "near" || statement.predicate() == "like";
      return ends(s, o) || (symmetric && ends(o, s));
    }
    return std::any_of(asked.predicates().begin(), asked.predicates().end(),
                       [&](const std::string& name) {
                         if (name == "has_part") {
                           return statement.predicate() == "part_of" && ends(o, s);
                         }
                         const bool either_way = name == "near" && ends(o, s);
                         return name == statement.predicate() &&
                                (ends(s, o) || either_way);
                       });
  }

  static Texts StatementTexts(graph::View& view, const v1::Statement& statement,
                              const v1::GroupKey& key) {
    if (key.by() == v1::GROUP_BY_PREDICATE) return {statement.predicate()};
    if (key.variable().empty()) {
      return {statement.valid().earliest_start().substr(0, 4)};
    }
    const std::string& id =
        key.variable() == "subject" ? statement.subject() : statement.object();
    return EntityTexts(view, id.empty() ? 0 : Number(view, id), key);
  }

  static void CheckStatements(const TestGraph& graph,
                              const v1::AggregateRequest& request) {
    const std::unique_ptr<graph::View> view = graph.Read(request.read());
    Groups groups;
    if (request.group_by().empty()) groups[{}] = 0;
    uint64_t total = 0;
    for (keys::StatementNumber n = 1; n < view->head().state.next_statement; ++n) {
      const auto statement = view->GetStatement(n);
      ASSERT_OK(statement);
      if (!statement->has_value() || !Fits(**statement, request.statements())) continue;
      ++total;
      std::vector<Texts> texts;
      for (const v1::GroupKey& key : request.group_by()) {
        texts.push_back(StatementTexts(*view, **statement, key));
      }
      AddToGroups(texts, {}, &groups);
    }
    Check(graph, request, groups, total);
  }

  const uint64_t seed_;
  std::mt19937_64 random_;
};

TEST_F(AggregateModelTest, CountsMatchesAsListingThemDoes) {
  SCOPED_TRACE(absl::StrCat("LABGRAPH_TEST_SEED=", seed_));
  for (int round = 0; round < 30 && !HasFailure(); ++round) {
    const RandomGraph graph(random_);
    for (int i = 0; i < 10 && !HasFailure(); ++i) {
      const RandomPattern pattern(graph, random_);
      v1::AggregateRequest request;
      *request.mutable_variables() = pattern.variables;
      *request.mutable_edges() = pattern.edges;
      request.set_all_different(pattern.all_different);
      *request.mutable_read() = graph.RandomRead(random_);
      std::vector<size_t> positions;
      for (uint64_t keys = random_() % 4; keys > 0; --keys) {
        const size_t position =
            random_() % static_cast<uint64_t>(pattern.variables.size());
        const std::string& name = pattern.variables[static_cast<int>(position)].name();
        if (AddKey(RandomEntityKey(name), request)) positions.push_back(position);
      }
      SCOPED_TRACE(request.DebugString());
      const std::unique_ptr<graph::View> view = graph.graph().Read(request.read());
      const PatternModel model(*view, pattern);
      Groups groups;
      if (positions.empty()) groups[{}] = 0;
      for (const PatternModel::Match& match : model.matches) {
        std::vector<Texts> texts;
        for (size_t k = 0; k < positions.size(); ++k) {
          texts.push_back(EntityTexts(*view, match.entities[positions[k]],
                                      request.group_by(static_cast<int>(k))));
        }
        AddToGroups(texts, {}, &groups);
      }
      Check(graph.graph(), request, groups, model.matches.size());
    }
  }
}

TEST_F(AggregateModelTest, CountsStatementsAsReadingThemDoes) {
  SCOPED_TRACE(absl::StrCat("LABGRAPH_TEST_SEED=", seed_));
  for (int round = 0; round < 30 && !HasFailure(); ++round) {
    const RandomGraph graph(random_);
    for (int i = 0; i < 10 && !HasFailure(); ++i) {
      v1::AggregateRequest request;
      *request.mutable_read() = graph.RandomRead(random_);
      v1::StatementSelection& asked = *request.mutable_statements();
      const auto chance = [this](uint64_t in) { return random_() % in == 0; };
      if (chance(3)) asked.set_subject(graph.ids()[random_() % graph.ids().size()]);
      if (chance(4)) asked.set_object(graph.ids()[random_() % graph.ids().size()]);
      for (const char* predicate : {"part_of", "has_part", "near", "size"}) {
        if (chance(5)) asked.add_predicates(predicate);
      }
      for (uint64_t keys = random_() % 4; keys > 0; --keys) {
        v1::GroupKey key;
        if (chance(3)) {
          key.set_by(v1::GROUP_BY_PREDICATE);
        } else if (chance(3)) {
          key.set_by(v1::GROUP_BY_YEAR);
        } else {
          key = RandomEntityKey(chance(2) ? "subject" : "object");
        }
        AddKey(key, request);
      }
      SCOPED_TRACE(request.DebugString());
      CheckStatements(graph.graph(), request);
    }
  }
}

}  // namespace
}  // namespace labgraph::query
