#include "server/query/count_statements.h"

#include <algorithm>
#include <array>
#include <utility>

#include "server/base/status_macros.h"
#include "server/keys/keyspaces.h"

namespace labgraph::query {
namespace {

using graph::Neighbor;

// Every statement, by predicate: the rows of that index are the smallest that there are.
std::vector<StatementPattern> EveryPredicate(const schema::Ontology& ontology) {
  std::vector<StatementPattern> patterns;
  for (const v1::Predicate& definition : ontology.definitions().predicates()) {
    StatementPattern pattern;
    pattern.predicate = ontology.FindPredicate(definition.name()).predicate->number;
    patterns.push_back(pattern);
  }
  return patterns;
}

class Counter {
 public:
  Counter(const StatementQuestion& question, const std::vector<PlannedKey>& keys,
          const JoinTools& tools, GroupCounts* groups)
      : question_(question),
        tools_(tools),
        groups_(*groups),
        keys_need_ends_(std::any_of(keys.begin(), keys.end(), [](const auto& key) {
          return key.entity.has_value();
        })) {}

  absl::Status Run() {
    PlanReads();
    for (size_t i = 0; i < lanes_.size() && !tools_.budget.stopped(); ++i) {
      RETURN_IF_ERROR(VisitLane(tools_.view, lanes_[i], "",
                                [&](const LaneEntry& entry) -> absl::StatusOr<bool> {
                                  if (tools_.budget.Visit(1) == 0) return false;
                                  RETURN_IF_ERROR(Count(i, entry));
                                  return !tools_.budget.stopped();
                                }));
    }
    return tools_.budget.status();
  }

 private:
  // Which lanes to go through, and what of each statement has to be read besides.
  void PlanReads() {
    const bool any_end = std::any_of(
        question_.patterns.begin(), question_.patterns.end(), [](const auto& pattern) {
          return pattern.subject.has_value() || pattern.object.has_value();
        });
    const bool any_predicate = question_.patterns.front().predicate.has_value();
    if (!keys_need_ends_ && !any_end && !any_predicate && !question_.source.has_value()) {
      lanes_ = PlanLanes(EveryPredicate(tools_.view.ontology()), absl::nullopt);
      return;
    }
    lanes_ = PlanLanes(question_.patterns, question_.source);
    const bool by_source = lanes_.front().keyspace == keys::kSourceIndex;
    needs_header_ = keys_need_ends_ || any_end || (by_source && any_predicate);
    needs_sources_ = question_.source.has_value() && !by_source;
  }

  absl::Status Count(size_t lane, const LaneEntry& entry) {
    if (!tools_.view.verdicts().Passes(entry.facet)) return absl::OkStatus();
    absl::optional<StatementHeader> header = entry.header;
    if (needs_header_ && !header.has_value()) {
      if (!tools_.budget.Work(Budget::kReadUnits)) return absl::OkStatus();
      ASSIGN_OR_RETURN(header, entry.ReadHeader(tools_.view.records()));
      if (!header.has_value()) return absl::OkStatus();
    }
    if (header.has_value()) {
      if (!question_.Fits(*header)) return absl::OkStatus();
      if (MayRepeat(lanes_, lane) && InEarlierLane(lanes_, lane, *header)) {
        return absl::OkStatus();
      }
    }
    if (needs_sources_) {
      ASSIGN_OR_RETURN(const bool has_source, HasSource(entry.statement));
      if (!has_source) return absl::OkStatus();
    }
    if (!tools_.budget.Hit()) return absl::OkStatus();
    std::array<Neighbor, 2> ends = {};
    if (header.has_value()) {
      ends[kSubject] = static_cast<Neighbor>(header->subject);
      ends[kObject] = static_cast<Neighbor>(header->object);
    }
    return groups_.Add({ends, entry.facet}, 1);
  }

  absl::StatusOr<bool> HasSource(keys::StatementNumber number) {
    if (!tools_.budget.Work(Budget::kReadUnits)) return false;
    ASSIGN_OR_RETURN(const absl::optional<graph::StatementRecord> record,
                     tools_.view.records().ReadStatement(number));
    return record.has_value() && question_.HasSource(record->statement);
  }

  const StatementQuestion& question_;
  const JoinTools& tools_;
  GroupCounts& groups_;
  const bool keys_need_ends_;
  std::vector<StatementLane> lanes_;
  bool needs_header_ = false;
  bool needs_sources_ = false;
};

}  // namespace

absl::Status CountStatements(const StatementQuestion& question,
                             const std::vector<PlannedKey>& keys, const JoinTools& tools,
                             GroupCounts* groups) {
  return Counter(question, keys, tools, groups).Run();
}

}  // namespace labgraph::query
