#ifndef LABGRAPH_CLIENT_CLI_OUTPUT_SINGLE_H_
#define LABGRAPH_CLIENT_CLI_OUTPUT_SINGLE_H_

#include <vector>

#include "client/cli/format.h"
#include "client/cli/output/output.h"
#include "client/cli/output/row.h"
#include "google/protobuf/message.h"

namespace labgraph::cli {

// The formats in which WriteSingle can write.
std::vector<Format> SingleFormats();

// Writes an answer that is one row: for people its cells below each other, for
// spreadsheets a header and the row, for programs the message. REQUIRES: output.format()
// is one of SingleFormats(); a cell for each column.
void WriteSingle(const std::vector<Column>& columns, const Row& row,
                 const google::protobuf::Message& message, Output& output);

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_OUTPUT_SINGLE_H_
