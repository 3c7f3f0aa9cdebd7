#ifndef LABGRAPH_SERVER_QUERY_REACH_H_
#define LABGRAPH_SERVER_QUERY_REACH_H_

#include <cstdint>
#include <vector>

#include "labgraph/v1/statement.pb.h"
#include "server/keys/keys.h"

namespace labgraph::query {

// A place in a WayTree.
using WayNumber = uint32_t;
inline constexpr WayNumber kNoWay = 0;

// An entity that a traversal came to, and how.
struct Reach {
  keys::EntityNumber entity = 0;
  keys::EntityNumber from = 0;          // the entity before; 0 for a start
  keys::StatementNumber statement = 0;  // that led here; 0 for a start
  keys::EntityNumber source = 0;        // the start of the step that the way comes from
  uint32_t depth = 0;                   // hops over all steps
  WayNumber way = kNoWay;               // only where paths are asked for
  // That of the least certain statement on the way; UNSPECIFIED without a day.
  v1::Certainty certainty = v1::CERTAINTY_UNSPECIFIED;
  bool hit = true;      // counts as a new entity of its step
  bool expands = true;  // the step goes on from here
};

// The certainty of a way through both.
inline v1::Certainty Weakest(v1::Certainty a, v1::Certainty b) { return a > b ? a : b; }
static_assert(v1::CERTAINTY_UNSPECIFIED < v1::CERTAINTY_CERTAIN &&
              v1::CERTAINTY_CERTAIN < v1::CERTAINTY_POSSIBLE &&
              v1::CERTAINTY_POSSIBLE < v1::CERTAINTY_NO);

// Of two ways with the same number of hops in a step: the shorter overall, then the more
// certain.
inline bool BetterWay(const Reach& a, const Reach& b) {
  return a.depth != b.depth ? a.depth < b.depth : a.certainty < b.certainty;
}

// The statements that led to many entities, as a tree that shares their beginnings. Not
// thread-safe.
class WayTree {
 public:
  // The way that goes on from `before` by `statement`.
  WayNumber Extend(WayNumber before, keys::StatementNumber statement) {
    links_.push_back({statement, before});
    return static_cast<WayNumber>(links_.size());
  }
  // The statements of a way in order.
  std::vector<keys::StatementNumber> Statements(WayNumber way) const;

 private:
  struct Link {
    keys::StatementNumber statement;
    WayNumber before;
  };
  std::vector<Link> links_;  // way n is at n - 1
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_REACH_H_
