// What ends calls of callers who do nothing, over a socket.

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "grpcpp/grpcpp.h"
#include "labgraph/v1/graph_service.grpc.pb.h"
#include "server/graph/stoppable_reader.h"
#include "server/rpc/batching_writer.h"
#include "server/rpc/editor_service.h"
#include "server/rpc/lookup.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_graph.h"

namespace labgraph::rpc {
namespace {

using ::labgraph::testing::FailsWith;

constexpr absl::Duration kSoon = absl::Milliseconds(200);
constexpr absl::Duration kNever = absl::Seconds(60);

// A service on a free port, and a channel to it.
class Served {
 public:
  explicit Served(grpc::Service* service) {
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(service);
    server_ = builder.BuildAndStart();
    channel_ = grpc::CreateChannel(absl::StrCat("127.0.0.1:", port),
                                   grpc::InsecureChannelCredentials());
  }

  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }

 private:
  std::unique_ptr<grpc::Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
};

// Sends as much as it can.
class EndlessTraverse final : public v1::GraphService::Service {
 public:
  grpc::Status Traverse(grpc::ServerContext* context, const v1::TraverseRequest*,
                        grpc::ServerWriter<v1::TraverseResponse>* writer) override {
    const Call call(context, kSoon);
    BatchingWriter<v1::TraverseResponse> out(writer, call);
    const std::string id(1000, 'x');
    while (ended_with_.ok()) {
      out.message()->add_hits()->mutable_entity()->set_id(id);
      ended_with_ = out.Added(id.size());
    }
    ended_.Notify();
    return Conclude("Traverse", ended_with_);
  }

  bool EndsInTime() { return ended_.WaitForNotificationWithTimeout(kNever); }
  const absl::Status& ended_with() const { return ended_with_; }

 private:
  absl::Status ended_with_;
  absl::Notification ended_;
};

TEST(CallLimitsTest, AStreamThatNobodyReadsEndsAtTheCallsDeadline) {
  EndlessTraverse service;
  const Served served(&service);
  const auto stub = v1::GraphService::NewStub(served.channel());
  grpc::ClientContext context;
  const auto reader = stub->Traverse(&context, v1::TraverseRequest());
  EXPECT_TRUE(service.EndsInTime());
  EXPECT_THAT(service.ended_with(), FailsWith(v1::ERROR_REASON_CANCELLED));
  context.TryCancel();
  reader->Finish();
}

TEST(CallLimitsTest, AnImportThatBringsNothingMakesRoom) {
  testing::TestGraph graph("kinds { name: 'lab' }");
  EditorService service(&graph.graph(), absl::Seconds(1));
  const Served served(&service);
  const auto stub = v1::EditorService::NewStub(served.channel());
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + kNever));
  const auto stream = stub->Import(&context);
  v1::ImportRequest part;
  part.add_mutations()->mutable_put_entity()->set_id("lab/a");
  ASSERT_TRUE(stream->Write(part));
  v1::ImportResponse answer;
  ASSERT_TRUE(stream->Read(&answer));
  EXPECT_FALSE(stream->Read(&answer)) << "it waits for an answer and sends nothing";
  const grpc::Status status = stream->Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_NE(status.error_message().find("No part came for 1s"), std::string::npos)
      << status.error_message();
}

// Reads a store over and over.
class EndlessGetSchema final : public v1::GraphService::Service {
 public:
  explicit EndlessGetSchema(const kv::Reader* reader) : reader_(reader) {}

  grpc::Status GetSchema(grpc::ServerContext* context, const v1::GetSchemaRequest*,
                         v1::GetSchemaResponse*) override {
    const Call call(context, kNever);
    const graph::StoppableReader reader(
        reader_, [&call] { return call.context()->IsCancelled(); });
    begun_.Notify();
    while (ended_with_.ok() && absl::Now() < call.deadline()) {
      const auto cursor = reader.NewCursor(0);
      for (cursor->Seek(""); cursor->Valid();) cursor->Next();
      ended_with_ = cursor->status();
    }
    ended_.Notify();
    return Conclude("GetSchema", ended_with_);
  }

  void WaitForBegin() { begun_.WaitForNotification(); }
  bool EndsInTime() { return ended_.WaitForNotificationWithTimeout(kNever); }
  const absl::Status& ended_with() const { return ended_with_; }

 private:
  const kv::Reader* const reader_;
  absl::Status ended_with_;
  absl::Notification begun_;
  absl::Notification ended_;
};

TEST(CallLimitsTest, ReadingForACallerWhoLeftEnds) {
  testing::TestGraph graph("kinds { name: 'lab' }");
  const auto snapshot = graph.store().GetSnapshot();
  EndlessGetSchema service(snapshot.get());
  const Served served(&service);
  const auto stub = v1::GraphService::NewStub(served.channel());
  grpc::CompletionQueue queue;
  grpc::ClientContext context;
  const auto reader = stub->AsyncGetSchema(&context, v1::GetSchemaRequest(), &queue);
  v1::GetSchemaResponse response;
  grpc::Status status;
  reader->Finish(&response, &status, nullptr);
  service.WaitForBegin();
  context.TryCancel();
  EXPECT_TRUE(service.EndsInTime());
  EXPECT_THAT(service.ended_with(), FailsWith(v1::ERROR_REASON_CANCELLED));
  queue.Shutdown();
  void* tag = nullptr;
  bool ok = false;
  while (queue.Next(&tag, &ok)) continue;
}

TEST(CallLimitsTest, ABatchOfEntitiesLooksAtItsDeadline) {
  testing::TestGraph graph("kinds { name: 'lab' }");
  graph.PutEntities({"lab/a"});
  grpc::ServerContext context;
  const Call call(&context, -absl::Seconds(1));
  v1::BatchGetEntitiesRequest request;
  request.add_ids("lab/a");
  v1::BatchGetEntitiesResponse response;
  EXPECT_THAT(BatchGetEntities(graph.graph(), request, call, &response),
              FailsWith(v1::ERROR_REASON_DEADLINE));
}

}  // namespace
}  // namespace labgraph::rpc
