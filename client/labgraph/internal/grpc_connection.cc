#include "labgraph/internal/grpc_connection.h"

#include <utility>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "labgraph/internal/grpc_streams.h"
#include "labgraph/internal/request_id.h"
#include "labgraph/internal/status_conversion.h"

namespace labgraph::client::internal {
namespace {

constexpr char kImportMethod[] = "/labgraph.v1.EditorService/Import";

std::unique_ptr<grpc::ClientContext> NewContext(absl::Duration timeout,
                                                bool wait_for_ready) {
  auto context = std::make_unique<grpc::ClientContext>();
  context->set_wait_for_ready(wait_for_ready);
  if (timeout != absl::InfiniteDuration()) {
    context->set_deadline(absl::ToChronoTime(absl::Now() + timeout));
  }
  return context;
}

// The system's clock. gRPC reads from its sockets only while someone waits for it, so
// calls that fail at once because there is no connection, repeated after a mere sleep,
// would not see for seconds that one is being made: waiting drives the channel.
class DrivingClock final : public Clock {
 public:
  explicit DrivingClock(std::shared_ptr<grpc::Channel> channel)
      : channel_(std::move(channel)) {}

  void Sleep(absl::Duration duration) override {
    const absl::Time end = Now() + duration;
    channel_->WaitForConnected(absl::ToChronoTime(end));
    absl::SleepFor(end - Now());
  }

