#include "labgraph/error.h"

#include "absl/status/status.h"
#include "absl/strings/cord.h"
#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "gtest/gtest.h"
#include "labgraph/internal/status_conversion.h"
#include "tests/unit/client/error_matchers.h"
#include "tests/unit/client/fake_server.h"

namespace labgraph::client {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

constexpr char kInfoUrl[] = "type.googleapis.com/google.rpc.ErrorInfo";

absl::Status WithInfo(const std::string& domain, const std::string& reason) {
  google::rpc::ErrorInfo info;
  info.set_domain(domain);
  info.set_reason(reason);
  absl::Status status = absl::NotFoundError("Nothing there.");
  status.SetPayload(kInfoUrl, absl::Cord(info.SerializeAsString()));
  return status;
}

TEST(ErrorTest, DetailsSurviveTheWire) {
  const absl::Status sent = MakeError(
      v1::ERROR_REASON_ENTITY_NOT_FOUND, "mutations[3].put_statement.object",
      "There is no entity \"lab/exti\".", {{"id", "lab/exti"}, {"nearest", "lab/exit"}});
  const ErrorDetails details = DetailsOf(internal::FromGrpc(ToGrpc(sent)));
  EXPECT_EQ(details.reason, v1::ERROR_REASON_ENTITY_NOT_FOUND);
  EXPECT_EQ(details.reason_name, "ENTITY_NOT_FOUND");
  EXPECT_EQ(details.field, "mutations[3].put_statement.object");
  EXPECT_EQ(details.message, "There is no entity \"lab/exti\".");
  EXPECT_THAT(details.metadata,
              ElementsAre(Pair("id", "lab/exti"), Pair("nearest", "lab/exit")));
}

TEST(ErrorTest, CodeComesFromTheReason) {
  EXPECT_THAT(MakeError(v1::ERROR_REASON_ENTITY_NOT_FOUND, "", ""),
              HasCode(absl::StatusCode::kNotFound));
  EXPECT_THAT(MakeError(v1::ERROR_REASON_CYCLE, "", ""),
              HasCode(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(MakeError(v1::ERROR_REASON_BUSY, "", ""),
              HasCode(absl::StatusCode::kUnavailable));
}

TEST(ErrorTest, DescribeIsOneReadableLine) {
  EXPECT_EQ(
      Describe(MakeError(v1::ERROR_REASON_ENTITY_NOT_FOUND, "id", "There is none.")),
      "NOT_FOUND ENTITY_NOT_FOUND at id: There is none.");
  EXPECT_EQ(Describe(MakeError(v1::ERROR_REASON_BUSY, "", "Try again.")),
            "UNAVAILABLE BUSY: Try again.");
  EXPECT_EQ(Describe(absl::UnavailableError("lost\r\nconnection")),
            "UNAVAILABLE: lost connection");
  EXPECT_EQ(Describe(absl::OkStatus()), "OK");
}

TEST(ErrorTest, ErrorsOfOthersHaveNoReason) {
  EXPECT_EQ(ReasonOf(absl::OkStatus()), v1::ERROR_REASON_UNSPECIFIED);
  EXPECT_EQ(ReasonOf(absl::UnavailableError("lost")), v1::ERROR_REASON_UNSPECIFIED);
  const ErrorDetails foreign = DetailsOf(WithInfo("proxy.example", "ENTITY_NOT_FOUND"));
  EXPECT_EQ(foreign.reason, v1::ERROR_REASON_UNSPECIFIED);
  EXPECT_THAT(foreign.reason_name, IsEmpty());
  EXPECT_EQ(foreign.message, "Nothing there.");
}

TEST(ErrorTest, ReasonFromNewerServerKeepsItsName) {
  const ErrorDetails details = DetailsOf(WithInfo("labgraph", "MADE_TOMORROW"));
  EXPECT_EQ(details.reason, v1::ERROR_REASON_UNSPECIFIED);
  EXPECT_EQ(details.reason_name, "MADE_TOMORROW");
}

TEST(ErrorTest, DamagedDetailsAreLeftOut) {
  const absl::Status status = internal::FromGrpc(grpc::Status(
      grpc::StatusCode::NOT_FOUND, "Nothing there.", "\xff\xff not a message"));
  EXPECT_EQ(Describe(status), "NOT_FOUND: Nothing there.");
  absl::Status damaged = absl::NotFoundError("Nothing there.");
  damaged.SetPayload(kInfoUrl, absl::Cord("\xff\xff"));
  EXPECT_EQ(Describe(damaged), "NOT_FOUND: Nothing there.");
}

}  // namespace
}  // namespace labgraph::client
