#include "labgraph/value.h"

namespace labgraph::client {

google::protobuf::Value MakeValue(absl::string_view text) {
  google::protobuf::Value value;
  value.set_string_value(std::string(text));
  return value;
}

google::protobuf::Value MakeNumberValue(double number) {
  google::protobuf::Value value;
  value.set_number_value(number);
  return value;
}

google::protobuf::Value MakeBoolValue(bool truth) {
  google::protobuf::Value value;
  value.set_bool_value(truth);
  return value;
}

google::protobuf::Value MakeValue(
    const std::map<std::string, std::string>& text_by_lang) {
  google::protobuf::Value value;
  auto& fields = *value.mutable_struct_value()->mutable_fields();
  for (const auto& [lang, text] : text_by_lang) fields[lang] = MakeValue(text);
  return value;
}

}  // namespace labgraph::client
