#include "absl/strings/str_cat.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"
#include "server/schema/checks.h"
#include "server/schema/checks_value.h"

namespace labgraph::schema {
namespace {

using ::google::protobuf::ListValue;
using ::google::protobuf::Struct;
using ::google::protobuf::Value;

constexpr char kQuantity[] =
    "an amount such as {\"text\": \"tens of millions\", \"min\": 2e7, \"max\": 9e7, "
    "\"unit\": \"EUR/year\"}, of which only \"text\" is required";

std::string Below(absl::string_view field, absl::string_view key) {
  return absl::StrCat(field, ".", key);
}

absl::Status CheckItems(int items, absl::string_view field) {
  const uint64_t actual = static_cast<uint64_t>(items);
  if (actual <= limits::kListItems.value) return absl::OkStatus();
  return errors::LimitExceeded(field, limits::kListItems, actual);
}

// One field of a quantity.
absl::Status CheckQuantityField(absl::string_view key, const Value& value,
                                absl::string_view field) {
  if (key == "min" || key == "max") return CheckNumber(value, field);
  if (!value.has_string_value()) return ValueMismatch(field, "a text", value);
  if (key == "unit") return CheckText(value.string_value(), limits::kNameBytes, field);
  if (value.string_value().empty()) {
    return ValueMismatch(field, "a text that is not empty", value);
  }
  return CheckText(value.string_value(), limits::kTextBytes, field);
}

absl::Status CheckJsonPart(const Value& value, uint64_t depth, absl::string_view field);

absl::Status CheckJsonDepth(uint64_t depth, absl::string_view field) {
  if (depth <= limits::kJsonDepth.value) return absl::OkStatus();
  return errors::LimitExceeded(field, limits::kJsonDepth, depth);
}

absl::Status CheckJsonList(const ListValue& list, uint64_t depth,
                           absl::string_view field) {
  RETURN_IF_ERROR(CheckJsonDepth(depth, field));
  RETURN_IF_ERROR(CheckItems(list.values_size(), field));
  for (const Value& item : list.values()) {
    RETURN_IF_ERROR(CheckJsonPart(item, depth, field));
  }
  return absl::OkStatus();
}

absl::Status CheckJsonObject(const Struct& object, uint64_t depth,
                             absl::string_view field) {
  RETURN_IF_ERROR(CheckJsonDepth(depth, field));
  RETURN_IF_ERROR(CheckItems(object.fields_size(), field));
  for (const auto& [key, item] : object.fields()) {
    RETURN_IF_ERROR(CheckText(key, limits::kJsonBytes, field));
    RETURN_IF_ERROR(CheckJsonPart(item, depth, field));
  }
  return absl::OkStatus();
}

// `depth` lists and objects lie around the value.
absl::Status CheckJsonPart(const Value& value, uint64_t depth, absl::string_view field) {
  switch (value.kind_case()) {
    case Value::kNumberValue:
      return CheckNumber(value, field);
    case Value::kStringValue:
      return CheckText(value.string_value(), limits::kJsonBytes, field);
    case Value::kListValue:
      return CheckJsonList(value.list_value(), depth + 1, field);
    case Value::kStructValue:
      return CheckJsonObject(value.struct_value(), depth + 1, field);
    case Value::KIND_NOT_SET:
      return ValueMismatch(field, "a JSON value", value);
    default:
      return absl::OkStatus();
  }
}

}  // namespace

absl::Status CheckTexts(const Value& value, absl::string_view field) {
  constexpr char kExpected[] =
      "texts by language, such as {\"nl\": \"tekst\", \"en\": \"text\"}";
  if (!value.has_struct_value() || value.struct_value().fields().empty()) {
    return ValueMismatch(field, kExpected, value);
  }
  RETURN_IF_ERROR(CheckItems(value.struct_value().fields_size(), field));
  for (const auto& [lang, text] : value.struct_value().fields()) {
    RETURN_IF_ERROR(CheckLanguage(lang, field));
    const std::string below = Below(field, lang);
    if (text.string_value().empty()) {
      return ValueMismatch(below, "a text that is not empty", text);
    }
    RETURN_IF_ERROR(CheckText(text.string_value(), limits::kTextBytes, below));
  }
  return absl::OkStatus();
}

absl::Status CheckQuantity(const Value& value, absl::string_view field) {
  const auto& parts = value.struct_value().fields();
  if (parts.count("text") == 0) return ValueMismatch(field, kQuantity, value);
  size_t known = 0;
  for (const absl::string_view key : {"text", "min", "max", "unit"}) {
    const auto part = parts.find(std::string(key));
    if (part == parts.end()) continue;
    RETURN_IF_ERROR(CheckQuantityField(key, part->second, Below(field, key)));
    ++known;
  }
  if (known < parts.size()) {
    return errors::ValueTypeMismatch(field, kQuantity, "an object with other fields");
  }
  const auto min = parts.find("min");
  const auto max = parts.find("max");
  if (min == parts.end() || max == parts.end() ||
      min->second.number_value() <= max->second.number_value()) {
    return absl::OkStatus();
  }
  return ValueMismatch(Below(field, "min"),
                       absl::StrCat("at most \"max\", ", max->second.number_value()),
                       min->second);
}

absl::Status CheckJson(const Value& value, absl::string_view field) {
  RETURN_IF_ERROR(CheckJsonPart(value, 0, field));
  const size_t bytes = value.ByteSizeLong();
  if (bytes <= limits::kJsonBytes.value) return absl::OkStatus();
  return errors::LimitExceeded(field, limits::kJsonBytes, bytes);
}

}  // namespace labgraph::schema
