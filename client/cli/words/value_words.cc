#include "client/cli/words/value_words.h"

#include <algorithm>

#include "client/cli/output/json.h"

namespace labgraph::cli {
namespace {

using google::protobuf::Struct;
using google::protobuf::Value;

// The member of a quantity that says it in words.
constexpr char kText[] = "text";

bool HasOnlyTexts(const Struct& object) {
  return !object.fields().empty() &&
         std::all_of(object.fields().begin(), object.fields().end(),
                     [](const auto& field) {
                       return field.second.kind_case() == Value::kStringValue;
                     });
}

std::string PickText(const Struct& object, const Languages& languages) {
  Languages::TextByLang texts;
  for (const auto& [lang, text] : object.fields()) texts[lang] = text.string_value();
  return languages.Pick(texts);
}

}  // namespace

std::string DescribeValue(const Value& value, const Languages& languages) {
  if (value.kind_case() == Value::kStringValue) return value.string_value();
  if (value.kind_case() == Value::kStructValue) {
    const Struct& object = value.struct_value();
    const auto text = object.fields().find(kText);
    if (text != object.fields().end() &&
        text->second.kind_case() == Value::kStringValue) {
      return text->second.string_value();
    }
    if (HasOnlyTexts(object)) return PickText(object, languages);
  }
  return ToJsonLine(value);
}

}  // namespace labgraph::cli
