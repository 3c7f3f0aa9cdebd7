#ifndef LABGRAPH_CLIENT_CLI_MATCH_ROWS_H_
#define LABGRAPH_CLIENT_CLI_MATCH_ROWS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "client/cli/output/graph.h"
#include "client/cli/output/row.h"
#include "labgraph/pattern.h"
#include "labgraph/v1/pattern.pb.h"

namespace labgraph::cli {

// How matches look in a table and as CSV: an id and a name for each variable, then what
// the statements say.
class MatchRows {
 public:
  // Of the answer to `request`, made from `pattern`. `shown` are names of variables;
  // none: all that have a name, or all. Usage error where the pattern has no such
  // variable.
  static absl::StatusOr<MatchRows> Make(const client::Pattern& pattern,
                                        const std::vector<std::string>& shown,
                                        const v1::MatchPatternRequest& request);

  const std::vector<Column>& Columns() const { return columns_; }
  Row RowOf(const v1::PatternRow& match) const;

 private:
  void AddVariable(const v1::PatternVariable& variable, int position,
                   const v1::MatchPatternRequest& request);
  void AddStatements(const v1::MatchPatternRequest& request);

  std::vector<Column> columns_;
  std::vector<int> positions_;  // of the variables shown
};

// Adds a match: its entities, and its statements where there are any.
void DrawMatch(const v1::PatternRow& match, Graph& graph);

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_MATCH_ROWS_H_