 private:
  const std::shared_ptr<grpc::Channel> channel_;
};

}  // namespace

GrpcConnection::GrpcConnection(const std::shared_ptr<grpc::Channel>& channel,
                               const ConnectOptions& options)
    : options_(options),
      clock_(options.clock != nullptr ? options.clock
                                      : std::make_shared<DrivingClock>(channel)),
      channel_(channel),
      graph_(v1::GraphService::NewStub(channel)),
      admin_(v1::AdminService::NewStub(channel)),
      editor_(v1::EditorService::NewStub(channel)) {}

template <typename Stub, typename Request, typename Response>
absl::StatusOr<Response> GrpcConnection::Call(Stub& stub,
                                              Method<Stub, Request, Response> method,
                                              Idempotency idempotency,
                                              const Request& request) const {
  RetryLoop loop(options_.retry, idempotency, options_.timeout, clock_);
  while (true) {
    const auto context = NewContext(loop.Remaining(), options_.wait_for_ready);
    Response response;
    absl::Status status = FromGrpc((stub.*method)(context.get(), request, &response));
    if (status.ok()) return response;
    if (!loop.WaitToRetry(status)) return status;
  }
}

template <typename Stub, typename Request, typename Response>
std::unique_ptr<StreamReader<Response>> GrpcConnection::Stream(
    const std::shared_ptr<Stub>& stub, StreamMethod<Stub, Request, Response> method,
    const Request& request) const {
  auto open = [stub, method, request,
               wait_for_ready = options_.wait_for_ready](absl::Duration timeout) {
    auto context = NewContext(timeout, wait_for_ready);
    auto stream = ((*stub).*method)(context.get(), request);
    return std::make_unique<GrpcStreamReader<Response, grpc::ClientReader<Response>>>(
        std::move(context), std::move(stream));
  };
  return std::make_unique<RetryingReader<Response>>(
      std::make_unique<RetryLoop>(options_.retry, Idempotency::kRead, options_.timeout,
                                  clock_),
      std::move(open));
}

absl::StatusOr<v1::GetServerInfoResponse> GrpcConnection::GetServerInfo(
    const v1::GetServerInfoRequest& request) {
  return Call(*graph_, &GraphStub::GetServerInfo, Idempotency::kRead, request);
}

absl::StatusOr<v1::GetSchemaResponse> GrpcConnection::GetSchema(
    const v1::GetSchemaRequest& request) {
  return Call(*graph_, &GraphStub::GetSchema, Idempotency::kRead, request);
}

absl::StatusOr<v1::GetEntityResponse> GrpcConnection::GetEntity(
    const v1::GetEntityRequest& request) {
  return Call(*graph_, &GraphStub::GetEntity, Idempotency::kRead, request);
}

absl::StatusOr<v1::BatchGetEntitiesResponse> GrpcConnection::BatchGetEntities(
    const v1::BatchGetEntitiesRequest& request) {
  return Call(*graph_, &GraphStub::BatchGetEntities, Idempotency::kRead, request);
}

absl::StatusOr<v1::SearchEntitiesResponse> GrpcConnection::SearchEntities(
    const v1::SearchEntitiesRequest& request) {
  return Call(*graph_, &GraphStub::SearchEntities, Idempotency::kRead, request);
}

absl::StatusOr<v1::ListEntitiesResponse> GrpcConnection::ListEntities(
    const v1::ListEntitiesRequest& request) {
  return Call(*graph_, &GraphStub::ListEntities, Idempotency::kRead, request);
}

absl::StatusOr<v1::ListStatementsResponse> GrpcConnection::ListStatements(
    const v1::ListStatementsRequest& request) {
  return Call(*graph_, &GraphStub::ListStatements, Idempotency::kRead, request);
}

absl::StatusOr<v1::ListNeighborsResponse> GrpcConnection::ListNeighbors(
    const v1::ListNeighborsRequest& request) {
  return Call(*graph_, &GraphStub::ListNeighbors, Idempotency::kRead, request);
}

std::unique_ptr<StreamReader<v1::TraverseResponse>> GrpcConnection::Traverse(
    const v1::TraverseRequest& request) {
  return Stream(graph_, &GraphStub::Traverse, request);
}

std::unique_ptr<StreamReader<v1::FindPathsResponse>> GrpcConnection::FindPaths(
    const v1::FindPathsRequest& request) {
  return Stream(graph_, &GraphStub::FindPaths, request);
}

std::unique_ptr<StreamReader<v1::MatchPatternResponse>> GrpcConnection::MatchPattern(
    const v1::MatchPatternRequest& request) {
  return Stream(graph_, &GraphStub::MatchPattern, request);
}

absl::StatusOr<v1::AggregateResponse> GrpcConnection::Aggregate(
    const v1::AggregateRequest& request) {
  return Call(*graph_, &GraphStub::Aggregate, Idempotency::kRead, request);
}

absl::StatusOr<v1::GetHistoryResponse> GrpcConnection::GetHistory(
    const v1::GetHistoryRequest& request) {
  return Call(*graph_, &GraphStub::GetHistory, Idempotency::kRead, request);
}

absl::StatusOr<v1::DiffRevisionsResponse> GrpcConnection::DiffRevisions(
    const v1::DiffRevisionsRequest& request) {
  return Call(*graph_, &GraphStub::DiffRevisions, Idempotency::kRead, request);
}

std::unique_ptr<WatchStream> GrpcConnection::Watch(const v1::WatchRequest& request) {
  return std::make_unique<GrpcWatchStream>(
      NewContext(absl::InfiniteDuration(), options_.wait_for_ready),
      [stub = graph_, request](grpc::ClientContext* context) {
        return stub->Watch(context, request);
      });
}

absl::StatusOr<v1::CommitResponse> GrpcConnection::Commit(
    const v1::CommitRequest& request) {
  if (request.validate_only()) {
    return Call(*editor_, &EditorStub::Commit, Idempotency::kRead, request);
  }
  if (!request.request_id().empty()) {
    return Call(*editor_, &EditorStub::Commit, Idempotency::kConvergent, request);
  }
  v1::CommitRequest named = request;
  named.set_request_id(RandomRequestId());
  return Call(*editor_, &EditorStub::Commit, Idempotency::kConvergent, named);
}

std::unique_ptr<ImportStream> GrpcConnection::Import() {
  auto context = NewContext(options_.import_timeout, options_.wait_for_ready);
  // As the stub does it, but for buffers in the place of messages.
  const grpc::internal::RpcMethod method(
      kImportMethod, grpc::internal::RpcMethod::BIDI_STREAMING, channel_);
  std::unique_ptr<grpc::ClientReaderWriter<grpc::ByteBuffer, v1::ImportResponse>> stream(
      grpc::internal::ClientReaderWriterFactory<
          grpc::ByteBuffer, v1::ImportResponse>::Create(channel_.get(), method,
                                                        context.get()));
  return std::make_unique<GrpcImportStream>(std::move(context), std::move(stream));
}

absl::StatusOr<v1::ApplySchemaResponse> GrpcConnection::ApplySchema(
    const v1::ApplySchemaRequest& request) {
  const Idempotency idempotency =
      request.validate_only() ? Idempotency::kRead : Idempotency::kOnce;
  return Call(*editor_, &EditorStub::ApplySchema, idempotency, request);
}

absl::StatusOr<v1::CreateBackupResponse> GrpcConnection::CreateBackup(
    const v1::CreateBackupRequest& request) {
  return Call(*admin_, &AdminStub::CreateBackup, Idempotency::kOnce, request);
}

absl::StatusOr<v1::ListBackupsResponse> GrpcConnection::ListBackups(
    const v1::ListBackupsRequest& request) {
  return Call(*admin_, &AdminStub::ListBackups, Idempotency::kRead, request);
}

absl::StatusOr<v1::VerifyBackupResponse> GrpcConnection::VerifyBackup(
    const v1::VerifyBackupRequest& request) {
  return Call(*admin_, &AdminStub::VerifyBackup, Idempotency::kRead, request);
}

absl::StatusOr<v1::DeleteBackupResponse> GrpcConnection::DeleteBackup(
    const v1::DeleteBackupRequest& request) {
  return Call(*admin_, &AdminStub::DeleteBackup, Idempotency::kOnce, request);
}

std::unique_ptr<StreamReader<v1::VerifyStoreResponse>> GrpcConnection::VerifyStore(
    const v1::VerifyStoreRequest& request) {
  return Stream(admin_, &AdminStub::VerifyStore, request);
}

absl::StatusOr<v1::CompactHistoryResponse> GrpcConnection::CompactHistory(
    const v1::CompactHistoryRequest& request) {
  return Call(*admin_, &AdminStub::CompactHistory, Idempotency::kConvergent, request);
}

absl::StatusOr<v1::EraseResponse> GrpcConnection::Erase(const v1::EraseRequest& request) {
  return Call(*admin_, &AdminStub::Erase, Idempotency::kConvergent, request);
}

}  // namespace labgraph::client::internal
