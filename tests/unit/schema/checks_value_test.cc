#include <cmath>
#include <limits>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/base/limits.h"
#include "server/schema/checks.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/schema/parse_proto.h"

namespace labgraph::schema {
namespace {

using ::google::protobuf::Value;
using ::labgraph::testing::FailsAt;
using ::testing::HasSubstr;

absl::Status Check(const Value& value, v1::ValueType type,
                   const std::vector<std::string>& allowed = {}) {
  return CheckValue(value, type, {allowed.begin(), allowed.end()}, "value");
}

absl::Status Check(absl::string_view json, v1::ValueType type) {
  return Check(ParseJson(json), type);
}

Value Text(std::string text) {
  Value value;
  value.set_string_value(std::move(text));
  return value;
}

Value Number(double number) {
  Value value;
  value.set_number_value(number);
  return value;
}

// `depth` lists within one another.
Value Nested(uint64_t depth) {
  return ParseJson(absl::StrCat(std::string(depth, '['), std::string(depth, ']')));
}

struct GoodValue {
  v1::ValueType type;
  const char* json;
};

class GoodValueTest : public ::testing::TestWithParam<GoodValue> {};

TEST_P(GoodValueTest, IsAccepted) {
  EXPECT_OK(Check(GetParam().json, GetParam().type)) << GetParam().json;
}

INSTANTIATE_TEST_SUITE_P(
    Scalars, GoodValueTest,
    ::testing::Values(
        GoodValue{v1::VALUE_TYPE_UNSPECIFIED, R"("text")"},
        GoodValue{v1::VALUE_TYPE_STRING, R"("")"}, GoodValue{v1::VALUE_TYPE_INTEGER, "6"},
        GoodValue{v1::VALUE_TYPE_INTEGER, "-0"},
        GoodValue{v1::VALUE_TYPE_INTEGER, "9007199254740992"},
        GoodValue{v1::VALUE_TYPE_INTEGER, "-9007199254740992"},
        GoodValue{v1::VALUE_TYPE_NUMBER, "6.5"},
        GoodValue{v1::VALUE_TYPE_NUMBER, "-1e300"},
        GoodValue{v1::VALUE_TYPE_BOOLEAN, "false"},
        GoodValue{v1::VALUE_TYPE_DATE, R"("2021-07~")"},
        GoodValue{v1::VALUE_TYPE_DATE, R"("[2021..2022]")"},
        GoodValue{v1::VALUE_TYPE_STATEMENT, R"("caterpillar-merged")"},
        GoodValue{v1::VALUE_TYPE_URL, R"("https://example.org")"},
        GoodValue{v1::VALUE_TYPE_URL, R"("HTTP://example.org:8080/a?b=c#d")"},
        GoodValue{v1::VALUE_TYPE_URL, R"("http://[::1]/")"},
        GoodValue{v1::VALUE_TYPE_URL, R"("https://user@example.org/caf\u00e9")"}));

INSTANTIATE_TEST_SUITE_P(
    Objects, GoodValueTest,
    ::testing::Values(
        GoodValue{v1::VALUE_TYPE_TEXT, R"({"nl": "tekst", "en": "text"})"},
        GoodValue{v1::VALUE_TYPE_QUANTITY, R"({"text": "tens of millions"})"},
        GoodValue{v1::VALUE_TYPE_QUANTITY,
                  R"({"text": "six", "min": 6, "max": 6, "unit": ""})"},
        GoodValue{v1::VALUE_TYPE_QUANTITY, R"({"text": "at least two", "min": 2})"},
        GoodValue{v1::VALUE_TYPE_QUANTITY, R"({"text": "up to a third", "max": 0.34})"},
        GoodValue{v1::VALUE_TYPE_JSON, "null"}, GoodValue{v1::VALUE_TYPE_JSON, "[]"},
        GoodValue{v1::VALUE_TYPE_JSON, R"({"a": [1, true, null, {"b": "c"}]})"}));

struct BadValue {
  v1::ValueType type;
  const char* json;
  v1::ErrorReason reason;
  const char* field;
};

class BadValueTest : public ::testing::TestWithParam<BadValue> {};

TEST_P(BadValueTest, IsRefused) {
  EXPECT_THAT(Check(GetParam().json, GetParam().type),
              FailsAt(GetParam().reason, GetParam().field))
      << GetParam().json;
}

constexpr v1::ErrorReason kMismatch = v1::ERROR_REASON_VALUE_TYPE_MISMATCH;

INSTANTIATE_TEST_SUITE_P(
    Scalars, BadValueTest,
    ::testing::Values(
        BadValue{v1::VALUE_TYPE_UNSPECIFIED, "1", kMismatch, "value"},
        BadValue{v1::VALUE_TYPE_STRING, "null", kMismatch, "value"},
        BadValue{v1::VALUE_TYPE_STRING, R"("a\u0007")", v1::ERROR_REASON_TEXT_MALFORMED,
                 "value"},
        BadValue{v1::VALUE_TYPE_INTEGER, "6.5", kMismatch, "value"},
        BadValue{v1::VALUE_TYPE_INTEGER, R"("6")", kMismatch, "value"},
        BadValue{v1::VALUE_TYPE_INTEGER, "9007199254740994", kMismatch, "value"},
        BadValue{v1::VALUE_TYPE_INTEGER, "-9007199254740994", kMismatch, "value"},
        BadValue{v1::VALUE_TYPE_NUMBER, R"("6.5")", kMismatch, "value"},
        BadValue{v1::VALUE_TYPE_NUMBER, "true", kMismatch, "value"},
        BadValue{v1::VALUE_TYPE_BOOLEAN, "0", kMismatch, "value"},
        BadValue{v1::VALUE_TYPE_BOOLEAN, R"("true")", kMismatch, "value"},
        BadValue{v1::VALUE_TYPE_DATE, "2021", kMismatch, "value"},
        BadValue{v1::VALUE_TYPE_DATE, R"("2021-13")", v1::ERROR_REASON_DATE_MALFORMED,
                 "value"},
        BadValue{v1::VALUE_TYPE_DATE, R"("..")", v1::ERROR_REASON_DATE_MALFORMED,
                 "value"},
        BadValue{v1::VALUE_TYPE_STATEMENT, "1", kMismatch, "value"},
        BadValue{v1::VALUE_TYPE_STATEMENT, R"("")", v1::ERROR_REASON_FIELD_REQUIRED,
                 "value"},
        BadValue{v1::VALUE_TYPE_STATEMENT, R"("S 1")", v1::ERROR_REASON_ID_MALFORMED,
                 "value"}));

INSTANTIATE_TEST_SUITE_P(
    Urls, BadValueTest,
    ::testing::Values(
        BadValue{v1::VALUE_TYPE_URL, "1", kMismatch, "value"},
        BadValue{v1::VALUE_TYPE_URL, R"("")", kMismatch, "value"},
        BadValue{v1::VALUE_TYPE_URL, R"("example.org")", kMismatch, "value"},
        BadValue{v1::VALUE_TYPE_URL, R"("/page")", kMismatch, "value"},
        BadValue{v1::VALUE_TYPE_URL, R"("ftp://example.org")", kMismatch, "value"},
        BadValue{v1::VALUE_TYPE_URL, R"("javascript://example.org")", kMismatch, "value"},
        BadValue{v1::VALUE_TYPE_URL, R"("https://")", kMismatch, "value"},
        BadValue{v1::VALUE_TYPE_URL, R"("https:///page")", kMismatch, "value"},
        BadValue{v1::VALUE_TYPE_URL, R"("https://:80/")", kMismatch, "value"},
        BadValue{v1::VALUE_TYPE_URL, R"("https://user@/")", kMismatch, "value"},
        BadValue{v1::VALUE_TYPE_URL, R"("https://?q=1")", kMismatch, "value"},
        BadValue{v1::VALUE_TYPE_URL, R"("https://example.org/a b")", kMismatch, "value"},
        BadValue{v1::VALUE_TYPE_URL, R"("https://example.org/\n")", kMismatch, "value"},
        BadValue{v1::VALUE_TYPE_URL, R"("https://example.org/<b>")", kMismatch,
                 "value"}));

INSTANTIATE_TEST_SUITE_P(
    Objects, BadValueTest,
    ::testing::Values(
        BadValue{v1::VALUE_TYPE_TEXT, R"("tekst")", kMismatch, "value"},
        BadValue{v1::VALUE_TYPE_TEXT, "{}", kMismatch, "value"},
        BadValue{v1::VALUE_TYPE_TEXT, R"({"nl": 1})", kMismatch, "value.nl"},
        BadValue{v1::VALUE_TYPE_TEXT, R"({"nl": ""})", kMismatch, "value.nl"},
        BadValue{v1::VALUE_TYPE_TEXT, R"({"nl": "a\u0000"})",
                 v1::ERROR_REASON_TEXT_MALFORMED, "value.nl"},
        BadValue{v1::VALUE_TYPE_TEXT, R"({"Dutch": "tekst"})",
                 v1::ERROR_REASON_LANGUAGE_MALFORMED, "value"},
        BadValue{v1::VALUE_TYPE_QUANTITY, "6", kMismatch, "value"},
        BadValue{v1::VALUE_TYPE_QUANTITY, "{}", kMismatch, "value"},
        BadValue{v1::VALUE_TYPE_QUANTITY, R"({"min": 1})", kMismatch, "value"},
        BadValue{v1::VALUE_TYPE_QUANTITY, R"({"text": ""})", kMismatch, "value.text"},
        BadValue{v1::VALUE_TYPE_QUANTITY, R"({"text": 6})", kMismatch, "value.text"},
        BadValue{v1::VALUE_TYPE_QUANTITY, R"({"text": "six", "min": "6"})", kMismatch,
                 "value.min"},
        BadValue{v1::VALUE_TYPE_QUANTITY, R"({"text": "six", "max": null})", kMismatch,
                 "value.max"},
        BadValue{v1::VALUE_TYPE_QUANTITY, R"({"text": "six", "unit": 1})", kMismatch,
                 "value.unit"},
        BadValue{v1::VALUE_TYPE_QUANTITY, R"({"text": "six", "min": 7, "max": 6})",
                 kMismatch, "value.min"},
        BadValue{v1::VALUE_TYPE_QUANTITY, R"({"text": "six", "amount": 6})", kMismatch,
                 "value"},
        BadValue{v1::VALUE_TYPE_JSON, R"({"a": ["\u0001"]})",
                 v1::ERROR_REASON_TEXT_MALFORMED, "value"},
        BadValue{v1::VALUE_TYPE_JSON, R"({"\u0001": 1})", v1::ERROR_REASON_TEXT_MALFORMED,
                 "value"}));

TEST(CheckValueTest, RefusesAValueThatIsNotSetWhateverItsType) {
  for (int type = v1::ValueType_MIN; type <= v1::ValueType_MAX; ++type) {
    EXPECT_THAT(Check(Value(), static_cast<v1::ValueType>(type)),
                FailsAt(kMismatch, "value"));
  }
}

TEST(CheckValueTest, RefusesNumbersThatJsonCannotWrite) {
  const double infinity = std::numeric_limits<double>::infinity();
  for (const double number : {infinity, -infinity, std::nan("")}) {
    EXPECT_THAT(Check(Number(number), v1::VALUE_TYPE_NUMBER),
                FailsAt(kMismatch, "value"));
    EXPECT_THAT(Check(Number(number), v1::VALUE_TYPE_INTEGER),
                FailsAt(kMismatch, "value"));
    EXPECT_THAT(Check(Number(number), v1::VALUE_TYPE_JSON), FailsAt(kMismatch, "value"));
    Value quantity = ParseJson(R"({"text": "much"})");
    (*quantity.mutable_struct_value()->mutable_fields())["max"] = Number(number);
    EXPECT_THAT(Check(quantity, v1::VALUE_TYPE_QUANTITY),
                FailsAt(kMismatch, "value.max"));
  }
}

TEST(CheckValueTest, AcceptsOnlyAllowedStrings) {
  const std::vector<std::string> allowed = {"active", "merged", "dissolved"};
  EXPECT_OK(Check(Text("merged"), v1::VALUE_TYPE_STRING, allowed));
  EXPECT_OK(Check(Text("merged"), v1::VALUE_TYPE_UNSPECIFIED, allowed));
  const absl::Status status = Check(Text("Merged"), v1::VALUE_TYPE_STRING, allowed);
  EXPECT_THAT(status, FailsAt(kMismatch, "value"));
  EXPECT_THAT(std::string(status.message()),
              HasSubstr("one of \"active\", \"merged\", \"dissolved\""));
  EXPECT_THAT(Check(Text(""), v1::VALUE_TYPE_STRING, allowed),
              FailsAt(kMismatch, "value"));
}

TEST(CheckValueTest, ShowsTheBeginningOfALongListOfAllowedStrings) {
  std::vector<std::string> allowed;
  for (int i = 0; i < 12; ++i) allowed.push_back(absl::StrCat("v", i));
  const absl::Status status = Check(Text("x"), v1::VALUE_TYPE_STRING, allowed);
  EXPECT_THAT(std::string(status.message()), HasSubstr("\"v9\" and 2 more"));
}

TEST(CheckValueTest, TellsWhatIsExpectedAndWhatThereIs) {
  const absl::Status status = Check("6.5", v1::VALUE_TYPE_INTEGER);
  EXPECT_THAT(std::string(status.message()),
              HasSubstr("a whole number between -2^53 and 2^53; this is the number 6.5"));
  EXPECT_THAT(std::string(Check(R"("six")", v1::VALUE_TYPE_NUMBER).message()),
              HasSubstr("a finite number; this is the text \"six\""));
}

TEST(CheckValueTest, LimitsTexts) {
  const std::string text(limits::kTextBytes.value, 'x');
  EXPECT_OK(Check(Text(text), v1::VALUE_TYPE_STRING));
  EXPECT_THAT(Check(Text(text + "x"), v1::VALUE_TYPE_STRING),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "value"));
  EXPECT_OK(Check(absl::StrCat(R"({"nl": ")", text, R"("})"), v1::VALUE_TYPE_TEXT));
  EXPECT_THAT(Check(absl::StrCat(R"({"nl": ")", text, R"(x"})"), v1::VALUE_TYPE_TEXT),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "value.nl"));
  EXPECT_OK(Check(absl::StrCat(R"({"text": ")", text, R"("})"), v1::VALUE_TYPE_QUANTITY));
  EXPECT_THAT(
      Check(absl::StrCat(R"({"text": ")", text, R"(x"})"), v1::VALUE_TYPE_QUANTITY),
      FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "value.text"));
}

TEST(CheckValueTest, LimitsUnitsAndUrls) {
  const std::string unit(limits::kNameBytes.value, 'x');
  const auto quantity = [](const std::string& unit) {
    return absl::StrCat(R"({"text": "six", "unit": ")", unit, R"("})");
  };
  EXPECT_OK(Check(quantity(unit), v1::VALUE_TYPE_QUANTITY));
  EXPECT_THAT(Check(quantity(unit + "x"), v1::VALUE_TYPE_QUANTITY),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "value.unit"));
  std::string url = "https://example.org/";
  url.append(limits::kTextBytes.value - url.size(), 'x');
  EXPECT_OK(Check(Text(url), v1::VALUE_TYPE_URL));
  EXPECT_THAT(Check(Text(url + "x"), v1::VALUE_TYPE_URL),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "value"));
}

TEST(CheckValueTest, LimitsTheDepthOfJson) {
  EXPECT_OK(Check(Nested(limits::kJsonDepth.value), v1::VALUE_TYPE_JSON));
  EXPECT_THAT(Check(Nested(limits::kJsonDepth.value + 1), v1::VALUE_TYPE_JSON),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "value"));
}

TEST(CheckValueTest, LimitsTheBytesOfJson) {
  // A text of this length has a tag of one byte and a length of two around it.
  const std::string text(limits::kJsonBytes.value - 3, 'x');
  ASSERT_EQ(Text(text).ByteSizeLong(), limits::kJsonBytes.value);
  EXPECT_OK(Check(Text(text), v1::VALUE_TYPE_JSON));
  EXPECT_THAT(Check(Text(text + "x"), v1::VALUE_TYPE_JSON),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "value"));
}

TEST(CheckValueTest, LimitsTheItemsOfListsAndObjects) {
  Value list;
  Value object;
  Value texts;
  for (uint64_t i = 0; i < limits::kListItems.value; ++i) {
    list.mutable_list_value()->add_values()->set_null_value({});
    (*object.mutable_struct_value()->mutable_fields())[absl::StrCat(i)].set_null_value(
        {});
    (*texts.mutable_struct_value()->mutable_fields())[absl::StrCat("nl-", i + 10)] =
        Text("t");
  }
  EXPECT_OK(Check(list, v1::VALUE_TYPE_JSON));
  EXPECT_OK(Check(object, v1::VALUE_TYPE_JSON));
  EXPECT_OK(Check(texts, v1::VALUE_TYPE_TEXT));
  list.mutable_list_value()->add_values()->set_null_value({});
  (*object.mutable_struct_value()->mutable_fields())["more"].set_null_value({});
  (*texts.mutable_struct_value()->mutable_fields())["en"] = Text("t");
  EXPECT_THAT(Check(list, v1::VALUE_TYPE_JSON),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "value"));
  EXPECT_THAT(Check(object, v1::VALUE_TYPE_JSON),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "value"));
  EXPECT_THAT(Check(texts, v1::VALUE_TYPE_TEXT),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "value"));
}

}  // namespace
}  // namespace labgraph::schema
