#include "tests/unit/query/path_model.h"

#include <algorithm>
#include <utility>

namespace labgraph::query {
namespace {

using Strings = google::protobuf::RepeatedPtrField<std::string>;

// The conditions on entities between the ends that random requests have.
constexpr char kOnlySpecial[] = "kind = special";
constexpr char kNotSpecial[] = "NOT kind = special";

std::set<keys::EntityNumber> Numbers(const graph::View& view, const Strings& ids) {
  std::set<keys::EntityNumber> numbers;
  for (const std::string& id : ids) numbers.insert(Number(view, id));
  return numbers;
}

void AddIds(const RandomGraph& graph, uint64_t most, std::mt19937_64& random,
            Strings* ids) {
  for (uint64_t n = random() % most + 1; n > 0; --n) {
    *ids->Add() = graph.ids()[random() % graph.ids().size()];
  }
}

}  // namespace

PathModel::PathModel(graph::View& view, const v1::FindPathsRequest& request)
    : from_(Numbers(view, request.from())),
      to_(Numbers(view, request.to())),
      avoided_(Numbers(view, request.avoid_entities())),
      required_(Numbers(view, request.required_entities())),
      no_hops_(request.read().valid_at().empty() ? v1::CERTAINTY_UNSPECIFIED
                                                 : v1::CERTAINTY_CERTAIN),
      max_hops_(request.max_hops()) {
  const Model facts(view);
  hops_ =
      facts.Hops(request.direction() == v1::DIRECTION_UNSPECIFIED ? v1::DIRECTION_BOTH
                                                                  : request.direction(),
                 {request.predicates().begin(), request.predicates().end()},
                 {request.avoid_predicates().begin(), request.avoid_predicates().end()});
  const bool only_special = !request.kinds().empty() || request.where() == kOnlySpecial;
  for (keys::EntityNumber n = 1; n < view.head().state.next_entity; ++n) {
    const bool special = facts.specials.contains(n);
    if (special ? request.where() == kNotSpecial : only_special) not_between_.insert(n);
  }
  for (const std::string& name : request.required_predicates()) {
    const std::string predicate = name == "has_part" ? "part_of" : name;
    std::set<keys::StatementNumber>& statements = required_statements_.emplace_back();
    for (const ModelEdge& edge : facts.edges) {
      if (edge.predicate == predicate) statements.insert(edge.statement);
    }
  }
}

void PathModel::Extend(const ModelPath& path, uint32_t hops_left,
                       std::set<ModelPath>* found) const {
  const auto& [entities, statements, certainty] = path;
  const keys::EntityNumber last = entities.back();
  if (hops_left == 0) {
    if (to_.contains(last) && MeetsNeeds(path)) found->insert(path);
    return;
  }
  if (entities.size() > 1 && not_between_.contains(last)) return;
  for (const ModelHop& hop : hops_) {
    if (hop.from != last || avoided_.contains(hop.to)) continue;
    if (std::count(entities.begin(), entities.end(), hop.to) > 0) continue;
    ModelPath longer = path;
    std::get<0>(longer).push_back(hop.to);
    std::get<1>(longer).push_back(hop.statement);
    std::get<2>(longer) = std::max(certainty, hop.certainty);
    Extend(longer, hops_left - 1, found);
  }
}

bool PathModel::MeetsNeeds(const ModelPath& path) const {
  const auto& [entities, statements, certainty] = path;
  for (const keys::EntityNumber entity : required_) {
    if (std::count(entities.begin(), entities.end(), entity) == 0) return false;
  }
  for (const std::set<keys::StatementNumber>& any : required_statements_) {
    if (std::none_of(statements.begin(), statements.end(),
                     [&](keys::StatementNumber s) { return any.contains(s); })) {
      return false;
    }
  }
  return true;
}

std::set<ModelPath> PathModel::OfLength(uint32_t hops) const {
  std::set<ModelPath> found;
  for (const keys::EntityNumber start : from_) {
    if (!avoided_.contains(start)) Extend({{start}, {}, no_hops_}, hops, &found);
  }
  return found;
}

std::vector<ModelPath> PathModel::Simple(size_t most) const {
  std::vector<ModelPath> paths;
  for (uint32_t hops = 0; hops <= max_hops_ && paths.size() < most; ++hops) {
    const std::set<ModelPath> found = OfLength(hops);
    paths.insert(paths.end(), found.begin(), found.end());
  }
  if (paths.size() > most) paths.resize(most);
  return paths;
}

std::vector<ModelPath> PathModel::Shortest(size_t most) const {
  std::set<ModelPath> found;
  for (uint32_t hops = 0; hops <= max_hops_ && found.empty(); ++hops) {
    found = OfLength(hops);
  }
  std::vector<ModelPath> paths(found.begin(), found.end());
  if (paths.size() > most) paths.resize(most);
  return paths;
}

std::vector<ModelPath> ToModel(const std::vector<FoundPath>& paths) {
  std::vector<ModelPath> result;
  for (const FoundPath& path : paths) {
    result.push_back({path.entities, path.statements, path.certainty});
  }
  return result;
}

v1::FindPathsRequest RandomPathsRequest(const RandomGraph& graph,
                                        std::mt19937_64& random) {
  v1::FindPathsRequest request;
  *request.mutable_read() = graph.RandomRead(random);
  AddIds(graph, 2, random, request.mutable_from());
  AddIds(graph, 2, random, request.mutable_to());
  request.set_max_hops(static_cast<uint32_t>(1 + random() % 10));
  // Without conditions there are the most paths.
  if (random() % 2 == 0) return request;
  request.set_direction(static_cast<v1::Direction>(1 + random() % 3));
  if (random() % 4 == 0) AddIds(graph, 3, random, request.mutable_avoid_entities());
  for (const char* predicate : {"part_of", "has_part", "leads_to", "near", "like"}) {
    if (random() % 6 == 0) request.add_predicates(predicate);
  }
  if (random() % 4 == 0) request.add_avoid_predicates("part_of");
  if (random() % 4 == 0) request.add_kinds("special");
  if (random() % 6 == 0) request.set_where(kOnlySpecial);
  if (random() % 6 == 0) request.set_where(kNotSpecial);
  return request;
}

}  // namespace labgraph::query
