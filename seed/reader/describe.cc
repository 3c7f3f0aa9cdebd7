#include "seed/reader/describe.h"

#include <cstdint>
#include <limits>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "seed/reader/shown_text.h"

namespace labgraph::seed {
namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;

template <typename Integer>
std::string DescribeInteger() {
  return absl::StrCat("a whole number from ", std::numeric_limits<Integer>::min(), " to ",
                      std::numeric_limits<Integer>::max());
}

// "CUT_REASON_" for CutReason.
std::string PrefixOf(const EnumDescriptor& type) {
  std::string prefix;
  for (char c : type.name()) {
    if (absl::ascii_isupper(c) && !prefix.empty()) prefix += '_';
    prefix += absl::ascii_toupper(c);
  }
  return prefix + "_";
}

std::string ShortName(const EnumValueDescriptor& value, const std::string& prefix) {
  return absl::AsciiStrToLower(absl::StripPrefix(value.name(), prefix));
}

}  // namespace

std::string Describe(const YamlNode& node) {
  switch (node.kind) {
    case YamlNode::Kind::kNull:
      return "nothing";
    case YamlNode::Kind::kSequence:
      return "a list";
    case YamlNode::Kind::kMap:
      return "a map";
    case YamlNode::Kind::kScalar:
      break;
  }
  const std::string shown = ShownText(node.text);
  return node.plain ? shown : absl::StrCat("the text \"", shown, "\"");
}

std::string Describe(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return DescribeInteger<int32_t>();
    case FieldDescriptor::CPPTYPE_INT64:
      return DescribeInteger<int64_t>();
    case FieldDescriptor::CPPTYPE_UINT32:
      return DescribeInteger<uint32_t>();
    case FieldDescriptor::CPPTYPE_UINT64:
      return DescribeInteger<uint64_t>();
    case FieldDescriptor::CPPTYPE_DOUBLE:
    case FieldDescriptor::CPPTYPE_FLOAT:
      return "a number";
    case FieldDescriptor::CPPTYPE_BOOL:
      return "true or false";
    case FieldDescriptor::CPPTYPE_STRING:
      return "a text";
    case FieldDescriptor::CPPTYPE_ENUM:
      return absl::StrCat("one of ", absl::StrJoin(ShortNames(*field.enum_type()), ", "));
    case FieldDescriptor::CPPTYPE_MESSAGE:
      break;
  }
  return absl::StrCat("a map with the fields of ", field.message_type()->name());
}

std::vector<std::string> ShortNames(const EnumDescriptor& type) {
  const std::string prefix = PrefixOf(type);
  std::vector<std::string> names;
  for (int i = 0; i < type.value_count(); ++i) {
    std::string name = ShortName(*type.value(i), prefix);
    if (name != "unspecified") names.push_back(std::move(name));
  }
  return names;
}

const EnumValueDescriptor* FindEnumValue(const EnumDescriptor& type,
                                         const std::string& name) {
  if (const EnumValueDescriptor* value = type.FindValueByName(name)) return value;
  const std::string prefix = PrefixOf(type);
  for (int i = 0; i < type.value_count(); ++i) {
    if (ShortName(*type.value(i), prefix) == name) return type.value(i);
  }
  return nullptr;
}

}  // namespace labgraph::seed
