#ifndef LABGRAPH_SERVER_QUERY_PATH_LISTER_H_
#define LABGRAPH_SERVER_QUERY_PATH_LISTER_H_

#include <cstdint>
#include <vector>

#include "server/query/path_links.h"
#include "server/query/statement_choices.h"

namespace labgraph::query {

// Gives every path that links make, by entities, then statements, as far as they are
// wanted. Used once; not thread-safe.
class PathLister {
 public:
  // Both must outlive this. `hops` is the length of every path.
  PathLister(const PathLinks& links, uint32_t hops, StatementChoices& choices)
      : links_(links), hops_(hops), choices_(choices) {}

  void List();

 private:
  // Goes on in every way from the last of entities_. False when no more are wanted.
  bool Extend();

  const PathLinks& links_;
  const uint32_t hops_;
  StatementChoices& choices_;
  std::vector<keys::EntityNumber> entities_;
  std::vector<StatementChoices::Hop> way_;
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_PATH_LISTER_H_
