#include "labgraph/connect.h"

#include "absl/time/time.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "grpcpp/support/channel_arguments.h"
#include "labgraph/internal/grpc_connection.h"

namespace labgraph::client {
namespace {

grpc::ChannelArguments ArgumentsFor(const ConnectOptions& options) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(options.max_message_bytes);
  arguments.SetUserAgentPrefix(options.user_agent);
  // gRPC itself waits a second before it dials again, and meanwhile fails every call; the
  // repetitions of RetryPolicy are to find it dialling.
  arguments.SetInt(
      GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS,
      static_cast<int>(absl::ToInt64Milliseconds(options.retry.initial_backoff)));
  arguments.SetInt(
      GRPC_ARG_MAX_RECONNECT_BACKOFF_MS,
      static_cast<int>(absl::ToInt64Milliseconds(options.retry.max_backoff)));
  return arguments;
}

}  // namespace

std::shared_ptr<Connection> Connect(const std::string& target,
                                    const ConnectOptions& options) {
  const std::shared_ptr<grpc::ChannelCredentials> credentials =
      options.credentials != nullptr ? options.credentials
                                     : grpc::InsecureChannelCredentials();
  return std::make_shared<internal::GrpcConnection>(
      grpc::CreateCustomChannel(target, credentials, ArgumentsFor(options)), options);
}

}  // namespace labgraph::client
