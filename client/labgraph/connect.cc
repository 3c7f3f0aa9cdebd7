#include "labgraph/connect.h"

#include "absl/time/time.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "grpcpp/support/channel_arguments.h"
#include "labgraph/internal/grpc_connection.h"

namespace labgraph::client {
namespace {

// A server that falls silent without closing the connection, or a line that does, would
// keep a call waiting for ever: it is asked for a sign of life while calls are under way.
constexpr absl::Duration kKeepaliveTime = absl::Seconds(20);
constexpr absl::Duration kKeepaliveTimeout = absl::Seconds(10);

void SetMilliseconds(const char* name, absl::Duration duration,
                     grpc::ChannelArguments& arguments) {
  arguments.SetInt(name, static_cast<int>(absl::ToInt64Milliseconds(duration)));
}

grpc::ChannelArguments ArgumentsFor(const ConnectOptions& options) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(options.max_message_bytes);
  arguments.SetUserAgentPrefix(options.user_agent);
  // gRPC itself waits a second before it dials again, and meanwhile fails every call; the
  // repetitions of RetryPolicy are to find it dialling.
  SetMilliseconds(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, options.retry.initial_backoff,
                  arguments);
  SetMilliseconds(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, options.retry.max_backoff,
                  arguments);
  SetMilliseconds(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveTime, arguments);
  SetMilliseconds(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kKeepaliveTimeout, arguments);
  // Otherwise gRPC asks no more than twice while a call only receives, as a watch does.
  arguments.SetInt(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
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
