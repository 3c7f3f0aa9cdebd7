#include "seed/reader/value_text.h"

#include "google/protobuf/util/json_util.h"

namespace labgraph::seed {

std::string ValueText(const google::protobuf::Value& value) {
  std::string json;
  if (!google::protobuf::util::MessageToJsonString(value, &json).ok()) return "?";
  return json;
}

}  // namespace labgraph::seed
