#include "server/query/expander.h"

#include <algorithm>
#include <vector>

#include "absl/types/optional.h"
#include "server/base/status_macros.h"
#include "server/graph/edge_scan.h"

namespace labgraph::query {
namespace {

using graph::EdgeDirection;

// One expansion: several scans that end together.
class Expansion {
 public:
  Expansion(const graph::RecordReader* reader, keys::EntityNumber node,
            const EdgeSelection& selection, Budget& budget, EdgeVisitor visit)
      : reader_(reader),
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
    graph::EdgeScan scan = reader_->Edges(direction, node_, predicate);
    while (!done_ && scan.NextRun()) {
      if (selection_.Avoids(scan.predicate())) {
        done_ = !budget_.Work(static_cast<uint32_t>(scan.edges().size()));
      } else if (direction == EdgeDirection::kIn &&
                 selection_.FollowsOut(scan.predicate())) {
        GiveWithoutLoops(scan.edges());
      } else {
        done_ = !visit_(scan.edges());
      }
    }
    return scan.status();
  }

  // An edge to the node itself has come with the outgoing ones.
  void GiveWithoutLoops(absl::Span<const keys::Edge> edges) {
    const auto [first, last] = std::equal_range(
        edges.begin(), edges.end(), keys::Edge{.neighbor = node_},
        [](const keys::Edge& a, const keys::Edge& b) { return a.neighbor < b.neighbor; });
    const auto before = edges.subspan(0, first - edges.begin());
    const auto after = edges.subspan(last - edges.begin());
    if (!before.empty()) done_ = !visit_(before);
    if (!done_ && !after.empty()) done_ = !visit_(after);
  }

  const graph::RecordReader* const reader_;
  const keys::EntityNumber node_;
  const EdgeSelection& selection_;
  Budget& budget_;
  const EdgeVisitor visit_;
  bool done_ = false;
};

}  // namespace

absl::Status StoreExpander::Expand(keys::EntityNumber node,
                                   const EdgeSelection& selection, Budget& budget,
                                   EdgeVisitor visit) {
  return Expansion(reader_, node, selection, budget, visit).Run();
}

}  // namespace labgraph::query
