#ifndef LABGRAPH_CLIENT_CLI_OUTPUT_JSON_H_
#define LABGRAPH_CLIENT_CLI_OUTPUT_JSON_H_

#include <ostream>
#include <string>

#include "client/cli/output/printer.h"
#include "google/protobuf/message.h"

namespace labgraph::cli {

// Proto JSON with the field names of the API, in one line without its end.
std::string ToJsonLine(const google::protobuf::Message& message);

// The same over several lines, for people, with the end of the last.
std::string ToJsonText(const google::protobuf::Message& message);

// Each row's message as one line.
class JsonlPrinter final : public Printer {
 public:
  // `out` must outlive the printer.
  explicit JsonlPrinter(std::ostream& out) : out_(out) {}

  void Add(const Row& row, const google::protobuf::Message& message) override;
  void Finish() override;

 private:
  std::ostream& out_;
};

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_OUTPUT_JSON_H_
