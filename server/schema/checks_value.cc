#include "server/schema/checks_value.h"

#include <algorithm>
#include <cmath>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "server/base/error.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"
#include "server/schema/checks.h"
#include "server/schema/edtf.h"

namespace labgraph::schema {
namespace {

using ::google::protobuf::Value;
using AllowedValues = ::google::protobuf::RepeatedPtrField<std::string>;

// Above it a double no longer holds every whole number.
constexpr double kMaxInteger = 9007199254740992.0;  // 2^53
// What an error shows of a text, and of a list of allowed values.
constexpr size_t kShownBytes = 40;
constexpr int kShownAllowed = 10;

// The value in a few words, for an error.
std::string Describe(const Value& value) {
  switch (value.kind_case()) {
    case Value::kNullValue:
      return "null";
    case Value::kNumberValue:
      return absl::StrCat("the number ", value.number_value());
    case Value::kStringValue: {
      const bool whole = value.string_value().size() <= kShownBytes;
      return whole ? absl::StrCat("the text \"", value.string_value(), "\"")
                   : "a long text";
    }
    case Value::kBoolValue:
      return value.bool_value() ? "true" : "false";
    case Value::kStructValue:
      return "an object";
    case Value::kListValue:
      return "a list";
    case Value::KIND_NOT_SET:
      break;
  }
  return "nothing";
}

// "one of "active", "merged"".
std::string OneOf(const AllowedValues& allowed) {
  const int shown = std::min(allowed.size(), kShownAllowed);
  std::string text = "one of \"";
  absl::StrAppend(
      &text, absl::StrJoin(allowed.begin(), allowed.begin() + shown, "\", \""), "\"");
  if (allowed.size() > shown) {
    absl::StrAppend(&text, " and ", allowed.size() - shown, " more");
  }
  return text;
}

absl::Status CheckString(const Value& value, const AllowedValues& allowed,
                         absl::string_view field) {
  if (!value.has_string_value()) return ValueMismatch(field, "a text", value);
  RETURN_IF_ERROR(CheckText(value.string_value(), limits::kTextBytes, field));
  if (allowed.empty() || absl::c_linear_search(allowed, value.string_value())) {
    return absl::OkStatus();
  }
  return ValueMismatch(field, OneOf(allowed), value);
}

absl::Status CheckInteger(const Value& value, absl::string_view field) {
  const double number = value.number_value();
  if (value.has_number_value() && std::abs(number) <= kMaxInteger &&
      number == std::trunc(number)) {
    return absl::OkStatus();
  }
  return ValueMismatch(field, "a whole number between -2^53 and 2^53", value);
}

absl::Status CheckBoolean(const Value& value, absl::string_view field) {
  if (value.has_bool_value()) return absl::OkStatus();
  return ValueMismatch(field, "true or false", value);
}

absl::Status CheckDate(const Value& value, absl::string_view field) {
  if (!value.has_string_value()) {
    return ValueMismatch(field, "a date such as \"2021-07~\"", value);
  }
  return AtField(ParseDate(value.string_value()).status(), field);
}

absl::Status CheckStatement(const Value& value, absl::string_view field) {
  if (!value.has_string_value()) {
    return ValueMismatch(field, "the id of a statement", value);
  }
  return CheckStatementId(value.string_value(), field);
}

}  // namespace

absl::Status ValueMismatch(absl::string_view field, absl::string_view expected,
                           const Value& value) {
  return errors::ValueTypeMismatch(field, expected, Describe(value));
}

absl::Status CheckNumber(const Value& value, absl::string_view field) {
  if (value.has_number_value() && std::isfinite(value.number_value())) {
    return absl::OkStatus();
  }
  return ValueMismatch(field, "a finite number", value);
}

absl::Status CheckValue(const Value& value, v1::ValueType type,
                        const AllowedValues& allowed_values, absl::string_view field) {
  switch (type) {
    case v1::VALUE_TYPE_UNSPECIFIED:
    case v1::VALUE_TYPE_STRING:
      return CheckString(value, allowed_values, field);
    case v1::VALUE_TYPE_TEXT:
      return CheckTexts(value, field);
    case v1::VALUE_TYPE_INTEGER:
      return CheckInteger(value, field);
    case v1::VALUE_TYPE_NUMBER:
      return CheckNumber(value, field);
    case v1::VALUE_TYPE_BOOLEAN:
      return CheckBoolean(value, field);
    case v1::VALUE_TYPE_DATE:
      return CheckDate(value, field);
    case v1::VALUE_TYPE_QUANTITY:
      return CheckQuantity(value, field);
    case v1::VALUE_TYPE_URL:
      return CheckUrl(value, field);
    case v1::VALUE_TYPE_STATEMENT:
      return CheckStatement(value, field);
    case v1::VALUE_TYPE_JSON:
      return CheckJson(value, field);
    default:
      return errors::Internal(absl::StrCat("No check for value type ", type, "."));
  }
}

}  // namespace labgraph::schema
