#ifndef LABGRAPH_CLIENT_CLI_PATH_ROWS_H_
#define LABGRAPH_CLIENT_CLI_PATH_ROWS_H_

#include <string>
#include <vector>

#include "client/cli/format.h"
#include "client/cli/output/printer.h"
#include "labgraph/v1/graph_service.pb.h"
#include "labgraph/v1/read_options.pb.h"

namespace labgraph::cli {

// Writes the paths of one answer, numbered from 1: in a table and as CSV a row for each
// hop, in JSON lines a document for each path. Not thread-safe.
class PathRows {
 public:
  explicit PathRows(Format format) : format_(format) {}

  // With certainties if `read` asks about a day.
  static std::vector<Column> Columns(const v1::ReadOptions& read);

  void Add(const v1::Path& path, Printer& printer);

 private:
  // Hop 0 is that of a path without hops, from an entity to itself.
  Row RowOf(int hop, const std::string& from, const v1::Entity& to,
            const v1::Statement& statement) const;

  const Format format_;
  int paths_ = 0;
};

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_PATH_ROWS_H_
