#include "server/query/value_test.h"

#include <limits>
#include <string>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "server/base/status_macros.h"
#include "server/query/range_test.h"
#include "server/query/text_test.h"
#include "server/schema/edtf.h"

namespace labgraph::query {
namespace {

using google::protobuf::Value;

bool IsBooleanWord(const FilterToken& token) {
  return token.Is(FilterToken::Type::kWord, "true") ||
         token.Is(FilterToken::Type::kWord, "false");
}

absl::Status CheckAllowed(const v1::Predicate& property, const Comparison& comparison,
                          const FilterSource& source) {
  if (property.allowed_values().empty() || comparison.comparator == Comparator::kHas ||
      absl::c_linear_search(property.allowed_values(), comparison.value.text)) {
    return absl::OkStatus();
  }
  return source.Wrong(
      comparison.value.position,
      absl::StrCat("expected a value that \"", comparison.field.text,
                   "\" can have: ", absl::StrJoin(property.allowed_values(), ", "), "."));
}

absl::StatusOr<ValueTest> StringTest(const v1::Predicate& property,
                                     const Comparison& comparison,
                                     const FilterSource& source) {
  ASSIGN_OR_RETURN(TextTest test, MakeTextTest(comparison, source));
  RETURN_IF_ERROR(CheckAllowed(property, comparison, source));
  return ValueTest([test = std::move(test)](const Value& value) {
    return value.has_string_value() && test(value.string_value());
  });
}

// A text by language: in the language asked for, or in any.
absl::StatusOr<ValueTest> LocalizedTest(const Comparison& comparison,
                                        const FilterSource& source) {
  ASSIGN_OR_RETURN(TextTest test, MakeTextTest(comparison, source));
  return ValueTest([test = std::move(test), lang = comparison.lang](const Value& value) {
    for (const auto& [tag, text] : value.struct_value().fields()) {
      if ((lang.empty() || tag == lang) && test(text.string_value())) return true;
    }
    return false;
  });
}

absl::StatusOr<ValueTest> NumericTest(const Comparison& comparison,
                                      const FilterSource& source) {
  ASSIGN_OR_RETURN(const RangeTest test, MakeNumberTest(comparison, source));
  return ValueTest([test](const Value& value) {
    return value.has_number_value() && test(value.number_value(), value.number_value());
  });
}

absl::StatusOr<ValueTest> BooleanTest(const Comparison& comparison,
                                      const FilterSource& source) {
  ASSIGN_OR_RETURN(const bool wanted, WantedBoolean(comparison, source));
  return ValueTest([wanted](const Value& value) {
    return value.has_bool_value() && value.bool_value() == wanted;
  });
}

absl::StatusOr<ValueTest> DateTest(const Comparison& comparison,
                                   const FilterSource& source) {
  ASSIGN_OR_RETURN(const RangeTest test, MakeDateTest(comparison, source));
  return ValueTest([test](const Value& value) {
    const absl::StatusOr<schema::DayRange> range =
        schema::ParseDate(value.string_value());
    return range.ok() && test(range->earliest, range->latest);
  });
}

double NumberOr(const Value& quantity, const std::string& name, double otherwise) {
  const auto& fields = quantity.struct_value().fields();
  const auto it = fields.find(name);
  return it == fields.end() ? otherwise : it->second.number_value();
}

// An amount: with a number by its bounds, a missing one being infinite; else by its
// words.
absl::StatusOr<ValueTest> QuantityTest(const Comparison& comparison,
                                       const FilterSource& source) {
  double number;
  if (ParseNumber(comparison.value, &number) || comparison.has_order()) {
    ASSIGN_OR_RETURN(const RangeTest test, MakeNumberTest(comparison, source));
    return ValueTest([test](const Value& value) {
      constexpr double kInfinity = std::numeric_limits<double>::infinity();
      return value.has_struct_value() &&
             test(NumberOr(value, "min", -kInfinity), NumberOr(value, "max", kInfinity));
    });
  }
  ASSIGN_OR_RETURN(TextTest test, MakeTextTest(comparison, source));
  return ValueTest([test = std::move(test)](const Value& value) {
    const auto& fields = value.struct_value().fields();
    const auto it = fields.find("text");
    return it != fields.end() && test(it->second.string_value());
  });
}

// Any JSON: compared as what the filter's value looks like; lists and objects only have
// presence.
absl::StatusOr<ValueTest> JsonTest(const v1::Predicate& property,
                                   const Comparison& comparison,
                                   const FilterSource& source) {
  double number;
  if (ParseNumber(comparison.value, &number) || comparison.has_order()) {
    return NumericTest(comparison, source);
  }
  if (IsBooleanWord(comparison.value)) return BooleanTest(comparison, source);
  return StringTest(property, comparison, source);
}

}  // namespace

absl::StatusOr<bool> WantedBoolean(const Comparison& comparison,
                                   const FilterSource& source) {
  if (comparison.has_order()) {
    return source.Wrong(
        comparison.field.position,
        absl::StrCat("\"", comparison.field.text,
                     "\" is true or false, which has no order; use = or !=."));
  }
  if (!IsBooleanWord(comparison.value)) {
    return source.Wrong(comparison.value.position,
                        absl::StrCat("expected true or false for \"",
                                     comparison.field.text, "\", without quotes."));
  }
  return comparison.value.text == "true";
}

absl::StatusOr<ValueTest> MakeValueTest(const v1::Predicate& property,
                                        const Comparison& comparison,
                                        const FilterSource& source) {
  switch (property.value_type()) {
    case v1::VALUE_TYPE_TEXT:
      return LocalizedTest(comparison, source);
    case v1::VALUE_TYPE_INTEGER:
    case v1::VALUE_TYPE_NUMBER:
      return NumericTest(comparison, source);
    case v1::VALUE_TYPE_BOOLEAN:
      return BooleanTest(comparison, source);
    case v1::VALUE_TYPE_DATE:
      return DateTest(comparison, source);
    case v1::VALUE_TYPE_QUANTITY:
      return QuantityTest(comparison, source);
    case v1::VALUE_TYPE_JSON:
      return JsonTest(property, comparison, source);
    default:  // STRING, URL, STATEMENT
      return StringTest(property, comparison, source);
  }
}

}  // namespace labgraph::query
