#include "client/cli/output/single.h"

#include "client/cli/output/json.h"
#include "client/cli/output/record.h"

namespace labgraph::cli {

std::vector<Format> SingleFormats() {
  return {Format::kTable, Format::kJson, Format::kJsonl, Format::kCsv};
}

void WriteSingle(const std::vector<Column>& columns, const Row& row,
                 const google::protobuf::Message& message, Output& output) {
  if (output.format() == Format::kTable) {
    WriteRecord(ItemsOf(columns, row), output.look(), output.out());
  } else if (output.format() == Format::kJson) {
    output.out() << ToJsonText(message);
  } else {
    const std::unique_ptr<Printer> printer = output.MakePrinter(columns);
    printer->Add(row, message);
    printer->Finish();
  }
}

}  // namespace labgraph::cli
