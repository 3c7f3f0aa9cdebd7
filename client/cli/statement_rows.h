#ifndef LABGRAPH_CLIENT_CLI_STATEMENT_ROWS_H_
#define LABGRAPH_CLIENT_CLI_STATEMENT_ROWS_H_

#include <string>
#include <vector>

#include "client/cli/labels.h"
#include "client/cli/output/row.h"
#include "client/cli/words/languages.h"
#include "labgraph/v1/read_options.pb.h"
#include "labgraph/v1/statement.pb.h"

namespace labgraph::cli {

// How statements look in a table and as CSV: on their own, or below the entity that all
// of them are about.
class StatementRows {
 public:
  // With certainties if `read` asks about a day, and values in its languages.
  explicit StatementRows(const v1::ReadOptions& read);
  // Without subjects, and with the labels of predicates and objects.
  StatementRows(const v1::ReadOptions& read, Labels labels);

  std::vector<Column> Columns() const;
  Row RowOf(const v1::Statement& statement) const;

 private:
  const Languages languages_;
  const bool asks_about_day_;
  const bool below_subject_;
  const Labels labels_;
};

// Empty in an answer that is not about a day.
Cell CertaintyCell(v1::Certainty certainty);

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_STATEMENT_ROWS_H_
