#ifndef LABGRAPH_CLIENT_CLI_OUTPUT_CSV_H_
#define LABGRAPH_CLIENT_CLI_OUTPUT_CSV_H_

#include <ostream>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "client/cli/output/printer.h"

namespace labgraph::cli {

// One field of RFC 4180: in quotes where it has to be.
std::string CsvField(absl::string_view text);

// RFC 4180: a header, records that end in CR LF, and quotes only where they are needed.
class CsvPrinter final : public Printer {
 public:
  // Writes the header. `out` must outlive the printer.
  CsvPrinter(std::vector<Column> columns, std::ostream& out);

  void Add(const Row& row, const google::protobuf::Message& message) override;
  void Finish() override;

 private:
  const std::vector<Column> columns_;
  std::ostream& out_;
};

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_OUTPUT_CSV_H_
