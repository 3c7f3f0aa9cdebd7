#include "seed/reader/value_reader.h"

#include <cmath>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "seed/reader/describe.h"
#include "seed/reader/exact_number.h"
#include "seed/reader/plain_scalar.h"

namespace labgraph::seed {
namespace {

using google::protobuf::Value;

// Whether a double holds what a number is written as. Whole ones in base 8 and 16 too.
bool IsExact(const std::string& text, double number) {
  const absl::optional<WholeNumber> whole = ParseWholeNumber(text);
  if (!whole.has_value()) return IsExactIfWhole(text);
  // Two to the 64th is where the whole numbers that can be compared end.
  return std::abs(number) < 0x1p64 &&
         static_cast<uint64_t>(std::abs(number)) == whole->magnitude;
}

void ReadNumber(const YamlNode& node, double number, Value* value,
                const ReadContext& context) {
  if (!IsExact(node.text, number)) {
    context.problems->push_back(
        {context.file, node.position, DescribeInexact(node.text)});
  } else if (!std::isfinite(number)) {
    context.Complain(node.position, absl::StrCat(Describe(node), " is no number of JSON"),
                     "a finite number, or a text in quotes, would be right");
  } else {
    value->set_number_value(number);
  }
}

void ReadScalar(const YamlNode& node, Value* value, const ReadContext& context) {
  if (!node.plain) {
    value->set_string_value(node.text);
  } else if (absl::optional<bool> boolean = ParseBoolean(node.text);
             boolean.has_value()) {
    value->set_bool_value(*boolean);
  } else if (absl::optional<double> number = ParseNumber(node.text); number.has_value()) {
    ReadNumber(node, *number, value, context);
  } else {
    value->set_string_value(node.text);
  }
}

}  // namespace

void ReadValue(const YamlNode& node, const std::string& path, Value* value,
               const ReadContext& context) {
  context.source_map->Add(path, node.position);
  switch (node.kind) {
    case YamlNode::Kind::kNull:
      value->set_null_value(google::protobuf::NULL_VALUE);
      return;
    case YamlNode::Kind::kScalar:
      ReadScalar(node, value, context);
      return;
    case YamlNode::Kind::kSequence:
      value->mutable_list_value();
      for (size_t i = 0; i < node.items.size(); ++i) {
        ReadValue(node.items[i], absl::StrCat(path, "[", i, "]"),
                  value->mutable_list_value()->add_values(), context);
      }
      return;
    case YamlNode::Kind::kMap:
      value->mutable_struct_value();
      for (size_t i = 0; i < node.items.size(); ++i) {
        const std::string& key = node.keys[i].text;
        ReadValue(node.items[i], absl::StrCat(path, ".", key),
                  &(*value->mutable_struct_value()->mutable_fields())[key], context);
      }
      return;
  }
}

}  // namespace labgraph::seed
