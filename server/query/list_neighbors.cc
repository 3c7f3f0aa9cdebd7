#include "server/query/list_neighbors.h"

#include <algorithm>
#include <map>
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

// What the outgoing edges and the incoming ones are selected by. A relation of an entity
// to itself is in the groups of both directions; only of a symmetric one, which has one
// group, incoming edges leave it out, as what the selection follows out as well.
void SplitSelection(const EdgeSelection& both, const schema::Ontology& ontology,
                    EdgeSelection* out, EdgeSelection* in) {
  out->all_out = both.all_out;
  out->out = both.out;
  in->all_in = both.all_in;
  in->in = both.in;
  for (const v1::Predicate& definition : ontology.definitions().predicates()) {
    if (!definition.symmetric()) continue;
    in->out.push_back(ontology.FindPredicate(definition.name()).predicate->number);
  }
  std::sort(in->out.begin(), in->out.end());
}

// Neighbour and statement of each; what counts alone.
using Edges = std::vector<keys::Edge>;

// Fills one page.
class Lister {
 public:
  Lister(graph::View& view, Expander& expander, const v1::ListNeighborsRequest& request,
         const PageStart& start)
      : view_(view), expander_(expander), request_(request), size_(start.size) {}

  absl::Status Resolve() {
    ASSIGN_OR_RETURN(node_, view_.records().ResolveEntity(request_.id(), "id"));
    if (!v1::EntityView_IsValid(request_.view())) {
      return errors::FieldInvalid("view", "This is not a value of EntityView.");
    }
    ASSIGN_OR_RETURN(kinds_,
                     view_.ontology().ExpandKinds(
                         {request_.kinds().begin(), request_.kinds().end()}, "kinds"));
    if (static_cast<uint64_t>(request_.predicates_size()) > limits::kListItems.value) {
      return errors::LimitExceeded("predicates", limits::kListItems,
                                   request_.predicates_size());
    }
    ASSIGN_OR_RETURN(const EdgeSelection selection,
                     SelectEdges({.direction = request_.direction(),
                                  .default_direction = v1::DIRECTION_BOTH,
                                  .predicates = request_.predicates()},
                                 view_.ontology()));
    SplitSelection(selection, view_.ontology(), &out_, &in_);
    return CollectAll();
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
    for (auto& [group, edges] : groups_) {
      if (index >= skipped) {
        RETURN_IF_ERROR(
            ListGroup(group, edges, index, index == skipped ? after : keys::Edge()));
        if (!page_.after.empty()) break;
      }
      ++index;
    }
    return absl::OkStatus();
  }

  Page<v1::ListNeighborsResponse> Take() { return std::move(page_); }

 private:
  bool full() const { return given_ >= size_ || bytes_ >= limits::kPageBytes.value; }

  absl::StatusOr<bool> Counts(const graph::EdgeRun& run, size_t i) {
    if (!view_.verdicts().Passes(run.FacetAt(i))) return false;
    if (kinds_.empty()) return true;
    ASSIGN_OR_RETURN(const absl::optional<graph::EntityCard> card,
                     expander_.Card(run.neighbors[i]));
    return card.has_value() && kinds_.contains(card->kind);
  }

  // Puts the edges of a run into their group.
  absl::Status Collect(graph::EdgeDirection direction, const graph::EdgeRun& run) {
    const schema::Predicate* const predicate =
        view_.ontology().FindPredicate(run.predicate);
    const bool symmetric = predicate->definition.symmetric();
    const v1::Direction way =
        direction == graph::EdgeDirection::kOut ? v1::DIRECTION_OUT : v1::DIRECTION_IN;
    const auto group =
        groups_.try_emplace({symmetric ? v1::DIRECTION_BOTH : way, predicate}).first;
    for (size_t i = 0; i < run.size; ++i) {
      ASSIGN_OR_RETURN(const bool counts, Counts(run, i));
      if (counts) group->second.push_back({run.neighbors[i], run.statements[i]});
    }
    return absl::OkStatus();
  }

  absl::Status CollectAll() {
    Budget unlimited(UINT64_MAX, UINT64_MAX, nullptr);
    for (const graph::EdgeDirection direction :
         {graph::EdgeDirection::kOut, graph::EdgeDirection::kIn}) {
      const EdgeSelection& selection =
          direction == graph::EdgeDirection::kOut ? out_ : in_;
      if (!selection.FollowsAny(direction)) continue;
      absl::Status status;
      RETURN_IF_ERROR(expander_
                          .ExpandOneWay(direction, node_, selection, unlimited,
                                        [&](const graph::EdgeRun& run) {
                                          status = Collect(direction, run);
                                          return status.ok();
                                        })
                          .status());
      RETURN_IF_ERROR(status);
    }
    return absl::OkStatus();
  }

  absl::Status ListGroup(const Group& group, Edges& edges, size_t index,
                         const keys::Edge& after) {
    if (edges.empty()) return absl::OkStatus();
    // Those of a symmetric relation came from both sides.
    if (!std::is_sorted(edges.begin(), edges.end(), keys::EdgeOrder)) {
      std::sort(edges.begin(), edges.end(), keys::EdgeOrder);
    }
    auto at = edges.begin();
    if (after.neighbor != 0) {
      at = std::upper_bound(edges.begin(), edges.end(), after, keys::EdgeOrder);
    }
    if (at == edges.end()) return absl::OkStatus();
    if (full()) return EndPage(index, keys::Edge());
    v1::NeighborGroup* out = StartGroup(group, edges.size());
    for (; !request_.count_only() && at != edges.end(); ++at) {
      if (full()) return EndPage(index, *std::prev(at));
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
    if (request_.view() == v1::ENTITY_VIEW_IDS) {
      ASSIGN_OR_RETURN(const absl::optional<graph::EntityCard> card,
                       expander_.Card(edge.neighbor));
      if (card.has_value() && view_.MaySee(card->visibility)) {
        group->add_neighbors()->mutable_entity()->set_id(std::string(card->id));
      }
      return absl::OkStatus();
    }
    ASSIGN_OR_RETURN(absl::optional<v1::Entity> entity,
                     view_.GetEntity(edge.neighbor, request_.view()));
    if (!entity.has_value()) return absl::OkStatus();
    v1::Neighbor* neighbor = group->add_neighbors();
    *neighbor->mutable_entity() = *std::move(entity);
    ASSIGN_OR_RETURN(absl::optional<v1::Statement> statement,
                     view_.GetStatement(edge.statement));
    if (statement.has_value()) *neighbor->mutable_statement() = *std::move(statement);
    bytes_ += neighbor->ByteSizeLong();
    return absl::OkStatus();
  }

  graph::View& view_;
  Expander& expander_;
  const v1::ListNeighborsRequest& request_;
  const size_t size_;
  keys::EntityNumber node_ = 0;
  absl::flat_hash_set<schema::KindNumber> kinds_;
  EdgeSelection out_;
  EdgeSelection in_;
  std::map<Group, Edges> groups_;
  Page<v1::ListNeighborsResponse> page_;
  size_t given_ = 0;  // neighbours on the page
  size_t bytes_ = 0;  // of them, where they are more than ids
};

}  // namespace

absl::StatusOr<Page<v1::ListNeighborsResponse>> ListNeighbors(
    graph::View& view, Expander& expander, const v1::ListNeighborsRequest& request,
    const PageStart& start) {
  Lister lister(view, expander, request, start);
  RETURN_IF_ERROR(lister.Resolve());
  RETURN_IF_ERROR(lister.List(start.after));
  return lister.Take();
}

}  // namespace labgraph::query
