#include "server/query/list_neighbors.h"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"
#include "server/keys/codec.h"
#include "server/keys/keyspaces.h"

namespace labgraph::query {
namespace {

// One group to be: a relation in one direction, ordered as answers are.
struct Group {
  v1::Direction direction;
  const schema::Predicate* predicate;

  friend bool operator<(const Group& a, const Group& b) {
    return std::forward_as_tuple(a.direction, a.predicate->definition.name()) <
           std::forward_as_tuple(b.direction, b.predicate->definition.name());
  }
};

bool Includes(v1::Direction wanted, v1::Direction direction) {
  return wanted == v1::DIRECTION_BOTH || wanted == direction;
}

void AddGroups(const schema::Predicate& predicate, v1::Direction wanted,
               std::set<Group>* groups) {
  if (predicate.definition.symmetric()) {
    groups->insert({v1::DIRECTION_BOTH, &predicate});
    return;
  }
  for (const v1::Direction direction : {v1::DIRECTION_OUT, v1::DIRECTION_IN}) {
    if (Includes(wanted, direction)) groups->insert({direction, &predicate});
  }
}

v1::Direction Opposite(v1::Direction direction) {
  if (direction == v1::DIRECTION_OUT) return v1::DIRECTION_IN;
  if (direction == v1::DIRECTION_IN) return v1::DIRECTION_OUT;
  return direction;
}

// Fills one page.
class Lister {
 public:
  Lister(graph::View& view, const v1::ListNeighborsRequest& request,
         const PageStart& start)
      : view_(view), request_(request), size_(start.size) {}

  absl::Status Resolve() {
    ASSIGN_OR_RETURN(node_, view_.records().ResolveEntity(request_.id(), "id"));
    if (!v1::Direction_IsValid(request_.direction())) {
      return errors::FieldInvalid("direction", "This is not a value of Direction.");
    }
    if (!v1::EntityView_IsValid(request_.view())) {
      return errors::FieldInvalid("view", "This is not a value of EntityView.");
    }
    ASSIGN_OR_RETURN(kinds_,
                     view_.ontology().ExpandKinds(
                         {request_.kinds().begin(), request_.kinds().end()}, "kinds"));
    return ResolveGroups();
  }

  // Lists from `first`, in the first group after (neighbour, statement) `after`.
  absl::Status List(const std::string& start) {
    size_t skipped = 0;
    keys::Edge after;
    if (!start.empty()) {
      keys::Decoder decoder(start);
      skipped = decoder.Be32();
      after.neighbor = decoder.Be64();
      after.statement = decoder.Be64();
      if (!decoder.ok() || skipped >= groups_.size()) {
        return errors::PageTokenInvalid("it is not of this list.");
      }
    }
    size_t index = 0;
    for (const Group& group : groups_) {
      if (index >= skipped) {
        RETURN_IF_ERROR(ListGroup(group, index, index == skipped ? after : keys::Edge()));
        if (!page_.after.empty()) break;
      }
      ++index;
    }
    return absl::OkStatus();
  }

  Page<v1::ListNeighborsResponse> Take() { return std::move(page_); }

 private:
  absl::Status ResolveGroups() {
    const v1::Direction wanted = request_.direction() == v1::DIRECTION_UNSPECIFIED
                                     ? v1::DIRECTION_BOTH
                                     : request_.direction();
    if (request_.predicates().empty()) return FindGroups(wanted);
    if (static_cast<uint64_t>(request_.predicates_size()) > limits::kListItems.value) {
      return errors::LimitExceeded("predicates", limits::kListItems,
                                   request_.predicates_size());
    }
    for (int i = 0; i < request_.predicates_size(); ++i) {
      const std::string field = absl::StrCat("predicates[", i, "]");
      ASSIGN_OR_RETURN(const schema::PredicateRef ref,
                       view_.ontology().ResolvePredicate(request_.predicates(i), field));
      if (!ref.predicate->is_relation()) {
        return errors::FieldInvalid(field,
                                    "A property leads to no neighbour; name a relation.");
      }
      AddGroups(*ref.predicate, ref.inverse ? Opposite(wanted) : wanted, &groups_);
    }
    return absl::OkStatus();
  }

  // The relations that the node has.
  absl::Status FindGroups(v1::Direction wanted) {
    for (const graph::EdgeDirection direction :
         {graph::EdgeDirection::kOut, graph::EdgeDirection::kIn}) {
      graph::EdgeScan scan = view_.records().Edges(direction, node_);
      while (scan.NextRun()) {
        const schema::Predicate* predicate =
            view_.ontology().FindPredicate(scan.predicate());
        const v1::Direction way = direction == graph::EdgeDirection::kOut
                                      ? v1::DIRECTION_OUT
                                      : v1::DIRECTION_IN;
        if (predicate->definition.symmetric() || Includes(wanted, way)) {
          AddGroups(*predicate, way, &groups_);
        }
      }
      RETURN_IF_ERROR(scan.status());
    }
    return absl::OkStatus();
  }

