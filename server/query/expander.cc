#include "server/query/expander.h"

#include <algorithm>

#include "absl/types/optional.h"
#include "server/base/status_macros.h"

namespace labgraph::query {

using graph::EdgeDirection;
using graph::EdgeRun;

bool VisitRun(const EdgeRun& run, EdgeVisitor visit) {
  for (size_t first = 0; first < run.size; first += kRunEdges) {
    if (!visit(run.Sub(first, kRunEdges))) return false;
  }
  return true;
}

bool VisitWithoutLoops(keys::EntityNumber node, const EdgeRun& run, EdgeVisitor visit) {
  const graph::Neighbor* const end = run.neighbors + run.size;
  const auto [first, last] =
      std::equal_range(run.neighbors, end, static_cast<graph::Neighbor>(node));
  if (first == last) return VisitRun(run, visit);
  const auto before = static_cast<size_t>(first - run.neighbors);
  return VisitRun(run.Sub(0, before), visit) &&
         VisitRun(run.Sub(static_cast<size_t>(last - run.neighbors)), visit);
}

// One expansion: several scans that end together.
class StoreExpansion {
 public:
  StoreExpansion(StoreExpander& expander, keys::EntityNumber node,
                 const EdgeSelection& selection, Budget& budget, EdgeVisitor visit)
      : expander_(expander),
        node_(node),
        selection_(selection),
        budget_(budget),
        visit_(visit) {}

  absl::Status Run() {
    RETURN_IF_ERROR(ScanAll(EdgeDirection::kOut, selection_.all_out));
    RETURN_IF_ERROR(ScanNamed(EdgeDirection::kOut, selection_.out));
    RETURN_IF_ERROR(ScanAll(EdgeDirection::kIn, selection_.all_in));
    return ScanNamed(EdgeDirection::kIn, selection_.in);
  }

 private:
  absl::Status ScanAll(EdgeDirection direction, bool selected) {
    return selected ? Scan(direction, absl::nullopt) : absl::OkStatus();
  }

  absl::Status ScanNamed(EdgeDirection direction,
                         const std::vector<schema::PredicateNumber>& predicates) {
    for (const schema::PredicateNumber predicate : predicates) {
      RETURN_IF_ERROR(Scan(direction, predicate));
    }
    return absl::OkStatus();
  }

  absl::Status Scan(EdgeDirection direction,
                    absl::optional<schema::PredicateNumber> predicate) {
    if (done_ || !budget_.Work(Budget::kReadUnits)) return absl::OkStatus();
    graph::EdgeScan scan = expander_.reader_->Edges(direction, node_, predicate);
    while (!done_ && scan.NextRun()) {
      if (selection_.Avoids(scan.predicate())) {
        done_ = !budget_.Work(static_cast<uint32_t>(scan.edges().size()));
        continue;
      }
      const EdgeRun run = expander_.ToColumns(scan.edges());
      const bool both =
          direction == EdgeDirection::kIn && selection_.FollowsOut(scan.predicate());
      done_ = both ? !VisitWithoutLoops(node_, run, visit_) : !VisitRun(run, visit_);
    }
    return scan.status();
  }

  StoreExpander& expander_;
  const keys::EntityNumber node_;
  const EdgeSelection& selection_;
  Budget& budget_;
  const EdgeVisitor visit_;
  bool done_ = false;
};

EdgeRun StoreExpander::ToColumns(const std::vector<keys::Edge>& edges) {
  const size_t size = edges.size();
  neighbors_.resize(size);
  statements_.resize(size);
  facets_.resize(size);
  for (size_t i = 0; i < size; ++i) {
    neighbors_[i] = static_cast<graph::Neighbor>(edges[i].neighbor);
    statements_[i] = edges[i].statement;
    facets_[i] = edges[i].facet;
  }
  return {neighbors_.data(), statements_.data(), facets_.data(), 0, size};
}

absl::Status StoreExpander::Expand(keys::EntityNumber node,
                                   const EdgeSelection& selection, Budget& budget,
                                   EdgeVisitor visit) {
  return StoreExpansion(*this, node, selection, budget, visit).Run();
}

}  // namespace labgraph::query
