#include "server/query/start_source.h"

#include <algorithm>
#include <utility>

#include "server/base/status_macros.h"
#include "server/keys/keyspaces.h"
#include "server/keys/rows.h"
#include "server/query/statement_header.h"

namespace labgraph::query {

using graph::Neighbor;

std::vector<StartSource> StartSource::Of(const PatternPlan& plan, size_t variable) {
  const PlannedVariable& planned = plan.variables[variable];
  std::vector<StartSource> sources;
  if (!planned.ids.empty()) {
    sources.push_back(StartSource(Type::kIds));
    sources.back().ids_ = planned.ids;
    return sources;
  }
  if (!planned.kinds.empty()) {
    sources.push_back(StartSource(Type::kKinds));
    sources.back().kinds_.assign(planned.kinds.begin(), planned.kinds.end());
    std::sort(sources.back().kinds_.begin(), sources.back().kinds_.end());
  }
  bool has_edges = false;
  for (const PlannedEdge& edge : plan.edges) {
    if (!edge.leads_away() || (edge.from != variable && edge.to != variable)) continue;
    has_edges = true;
    EdgeSelection selection =
        edge.from == variable ? edge.selection : edge.selection.Reversed();
    if (selection.all_out || selection.all_in) continue;
    StartSource source(Type::kStatements);
    source.selection_ = std::move(selection);
    sources.push_back(std::move(source));
  }
  if (planned.kinds.empty()) {
    sources.push_back(StartSource(has_edges ? Type::kNumbers : Type::kEntities));
  }
  return sources;
}

std::vector<schema::PredicateNumber> StartSource::Predicates() const {
  std::vector<schema::PredicateNumber> predicates = selection_.out;
  predicates.insert(predicates.end(), selection_.in.begin(), selection_.in.end());
  std::sort(predicates.begin(), predicates.end());
  predicates.erase(std::unique(predicates.begin(), predicates.end()), predicates.end());
  return predicates;
}

std::vector<std::string> StartSource::Prefixes() const {
  std::vector<std::string> prefixes;
  for (const schema::KindNumber kind : kinds_) {
    prefixes.push_back(keys::EntityIdPrefix(kind));
  }
  for (const schema::PredicateNumber predicate : Predicates()) {
    prefixes.push_back(keys::PredicateIndexPrefix(predicate));
  }
  if (type_ == Type::kEntities || type_ == Type::kNumbers) prefixes.push_back("");
  return prefixes;
}

absl::StatusOr<uint64_t> StartSource::Count(const graph::View& view, uint64_t bound,
                                            RowCounts& counts) const {
  if (type_ == Type::kIds) return std::min<uint64_t>(ids_.size(), bound);
  const bool all = type_ == Type::kEntities || type_ == Type::kNumbers;
  if (all && view.records().rows().newest()) {
    return std::min(view.head().state.entities, bound);
  }
  const kv::Keyspace keyspace =
      type_ == Type::kStatements ? keys::kPredicateIndex : keys::kEntityId;
  uint64_t count = 0;
  for (const std::string& prefix : Prefixes()) {
    ASSIGN_OR_RETURN(const uint64_t rows, counts.Count(keyspace, prefix, bound - count));
    count += rows;
  }
  return count;
}

absl::StatusOr<std::vector<Neighbor>> StartSource::Read(const JoinTools& tools,
                                                        uint64_t max_rows) const {
  if (type_ == Type::kIds) return ids_;
  std::vector<Neighbor> entities;
  for (const std::string& prefix : Prefixes()) {
    RETURN_IF_ERROR(type_ == Type::kStatements
                        ? ReadStatements(tools, prefix, &max_rows, &entities)
                        : ReadEntities(tools, prefix, &max_rows, &entities));
  }
  SortUnique(&entities);
  return entities;
}

absl::Status StartSource::ReadEntities(const JoinTools& tools, const std::string& prefix,
                                       uint64_t* rows_left,
                                       std::vector<Neighbor>* out) const {
  graph::RowScan scan = tools.view.records().rows().Scan(keys::kEntityId, prefix);
  for (; scan.Valid() && *rows_left > 0 && tools.budget.Work(1); scan.Next()) {
    --*rows_left;
    keys::IndexRow row;
    keys::IndexRow::Decode(scan.value(), &row);
    out->push_back(static_cast<Neighbor>(row.number));
  }
  return scan.status();
}

absl::Status StartSource::ReadStatements(const JoinTools& tools,
                                         const std::string& prefix, uint64_t* rows_left,
                                         std::vector<Neighbor>* out) const {
  const graph::RecordReader& records = tools.view.records();
  graph::RowScan scan = records.rows().Scan(keys::kPredicateIndex, prefix);
  for (; scan.Valid() && *rows_left > 0 && tools.budget.Visit(1) == 1; scan.Next()) {
    --*rows_left;
    keys::IndexRow row;
    keys::IndexRow::Decode(scan.value(), &row);
    if (!tools.view.verdicts().Passes(static_cast<keys::FacetNumber>(row.number))) {
      continue;
    }
    if (!tools.budget.Work(Budget::kReadUnits)) break;
    ASSIGN_OR_RETURN(const absl::optional<StatementHeader> header,
                     ReadStatementHeader(records, keys::LastBe64(scan.key())));
    if (!header.has_value()) continue;
    if (selection_.FollowsOut(header->predicate)) {
      out->push_back(static_cast<Neighbor>(header->subject));
    }
    if (selection_.FollowsIn(header->predicate)) {
      out->push_back(static_cast<Neighbor>(header->object));
    }
  }
  return scan.status();
}

}  // namespace labgraph::query
