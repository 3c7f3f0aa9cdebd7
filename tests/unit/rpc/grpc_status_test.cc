#include "server/rpc/grpc_status.h"

#include <string>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "server/base/error.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "tests/testing/status_matchers.h"

namespace labgraph::rpc {
namespace {

google::rpc::Status DetailsOf(const grpc::Status& status) {
  google::rpc::Status details;
  EXPECT_TRUE(details.ParseFromString(status.error_details()));
  return details;
}

TEST(GrpcStatusTest, OkIsOk) { EXPECT_TRUE(ToGrpc(absl::OkStatus()).ok()); }

TEST(GrpcStatusTest, CarriesReasonFieldAndResource) {
  const grpc::Status status =
      ToGrpc(AtField(errors::EntityNotFound("object", "lab/x"), "mutations[3]"));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::NOT_FOUND);
  const google::rpc::Status details = DetailsOf(status);
  EXPECT_EQ(details.code(), static_cast<int>(grpc::StatusCode::NOT_FOUND));
  EXPECT_EQ(details.message(), status.error_message());
  ASSERT_EQ(details.details_size(), 3);
  google::rpc::ErrorInfo info;
  ASSERT_TRUE(details.details(0).UnpackTo(&info));
  EXPECT_EQ(info.reason(), "ENTITY_NOT_FOUND");
  EXPECT_EQ(info.domain(), "labgraph");
  EXPECT_EQ(info.metadata().at("id"), "lab/x");
  google::rpc::BadRequest bad_request;
  ASSERT_TRUE(details.details(1).UnpackTo(&bad_request));
  EXPECT_EQ(bad_request.field_violations(0).field(), "mutations[3].object");
  google::rpc::ResourceInfo resource;
  ASSERT_TRUE(details.details(2).UnpackTo(&resource));
  EXPECT_EQ(resource.resource_name(), "lab/x");
}

TEST(GrpcStatusTest, AnErrorWithoutReasonIsABugAndTellsNothing) {
  const grpc::Status status = ToGrpc(absl::NotFoundError("secret"));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INTERNAL);
  EXPECT_EQ(status.error_message().find("secret"), std::string::npos);
}

TEST(GrpcStatusTest, DetailsStaySmall) {
  absl::Status error = errors::FieldInvalid("x", std::string(900, 'm'));
  for (int i = 0; i < 40; ++i) error = AtField(error, std::string(100, 'f'));
  const grpc::Status status = ToGrpc(error);
  EXPECT_LE(status.error_details().size(), limits::kErrorDetailBytes);
  google::rpc::ErrorInfo info;
  ASSERT_TRUE(DetailsOf(status).details(0).UnpackTo(&info));
  EXPECT_EQ(info.reason(), "FIELD_INVALID");
}

TEST(GrpcStatusTest, EveryReasonHasACode) {
  const auto* reasons = v1::ErrorReason_descriptor();
  for (int i = 0; i < reasons->value_count(); ++i) {
    if (reasons->value(i)->number() == 0) continue;
    const absl::Status error =
        ErrorBuilder(static_cast<v1::ErrorReason>(reasons->value(i)->number()), "x");
    EXPECT_NE(ToGrpc(error).error_code(), grpc::StatusCode::OK)
        << reasons->value(i)->name();
    EXPECT_EQ(static_cast<int>(error.code()),
              static_cast<int>(ToGrpc(error).error_code()));
  }
}

}  // namespace
}  // namespace labgraph::rpc
