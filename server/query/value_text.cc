#include "server/query/value_text.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "google/protobuf/util/json_util.h"

namespace labgraph::query {
namespace {

using google::protobuf::Value;

std::string Json(const Value& value);

// A value without others in it.
std::string PlainJson(const Value& value) {
  std::string json;
  // Values come from records, which hold nothing that JSON cannot say.
  if (!google::protobuf::util::MessageToJsonString(value, &json).ok()) json.clear();
  return json;
}

std::string StringJson(const std::string& text) {
  Value value;
  value.set_string_value(text);
  return PlainJson(value);
}

std::string ObjectJson(const google::protobuf::Struct& object) {
  std::map<std::string, std::string> fields;
  for (const auto& [name, value] : object.fields()) fields[name] = Json(value);
  return absl::StrCat("{",
                      absl::StrJoin(fields, ",",
                                    [](std::string* out, const auto& field) {
                                      absl::StrAppend(out, StringJson(field.first), ":",
                                                      field.second);
                                    }),
                      "}");
}

std::string ListJson(const google::protobuf::ListValue& list) {
  return absl::StrCat("[",
                      absl::StrJoin(list.values(), ",",
                                    [](std::string* out, const Value& value) {
                                      out->append(Json(value));
                                    }),
                      "]");
}

std::string Json(const Value& value) {
  switch (value.kind_case()) {
    case Value::kStructValue:
      return ObjectJson(value.struct_value());
    case Value::kListValue:
      return ListJson(value.list_value());
    default:
      return PlainJson(value);
  }
}

}  // namespace

std::string ValueText(const Value& value) {
  return value.kind_case() == Value::kStringValue ? value.string_value() : Json(value);
}

}  // namespace labgraph::query
