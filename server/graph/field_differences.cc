#include "server/graph/field_differences.h"

#include <algorithm>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"

namespace labgraph::graph {
namespace {

using google::protobuf::ListValue;
using google::protobuf::Struct;
using google::protobuf::Value;

// Structures of JSON are compared instead of messages: their leaves are what callers see.
Value ToJson(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  std::string text;
  Value value;
  if (!google::protobuf::util::MessageToJsonString(message, &text, options).ok()) {
    return value;
  }
  google::protobuf::util::JsonStringToMessage(text, &value).ok();
  return value;
}

std::string Text(const Value* value) {
  std::string text;
  if (value == nullptr) return text;
  google::protobuf::util::MessageToJsonString(*value, &text).ok();
  return text;
}

// Compares two values, either of which may be missing (null).
class Comparison {
 public:
  explicit Comparison(google::protobuf::RepeatedPtrField<v1::FieldDifference>* out)
      : out_(*out) {}

  void Compare(const std::string& path, const Value* before, const Value* after) {
    const auto both = [&](auto has) {
      return (before == nullptr || has(*before)) && (after == nullptr || has(*after));
    };
    if (both([](const Value& value) { return value.has_struct_value(); })) {
      return CompareFields(path, before, after);
    }
    if (both([](const Value& value) { return value.has_list_value(); })) {
      return CompareItems(path, before, after);
    }
    std::string text_before = Text(before);
    std::string text_after = Text(after);
    if (text_before == text_after) return;
    v1::FieldDifference* difference = out_.Add();
    difference->set_field(path);
    difference->set_before(std::move(text_before));
    difference->set_after(std::move(text_after));
  }

 private:
  void CompareFields(const std::string& path, const Value* before, const Value* after) {
    std::set<std::string> names;
    for (const Value* value : {before, after}) {
      if (value == nullptr) continue;
      for (const auto& [name, field] : value->struct_value().fields()) names.insert(name);
    }
    const auto find = [](const Value* value, const std::string& name) -> const Value* {
      if (value == nullptr) return nullptr;
      const auto& fields = value->struct_value().fields();
      const auto it = fields.find(name);
      return it == fields.end() ? nullptr : &it->second;
    };
    for (const std::string& name : names) {
      Compare(path.empty() ? name : absl::StrCat(path, ".", name), find(before, name),
              find(after, name));
    }
  }

  void CompareItems(const std::string& path, const Value* before, const Value* after) {
    const auto size = [](const Value* value) {
      return value == nullptr ? 0 : value->list_value().values_size();
    };
    for (int i = 0; i < std::max(size(before), size(after)); ++i) {
      const auto item = [&](const Value* value) {
        return i < size(value) ? &value->list_value().values(i) : nullptr;
      };
      Compare(absl::StrCat(path, "[", i, "]"), item(before), item(after));
    }
  }

  google::protobuf::RepeatedPtrField<v1::FieldDifference>& out_;
};

}  // namespace

void AddDifferences(const google::protobuf::Message& before,
                    const google::protobuf::Message& after,
                    google::protobuf::RepeatedPtrField<v1::FieldDifference>* out) {
  const Value a = ToJson(before);
  const Value b = ToJson(after);
  Comparison(out).Compare("", &a, &b);
}

}  // namespace labgraph::graph