  absl::StatusOr<bool> Counts(const keys::Edge& edge) {
    if (!view_.verdicts().Passes(edge.facet)) return false;
    if (kinds_.empty()) return true;
    ASSIGN_OR_RETURN(const absl::optional<schema::KindNumber> kind,
                     view_.records().KindOf(edge.neighbor));
    return kind.has_value() && kinds_.contains(*kind);
  }

  absl::Status Collect(graph::EdgeDirection direction, const Group& group,
                       std::vector<keys::Edge>* edges) {
    graph::EdgeScan scan =
        view_.records().Edges(direction, node_, group.predicate->number);
    while (scan.NextRun()) {
      for (const keys::Edge& edge : scan.edges()) {
        ASSIGN_OR_RETURN(const bool counts, Counts(edge));
        // What a relation holds of itself both ways is one statement.
        const bool again = group.direction == v1::DIRECTION_BOTH &&
                           direction == graph::EdgeDirection::kIn &&
                           edge.neighbor == node_;
        if (counts && !again) edges->push_back(edge);
      }
    }
    return scan.status();
  }

  absl::Status ListGroup(const Group& group, size_t index, const keys::Edge& after) {
    std::vector<keys::Edge> edges;
    if (group.direction != v1::DIRECTION_IN) {
      RETURN_IF_ERROR(Collect(graph::EdgeDirection::kOut, group, &edges));
    }
    if (group.direction != v1::DIRECTION_OUT) {
      RETURN_IF_ERROR(Collect(graph::EdgeDirection::kIn, group, &edges));
    }
    if (edges.empty()) return absl::OkStatus();
    std::sort(edges.begin(), edges.end(), keys::EdgeOrder);
    auto at = edges.begin();
    if (after.neighbor != 0) {
      at = std::upper_bound(edges.begin(), edges.end(), after, keys::EdgeOrder);
    }
    if (at == edges.end()) return absl::OkStatus();
    if (given_ >= size_) return EndPage(index, keys::Edge());
    v1::NeighborGroup* out = StartGroup(group, edges.size());
    for (; !request_.count_only() && at != edges.end(); ++at) {
      if (given_ >= size_) return EndPage(index, *std::prev(at));
      RETURN_IF_ERROR(AddNeighbor(*at, out));
    }
    return absl::OkStatus();
  }

  absl::Status EndPage(size_t group, const keys::Edge& last) {
    keys::AppendBe32(static_cast<uint32_t>(group), &page_.after);
    keys::AppendBe64(last.neighbor, &page_.after);
    keys::AppendBe64(last.statement, &page_.after);
    return absl::OkStatus();
  }

  v1::NeighborGroup* StartGroup(const Group& group, size_t count) {
    const v1::Predicate& definition = group.predicate->definition;
    v1::NeighborGroup* out = page_.response.add_groups();
    out->set_predicate(definition.name());
    out->set_direction(group.direction);
    out->set_count(count);
    const auto& labels = group.direction == v1::DIRECTION_IN ? definition.inverse_labels()
                                                             : definition.labels();
    if (!labels.empty()) *out->mutable_label() = view_.Localize(labels);
    return out;
  }

  absl::Status AddNeighbor(const keys::Edge& edge, v1::NeighborGroup* group) {
    ++given_;
    ASSIGN_OR_RETURN(absl::optional<v1::Entity> entity,
                     view_.GetEntity(edge.neighbor, request_.view()));
    if (!entity.has_value()) return absl::OkStatus();
    v1::Neighbor* neighbor = group->add_neighbors();
    *neighbor->mutable_entity() = *std::move(entity);
    if (request_.view() == v1::ENTITY_VIEW_IDS) {
      ASSIGN_OR_RETURN(*neighbor->mutable_statement()->mutable_id(),
                       view_.StatementId(edge.statement));
      return absl::OkStatus();
    }
    ASSIGN_OR_RETURN(absl::optional<v1::Statement> statement,
                     view_.GetStatement(edge.statement));
    if (statement.has_value()) *neighbor->mutable_statement() = *std::move(statement);
    return absl::OkStatus();
  }

  graph::View& view_;
  const v1::ListNeighborsRequest& request_;
  const size_t size_;
  keys::EntityNumber node_ = 0;
  absl::flat_hash_set<schema::KindNumber> kinds_;
  std::set<Group> groups_;
  Page<v1::ListNeighborsResponse> page_;
  size_t given_ = 0;  // neighbours on the page
};

}  // namespace

absl::StatusOr<Page<v1::ListNeighborsResponse>> ListNeighbors(
    graph::View& view, const v1::ListNeighborsRequest& request, const PageStart& start) {
  Lister lister(view, request, start);
  RETURN_IF_ERROR(lister.Resolve());
  RETURN_IF_ERROR(lister.List(start.after));
  return lister.Take();
}

}  // namespace labgraph::query
