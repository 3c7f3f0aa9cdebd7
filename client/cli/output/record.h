#ifndef LABGRAPH_CLIENT_CLI_OUTPUT_RECORD_H_
#define LABGRAPH_CLIENT_CLI_OUTPUT_RECORD_H_

#include <ostream>
#include <string>
#include <vector>

#include "client/cli/output/look.h"
#include "client/cli/output/row.h"

namespace labgraph::cli {

// One thing about a single record.
struct Item {
  std::string name;
  Cell value;
};

// The items below each other, names and values aligned; those without a value are left
// out, and one without a name goes on with the item above it.
void WriteRecord(const std::vector<Item>& items, const Look& look, std::ostream& out);

// A row that stands alone, by the names of its columns.
std::vector<Item> ItemsOf(const std::vector<Column>& columns, const Row& row);

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_OUTPUT_RECORD_H_
