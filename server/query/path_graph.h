#ifndef LABGRAPH_SERVER_QUERY_PATH_GRAPH_H_
#define LABGRAPH_SERVER_QUERY_PATH_GRAPH_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "server/keys/keys.h"
#include "server/query/path_corridor.h"
#include "server/query/path_links.h"
#include "server/query/path_needs.h"
#include "server/query/path_tools.h"

namespace labgraph::query {

// A corridor as a walk from entity to entity sees it: the links of each, read when first
// wanted and kept as long as there is room, and its bar.
//
// The bar of an entity that is not on the path at hand says how many hops it has to an
// end, at least, without passing an entity of the path. It holds two promises:
//   (1) it is never higher than that, nor lower than PathCorridor::ToEnd;
//   (2) it is never more than one above that of an entity that a link leads to and that
//       is not on the path.
// The walk raises it where it found no way (Raise) and has it lowered where a way becomes
// free (Free); from (2) follows that lowering may stop where a bar is low enough. Not
// thread-safe.
class PathGraph {
 public:
  // Entities by dense numbers, given as they are met.
  using Number = uint32_t;

  // All links from an entity to another.
  struct Hop {
    Number to;
    uint32_t first;  // of its links
    uint32_t count;
    NeedBits meets;  // by any of them
  };
  // Those from one entity, ascending by the other.
  struct Hops {
    std::vector<PathLink> links;
    std::vector<Hop> all;
    uint8_t farthest = 0;  // most hops to an end from where they lead
    // Those that lead to where an end is no farther than that; only where it is not all
    // of them. Made when wanted, as a hub has many hops of which few are near an end.
    absl::flat_hash_map<uint8_t, std::vector<Hop>> near;
  };

  struct Node {
    keys::EntityNumber entity;
    uint8_t to_end;  // passing what it may
    uint8_t bar;
    bool may_pass;  // may stand between the ends
    bool on_path = false;
    uint32_t back = 0;                     // first of the chain of backs_
    std::unique_ptr<Hops> hops = nullptr;  // until wanted
  };

  // All must outlive this.
  PathGraph(const PathTools& tools, PathCorridor& corridor, PathNeeds& needs)
      : tools_(tools), corridor_(corridor), needs_(needs), most_(tools.links_kept) {}

  // The number of an entity of the corridor.
  absl::StatusOr<Number> Find(keys::EntityNumber entity);
  // Valid until the next Find or HopsOf.
  Node& node(Number number) { return nodes_[number]; }

  // Where paths may go on from there with so many more hops behind, as far as the budget
  // goes. Both live while the node is on the path. REQUIRES: it is.
  absl::StatusOr<absl::Span<const Hop>> HopsOf(Number number, size_t left);
  absl::Span<const PathLink> LinksOf(Number number, const Hop& hop) const {
    const std::vector<PathLink>& links = nodes_[number].hops->links;
    return absl::MakeConstSpan(links).subspan(hop.first, hop.count);
  }
  // How often HopsOf had to make room: then all bars are as at first, and nothing may be
  // concluded from what was found before.
  uint64_t forgotten() const { return forgotten_; }

  // Says that no way of fewer hops leads from the node, which has just left the path, to
  // an end; every link from there was tried.
  void Raise(Number number, uint8_t hops) {
    nodes_[number].bar = hops;
    ++raised_;
  }
  // How often Raise was called.
  uint64_t raised() const { return raised_; }
  // Says that the node, which has just left the path, has a way of so many hops to an
  // end: lowers what now is too high.
  void Free(Number number, uint8_t hops);

 private:
  // That a node has a link to another, as a chain.
  struct Back {
    Number from;
    uint32_t next;  // 0: none
  };

  absl::StatusOr<std::unique_ptr<Hops>> Read(keys::EntityNumber entity);
  const std::vector<Hop>& Near(Number number, uint8_t left);
  // Counts what is about to be kept.
  void MakeRoom(size_t count);
  void AddBacks(Number number);

  const PathTools tools_;
  PathCorridor& corridor_;
  PathNeeds& needs_;
  absl::flat_hash_map<keys::EntityNumber, Number> numbers_;
  std::vector<Node> nodes_;
  std::vector<Back> backs_;      // number n is at n - 1
  std::vector<Number> lowered_;  // while Free runs
  size_t kept_ = 0;              // links, and hops that are near
  size_t most_;
  uint64_t forgotten_ = 0;
  uint64_t raised_ = 0;
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_PATH_GRAPH_H_
