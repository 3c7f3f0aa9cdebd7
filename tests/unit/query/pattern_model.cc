#include "tests/unit/query/pattern_model.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace labgraph::query {
namespace {

using Entities = std::vector<keys::EntityNumber>;
using Pair = std::pair<keys::EntityNumber, keys::EntityNumber>;

constexpr int kMaxVariables = 4;
constexpr const char* kPredicates[] = {"part_of", "has_part", "leads_to", "near", "like"};

// From which entity to which an edge holds, with the statement that says so.
std::map<Pair, keys::StatementNumber> Holds(const v1::PatternEdge& edge,
                                            const Model& facts,
                                            const Entities& entities) {
  std::map<Pair, keys::StatementNumber> single;
  for (const ModelHop& hop : facts.Hops(
           edge.direction(), {edge.predicates().begin(), edge.predicates().end()})) {
    const auto [it, first] = single.try_emplace({hop.from, hop.to}, hop.statement);
    if (!first) it->second = std::min(it->second, hop.statement);
  }
  const uint32_t min = edge.has_min_hops() ? edge.min_hops() : 1;
  const uint32_t max = edge.has_max_hops() ? edge.max_hops() : std::max(1u, min);
  if (min == 1 && max == 1) return single;
  std::map<Pair, keys::StatementNumber> holds;
  for (const keys::EntityNumber from : entities) {
    std::set<keys::EntityNumber> met = {from};
    std::set<keys::EntityNumber> level = {from};
    for (uint32_t hops = 0; hops <= max; ++hops) {
      std::set<keys::EntityNumber> next;
      for (const keys::EntityNumber at : level) {
        if (hops >= min) holds[{from, at}] = 0;
        for (const auto& [pair, statement] : single) {
          if (pair.first == at && !met.contains(pair.second)) next.insert(pair.second);
        }
      }
      met.insert(next.begin(), next.end());
      level = std::move(next);
    }
  }
  return holds;
}

}  // namespace

RandomPattern::RandomPattern(const RandomGraph& graph, std::mt19937_64& random) {
  const auto chance = [&random](uint64_t in) { return random() % in == 0; };
  const int count = 1 + static_cast<int>(random() % kMaxVariables);
  for (int i = 0; i < count; ++i) {
    v1::PatternVariable* const variable = variables.Add();
    variable->set_name(absl::StrCat("v", i));
    if (chance(4)) variable->add_kinds("special");
    if (chance(6)) variable->add_kinds("node");
    if (chance(6)) variable->set_where("kind = special");
    for (int ids = chance(4) ? 3 : 0; ids > 0; --ids) {
      variable->add_ids(graph.ids()[random() % graph.ids().size()]);
    }
  }
  all_different = chance(2);
  // Mostly as many as make one piece and a cycle or two.
  const uint64_t edge_count =
      count == 1 ? 0 : random() % static_cast<uint64_t>(count + 2);
  for (uint64_t i = 0; i < edge_count; ++i) {
    v1::PatternEdge* const edge = edges.Add();
    const int from = static_cast<int>(random() % static_cast<uint64_t>(count));
    const int step = 1 + static_cast<int>(random() % static_cast<uint64_t>(count - 1));
    edge->set_from(variables[from].name());
    edge->set_to(variables[(from + step) % count].name());
    edge->set_direction(static_cast<v1::Direction>(1 + random() % 3));
    for (const char* predicate : kPredicates) {
      if (chance(4)) edge->add_predicates(predicate);
    }
    if (chance(4)) edge->set_min_hops(static_cast<uint32_t>(random() % 3));
    if (chance(4)) {
      edge->set_max_hops(std::max(1u, edge->min_hops()) +
                         static_cast<uint32_t>(random() % 3));
    }
  }
}

PatternModel::PatternModel(graph::View& view, const RandomPattern& pattern) {
  const Model facts(view);
  Entities entities;
  for (keys::EntityNumber n = 1; n < view.head().state.next_entity; ++n) {
    if (!Id(view, n).empty()) entities.push_back(n);
  }
  std::map<std::string, size_t> positions;
  std::vector<std::set<keys::EntityNumber>> allowed;
  for (const v1::PatternVariable& variable : pattern.variables) {
    positions[variable.name()] = allowed.size();
    std::set<keys::EntityNumber>& fits = allowed.emplace_back();
    for (const std::string& id : variable.ids()) fits.insert(Number(view, id));
    if (variable.ids().empty()) fits.insert(entities.begin(), entities.end());
    const bool node =
        std::count(variable.kinds().begin(), variable.kinds().end(), "node") > 0;
    const bool special =
        (!variable.kinds().empty() && !node) || !variable.where().empty();
    if (special) {
      std::erase_if(fits, [&](auto number) { return !facts.specials.contains(number); });
    }
  }
  std::vector<std::map<Pair, keys::StatementNumber>> holds;
  for (const v1::PatternEdge& edge : pattern.edges) {
    holds.push_back(Holds(edge, facts, entities));
  }
  Match match;
  const auto try_all = [&](const auto& self) -> void {
    if (match.entities.size() < allowed.size()) {
      for (const keys::EntityNumber entity : allowed[match.entities.size()]) {
        match.entities.push_back(entity);
        self(self);
        match.entities.pop_back();
      }
      return;
    }
    const std::set<keys::EntityNumber> different(match.entities.begin(),
                                                 match.entities.end());
    if (pattern.all_different && different.size() < match.entities.size()) return;
    match.statements.clear();
    for (size_t i = 0; i < holds.size(); ++i) {
      const v1::PatternEdge& edge = pattern.edges[static_cast<int>(i)];
      const auto it = holds[i].find(
          {match.entities[positions[edge.from()]], match.entities[positions[edge.to()]]});
      if (it == holds[i].end()) return;
      match.statements.push_back(it->second);
    }
    matches.push_back(match);
  };
  try_all(try_all);
  std::sort(matches.begin(), matches.end());
}

}  // namespace labgraph::query
