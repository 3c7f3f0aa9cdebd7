#include "client/cli/output/json.h"

#include "google/protobuf/util/json_util.h"

namespace labgraph::cli {
namespace {

std::string ToJson(const google::protobuf::Message& message, bool multiline) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  options.add_whitespace = multiline;
  std::string json;
  // Fails only for a google.protobuf.Any of an unknown type, and the API has none.
  static_cast<void>(google::protobuf::util::MessageToJsonString(message, &json, options));
  return json;
}

}  // namespace

std::string ToJsonLine(const google::protobuf::Message& message) {
  return ToJson(message, /*multiline=*/false);
}

std::string ToJsonText(const google::protobuf::Message& message) {
  std::string json = ToJson(message, /*multiline=*/true);
  if (json.empty() || json.back() != '\n') json.push_back('\n');
  return json;
}

void JsonlPrinter::Add(const Row& row, const google::protobuf::Message& message) {
  out_ << ToJsonLine(message) << '\n';
}

void JsonlPrinter::Finish() { out_.flush(); }

}  // namespace labgraph::cli
