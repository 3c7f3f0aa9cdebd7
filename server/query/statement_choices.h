#ifndef LABGRAPH_SERVER_QUERY_STATEMENT_CHOICES_H_
#define LABGRAPH_SERVER_QUERY_STATEMENT_CHOICES_H_

#include <vector>

#include "absl/types/span.h"
#include "labgraph/v1/graph_service.pb.h"
#include "server/keys/keys.h"
#include "server/query/budget.h"
#include "server/query/path_links.h"
#include "server/query/path_needs.h"
#include "server/query/path_writer.h"

namespace labgraph::query {

// Turns a way from entity to entity into paths: one for every choice of a statement for
// each hop. Not thread-safe.
class StatementChoices {
 public:
  // The statements from one entity to the next, ascending.
  using Hop = absl::Span<const PathLink>;

  // `budget` and `writer` must outlive this.
  StatementChoices(const PathPlan& plan, Budget* budget, PathWriter* writer)
      : no_hops_(plan.dated ? v1::CERTAINTY_CERTAIN : v1::CERTAINTY_UNSPECIFIED),
        budget_(budget),
        writer_(writer) {}

  // Gives the paths along `entities` whose statements meet `needs`, in the order of their
  // statements. `hops` are one fewer than the entities. False when no more are wanted.
  bool Give(const std::vector<keys::EntityNumber>& entities, const std::vector<Hop>& hops,
            NeedBits needs = 0);

 private:
  // Chooses for the hops behind those chosen; `missing` needs are to be met by them.
  bool Choose(const std::vector<Hop>& hops, NeedBits missing, v1::Certainty certainty);

  const v1::Certainty no_hops_;  // that of a path without statements
  Budget* const budget_;
  PathWriter* const writer_;
  FoundPath path_;
  std::vector<NeedBits> later_;  // that the hops from each on can meet
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_STATEMENT_CHOICES_H_
