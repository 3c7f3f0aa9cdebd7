#include "server/query/statement_lane.h"

#include <algorithm>

#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/keys/keyspaces.h"
#include "server/keys/rows.h"

namespace labgraph::query {
namespace {

template <typename Number>
bool Fits(const absl::optional<Number>& wanted, Number actual) {
  return !wanted.has_value() || *wanted == actual;
}

StatementLane EdgeLane(kv::Keyspace keyspace, keys::EntityNumber node,
                       absl::optional<schema::PredicateNumber> predicate,
                       absl::optional<keys::EntityNumber> neighbor) {
  if (!predicate.has_value()) return {keyspace, keys::EdgePrefix(node), node};
  return {keyspace, keys::EdgePrefix(node, *predicate), node, predicate, neighbor};
}

// Symmetric relations are stored from one end; these lanes see them from the other.
void AddOtherEnd(kv::Keyspace keyspace, keys::EntityNumber node,
                 absl::optional<keys::EntityNumber> neighbor,
                 const StatementPattern& pattern, std::vector<StatementLane>* lanes) {
  for (const schema::PredicateNumber predicate : pattern.symmetric) {
    lanes->push_back(EdgeLane(keyspace, node, predicate, neighbor));
  }
}

void AddLanes(const StatementPattern& pattern, absl::optional<keys::EntityNumber> source,
              std::vector<StatementLane>* lanes) {
  if (pattern.subject.has_value()) {
    const keys::EntityNumber node = *pattern.subject;
    const std::string prefix = pattern.predicate.has_value()
                                   ? keys::ValuePrefix(node, *pattern.predicate)
                                   : keys::ValuePrefix(node);
    lanes->push_back({keys::kValue, prefix});
    lanes->push_back(EdgeLane(keys::kOut, node, pattern.predicate, pattern.object));
    AddOtherEnd(keys::kIn, node, pattern.object, pattern, lanes);
  } else if (pattern.object.has_value()) {
    const keys::EntityNumber node = *pattern.object;
    lanes->push_back(EdgeLane(keys::kIn, node, pattern.predicate, absl::nullopt));
    AddOtherEnd(keys::kOut, node, absl::nullopt, pattern, lanes);
  } else if (source.has_value()) {
    lanes->push_back({keys::kSourceIndex, keys::SourceStatementPrefix(*source)});
  } else if (pattern.predicate.has_value()) {
    lanes->push_back(
        {keys::kPredicateIndex, keys::PredicateIndexPrefix(*pattern.predicate)});
  } else {
    lanes->push_back({keys::kStatement, ""});
  }
}

absl::Status VisitEdges(const graph::View& view, const StatementLane& lane,
                        const std::string& after, LaneVisitor visit) {
  graph::EdgeScan scan(view.records().rows(), lane.keyspace, lane.node, lane.predicate);
  if (!after.empty()) {
    keys::EdgeKey key;
    if (!keys::EdgeKey::Decode(after, &key) || key.node != lane.node) {
      return errors::PageTokenInvalid("it is not of this list.");
    }
    ++key.statement;
    if (key.neighbor < lane.neighbor.value_or(0)) {
      key = {lane.node, *lane.predicate, *lane.neighbor, 0};
    }
    scan.StartAt(key);
  } else if (lane.neighbor.has_value()) {
    scan.StartAt({lane.node, *lane.predicate, *lane.neighbor, 0});
  }
  while (scan.NextRun()) {
    for (const keys::Edge& edge : scan.edges()) {
      if (!Fits(lane.neighbor, edge.neighbor)) return absl::OkStatus();
      const std::string key =
          keys::EdgeKey{lane.node, scan.predicate(), edge.neighbor, edge.statement}
              .Encode();
      StatementHeader header{lane.node, scan.predicate(), edge.neighbor, edge.facet};
      if (lane.keyspace == keys::kIn) std::swap(header.subject, header.object);
      ASSIGN_OR_RETURN(const bool go_on,
                       visit({edge.statement, key, edge.facet, header}));
      if (!go_on) return absl::OkStatus();
    }
  }
  return scan.status();
}

// A row of a lane other than those of edges.
absl::StatusOr<LaneEntry> ToEntry(kv::Keyspace keyspace, absl::string_view key,
                                  absl::string_view value) {
  LaneEntry entry{keys::LastBe64(key), key, 0, absl::nullopt};
  if (keyspace == keys::kStatement) {
    ASSIGN_OR_RETURN(entry.header, DecodeStatementHeader(entry.statement, value));
    entry.facet = entry.header->facet;
    return entry;
  }
  keys::IndexRow row;
  if (!keys::IndexRow::Decode(value, &row)) {
    return errors::StorageCorrupt(keys::kNames[keyspace], "a row cannot be decoded.");
  }
  entry.facet = static_cast<keys::FacetNumber>(row.number);
  return entry;
}

}  // namespace

bool StatementPattern::Matches(const StatementHeader& statement) const {
  if (predicate.has_value() && *predicate != statement.predicate) return false;
  if (Fits(subject, statement.subject) && Fits(object, statement.object)) return true;
  return Fits(subject, statement.object) && Fits(object, statement.subject) &&
         std::binary_search(symmetric.begin(), symmetric.end(), statement.predicate);
}

std::vector<StatementLane> PlanLanes(const std::vector<StatementPattern>& patterns,
                                     absl::optional<keys::EntityNumber> source) {
  std::vector<StatementLane> lanes;
  for (const StatementPattern& pattern : patterns) AddLanes(pattern, source, &lanes);
  // Patterns may share a lane, for example when a relation is named twice.
  std::vector<StatementLane> unique;
  for (StatementLane& lane : lanes) {
    const bool known =
        std::any_of(unique.begin(), unique.end(), [&](const StatementLane& other) {
          return other.keyspace == lane.keyspace && other.prefix == lane.prefix &&
                 other.neighbor == lane.neighbor;
        });
    if (!known) unique.push_back(std::move(lane));
  }
  return unique;
}

bool MayRepeat(const std::vector<StatementLane>& lanes, size_t lane) {
  return lane > 0 &&
         (lanes[lane].keyspace == keys::kOut || lanes[lane].keyspace == keys::kIn);
}

bool InEarlierLane(const std::vector<StatementLane>& lanes, size_t lane,
                   const StatementHeader& statement) {
  return std::any_of(
      lanes.begin(), lanes.begin() + static_cast<ptrdiff_t>(lane),
      [&](const StatementLane& other) {
        if (!Fits(other.predicate, statement.predicate)) return false;
        return (other.keyspace == keys::kOut && other.node == statement.subject &&
                Fits(other.neighbor, statement.object)) ||
               (other.keyspace == keys::kIn && other.node == statement.object &&
                Fits(other.neighbor, statement.subject));
      });
}

absl::StatusOr<absl::optional<StatementHeader>> LaneEntry::ReadHeader(
    const graph::RecordReader& records) const {
  if (header.has_value()) return header;
  return ReadStatementHeader(records, statement);
}

absl::Status VisitLane(const graph::View& view, const StatementLane& lane,
                       const std::string& after, LaneVisitor visit) {
  if (lane.keyspace == keys::kOut || lane.keyspace == keys::kIn) {
    return VisitEdges(view, lane, after, visit);
  }
  graph::RowScan scan = view.records().rows().Scan(lane.keyspace, lane.prefix,
                                                   after.empty() ? "" : after + '\0');
  for (; scan.Valid(); scan.Next()) {
    ASSIGN_OR_RETURN(const LaneEntry entry,
                     ToEntry(lane.keyspace, scan.key(), scan.value()));
    ASSIGN_OR_RETURN(const bool go_on, visit(entry));
    if (!go_on) return absl::OkStatus();
  }
  return scan.status();
}

}  // namespace labgraph::query
