#include "server/base/error.h"

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"
#include "google/rpc/error_details.pb.h"
#include "gtest/gtest.h"
#include "server/base/errors.h"
#include "tests/testing/status_matchers.h"

namespace labgraph {
namespace {

using testing::FailsAt;
using testing::StatusIs;

template <typename Detail>
absl::optional<Detail> DetailOf(const absl::Status& status) {
  const auto payload = status.GetPayload(
      absl::StrCat("type.googleapis.com/", Detail::descriptor()->full_name()));
  Detail detail;
  if (!payload.has_value() || !detail.ParseFromString(std::string(*payload))) return {};
  return detail;
}

TEST(ErrorTest, EveryReasonHasACode) {
  const auto& reasons = *v1::ErrorReason_descriptor();
  for (int i = 0; i < reasons.value_count(); ++i) {
    const auto reason = static_cast<v1::ErrorReason>(reasons.value(i)->number());
    if (reason == v1::ERROR_REASON_UNSPECIFIED) continue;
    const absl::Status status = ErrorBuilder(reason, "It went wrong.");
    EXPECT_FALSE(status.ok()) << reasons.value(i)->name();
    EXPECT_NE(status.code(), absl::StatusCode::kUnknown) << reasons.value(i)->name();
    EXPECT_EQ(ReasonOf(status), reason);
  }
}

TEST(ErrorTest, CarriesReasonFieldMetadataAndResource) {
  const absl::Status status = errors::StatementNotFound("ids[2]", "s-abc");
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kNotFound));
  const auto info = DetailOf<google::rpc::ErrorInfo>(status);
  ASSERT_TRUE(info.has_value());
  EXPECT_EQ(info->reason(), "STATEMENT_NOT_FOUND");
  EXPECT_EQ(info->domain(), "labgraph");
  EXPECT_EQ(info->metadata().at("id"), "s-abc");
  const auto bad_request = DetailOf<google::rpc::BadRequest>(status);
  ASSERT_TRUE(bad_request.has_value());
  EXPECT_EQ(bad_request->field_violations(0).field(), "ids[2]");
  EXPECT_EQ(bad_request->field_violations(0).description(), status.message());
  const auto resource = DetailOf<google::rpc::ResourceInfo>(status);
  ASSERT_TRUE(resource.has_value());
  EXPECT_EQ(resource->resource_type(), "statement");
  EXPECT_EQ(resource->resource_name(), "s-abc");
}

TEST(ErrorTest, WhatIsWrongIsSaidOfALongValueToo) {
  std::string text;
  while (text.size() < 2000) text += "\u20AC";
  for (const absl::Status& status :
       {errors::FilterMalformed("filter", text, 1999, "It ends too soon."),
        errors::VisibilityMalformed("visibility", text, 1999, "It ends too soon."),
        errors::KindUnknown("kinds[0]", text, "lab"),
        errors::ReferenceNotFound("object", "entity", text)}) {
    EXPECT_LT(status.message().size(), 400u);
    EXPECT_TRUE(DetailOf<google::rpc::BadRequest>(status).has_value());
  }
  const absl::Status filter = errors::FilterMalformed("f", text, 1999, "It ends.");
  EXPECT_TRUE(absl::EndsWith(filter.message(), "is wrong at byte 1999: It ends."));
  EXPECT_EQ(errors::FilterMalformed("f", "a=", 2, "It ends.").message(),
            "The filter \"a=\" is wrong at byte 2: It ends.");
}

TEST(ErrorTest, FailedPreconditionsSayWhichOne) {
  const auto failure = DetailOf<google::rpc::PreconditionFailure>(
      errors::FunctionalConflict("object", "led_by", "s-1"));
  ASSERT_TRUE(failure.has_value());
  EXPECT_EQ(failure->violations(0).type(), "FUNCTIONAL_CONFLICT");
  EXPECT_EQ(failure->violations(0).subject(), "s-1");
  EXPECT_FALSE(DetailOf<google::rpc::PreconditionFailure>(errors::FieldRequired("id"))
                   .has_value());
}

TEST(ErrorTest, AtFieldPutsThePrefixBeforeThePath) {
  const struct {
    const char* field;
    const char* prefix;
    const char* whole;
  } cases[] = {
      {"object", "put_statement", "put_statement.object"},
      {"[2]", "sources", "sources[2]"},
      {"", "visibility", "visibility"},
      {"object", "", "object"},
  };
  for (const auto& test : cases) {
    EXPECT_THAT(AtField(errors::FieldRequired(test.field), test.prefix),
                FailsAt(v1::ERROR_REASON_FIELD_REQUIRED, test.whole));
  }
}

TEST(ErrorTest, AtFieldLeavesOtherStatusesAlone) {
  EXPECT_OK(AtField(absl::OkStatus(), "schema"));
  const absl::Status foreign = absl::UnknownError("from elsewhere");
  EXPECT_EQ(AtField(foreign, "schema"), foreign);
  const absl::Status without_field = errors::Cancelled();
  EXPECT_EQ(AtField(without_field, "schema"), without_field);
}

TEST(ErrorTest, WhatIsNotALabgraphErrorHasNoReason) {
  const absl::Status foreign = absl::InternalError("from elsewhere");
  EXPECT_EQ(ReasonOf(foreign), v1::ERROR_REASON_UNSPECIFIED);
  EXPECT_EQ(FieldOf(foreign), "");
  EXPECT_EQ(MetaOf(foreign, "id"), "");
  EXPECT_EQ(ReasonOf(absl::OkStatus()), v1::ERROR_REASON_UNSPECIFIED);
}

TEST(ErrorTest, LongTextsAreShortenedBetweenCharacters) {
  EXPECT_EQ(Shorten("\xC3\xA9\xC3\xA9", 3), "\xC3\xA9");
  EXPECT_EQ(Shorten("\xF0\x9F\x98\x80", 3), "");
  EXPECT_EQ(Shorten("abc", 3), "abc");
  std::string text = "a";  // an odd byte first, so that an even limit cuts a character
  while (text.size() < 3000) text += "\xC3\xA9";
  const absl::Status error = ErrorBuilder(v1::ERROR_REASON_FIELD_INVALID, text)
                                 .Field("value")
                                 .Meta("value", text);
  EXPECT_THAT(error, FailsAt(v1::ERROR_REASON_FIELD_INVALID, "value"));
  EXPECT_EQ(error.message().size(), 1023u);
  EXPECT_EQ(MetaOf(error, "value").size(), 255u);
}

TEST(ErrorTest, ErrorsAboutLongIdsCanBeReadBack) {
  std::string text = "a";
  while (text.size() < 1000) text += "\xC3\xA9";
  EXPECT_THAT(errors::IdMalformed("id", text, "It is too odd.", "lab/exit"),
              FailsAt(v1::ERROR_REASON_ID_MALFORMED, "id"));
  EXPECT_THAT(errors::LanguageMalformed("names", text),
              FailsAt(v1::ERROR_REASON_LANGUAGE_MALFORMED, "names"));
}

TEST(ErrorTest, ACycleShowsTenSteps) {
  std::vector<std::string> path;
  for (int i = 0; i < 12; ++i) path.push_back(absl::StrCat("lab/", i));
  const absl::Status error = errors::Cycle("object", "part_of", path);
  EXPECT_EQ(MetaOf(error, "path"),
            "lab/0,lab/1,lab/2,lab/3,lab/4,lab/5,lab/6,lab/7,lab/8,lab/9");
  EXPECT_NE(error.message().find("lab/9 -> ..."), absl::string_view::npos);
}

}  // namespace
}  // namespace labgraph
