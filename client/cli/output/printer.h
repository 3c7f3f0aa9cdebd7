#ifndef LABGRAPH_CLIENT_CLI_OUTPUT_PRINTER_H_
#define LABGRAPH_CLIENT_CLI_OUTPUT_PRINTER_H_

#include "client/cli/output/row.h"
#include "google/protobuf/message.h"

namespace labgraph::cli {

// Writes an answer row by row as it comes in. Not thread-safe.
class Printer {
 public:
  virtual ~Printer() = default;

  // One row: `row` for people and spreadsheets, `message` the same for programs.
  // REQUIRES: a cell for each column.
  virtual void Add(const Row& row, const google::protobuf::Message& message) = 0;

  // Writes what is still held back. To be called once, after the last row.
  virtual void Finish() = 0;
};

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_OUTPUT_PRINTER_H_
