// What health says, asked of the real server as an orchestrator asks it.

#include <cstdlib>
#include <string>

#include "grpc/health/v1/health.pb.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/security/credentials.h"
#include "grpcpp/support/byte_buffer.h"
#include "gtest/gtest.h"
#include "tests/faults/items.h"
#include "tests/faults/server_process.h"
#include "tests/testing/status_matchers.h"

namespace labgraph::faults {
namespace {

using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;
using testing::FailsWith;

constexpr char kWriting[] = "labgraph.v1.EditorService";
constexpr char kReading[] = "labgraph.v1.GraphService";
constexpr char kServer[] = "";

// "SERVING", or what else health says of the service.
std::string HealthOf(const std::string& address, const std::string& service) {
  HealthCheckRequest request;
  request.set_service(service);
  const grpc::Slice encoded(request.SerializeAsString());
  const grpc::ByteBuffer bytes(&encoded, 1);
  grpc::GenericStub stub(
      grpc::CreateChannel(address, grpc::InsecureChannelCredentials()));
  grpc::ClientContext context;
  grpc::CompletionQueue queue;
  const auto call =
      stub.PrepareUnaryCall(&context, "/grpc.health.v1.Health/Check", bytes, &queue);
  call->StartCall();
  grpc::ByteBuffer answer;
  grpc::Status status;
  call->Finish(&answer, &status, &queue);
  void* tag = nullptr;
  bool ok = false;
  EXPECT_TRUE(queue.Next(&tag, &ok) && ok);
  if (!status.ok()) return status.error_message();
  grpc::Slice whole;
  EXPECT_TRUE(answer.DumpToSingleSlice(&whole).ok());
  HealthCheckResponse response;
  EXPECT_TRUE(response.ParseFromArray(whole.begin(), static_cast<int>(whole.size())));
  return HealthCheckResponse::ServingStatus_Name(response.status());
}

absl::Status Put(client::Connection& connection, absl::string_view key) {
  v1::CommitRequest request;
  *request.add_mutations()->mutable_put_entity() = Item(key, key);
  return connection.Commit(request).status();
}

TEST(HealthTest, AfterAFailedWriteAllButWritingServesUntilARestart) {
  ServerProcess server;
  ASSERT_OK(server.Start());
  ApplySchema(*ConnectOnce(server.address()));
  EXPECT_EQ(server.Stop(), 0);

  ASSERT_EQ(::setenv("LABGRAPH_FAILPOINTS", "kv.write.begin=error@2", 1), 0);
  ASSERT_OK(server.Start());
  ASSERT_EQ(::unsetenv("LABGRAPH_FAILPOINTS"), 0);
  const auto connection = ConnectOnce(server.address());
  ASSERT_OK(Put(*connection, "first"));
  EXPECT_EQ(HealthOf(server.address(), kWriting), "SERVING");
  EXPECT_THAT(Put(*connection, "second"), FailsWith(v1::ERROR_REASON_STORAGE_FAILED));
  EXPECT_EQ(HealthOf(server.address(), kWriting), "NOT_SERVING");
  EXPECT_EQ(HealthOf(server.address(), kReading), "SERVING");
  EXPECT_EQ(HealthOf(server.address(), kServer), "SERVING");
  // The point fails once; the store takes no more writes all the same.
  EXPECT_THAT(Put(*connection, "third"), FailsWith(v1::ERROR_REASON_STORAGE_FAILED));
  v1::GetEntityRequest read;
  read.set_id("item/first");
  EXPECT_OK(connection->GetEntity(read));
  EXPECT_EQ(server.Stop(), 0);

  ASSERT_OK(server.Start());
  EXPECT_EQ(HealthOf(server.address(), kWriting), "SERVING");
  EXPECT_OK(Put(*ConnectOnce(server.address()), "fourth"));
  EXPECT_EQ(server.Stop(), 0);
}

}  // namespace
}  // namespace labgraph::faults
