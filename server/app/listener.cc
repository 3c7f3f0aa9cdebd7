#include "server/app/listener.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "grpc/health/v1/health.pb.h"
#include "grpcpp/ext/proto_server_reflection_plugin.h"
#include "grpcpp/grpcpp.h"
#include "grpcpp/health_check_service_interface.h"
#include "server/app/grpc_log.h"
#include "server/app/listen_address.h"
#include "server/base/errors.h"
#include "server/base/limits.h"

namespace labgraph::app {
namespace {

// A call holds a thread while it runs; callers beyond this wait for RESOURCE_EXHAUSTED.
constexpr int kMaxThreads = 512;
// Calls at once on one connection.
constexpr int kMaxConcurrentStreams = 256;
// A caller of whom nothing is heard for this long is asked whether it is still there, and
// is gone when it does not answer: otherwise its calls would hold their places.
constexpr absl::Duration kKeepalive = absl::Minutes(1);
constexpr absl::Duration kKeepaliveAnswer = absl::Seconds(20);
// Callers may ask this often in their turn. Those that ask more often are cut off.
constexpr absl::Duration kCallersKeepalive = absl::Seconds(10);

void EnableHealthAndReflection() {
  // Without a mention the linker drops the description that reflection gives of health.
  grpc::health::v1::HealthCheckRequest::descriptor();
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
}

int AsMs(absl::Duration time) {
  return static_cast<int>(absl::ToInt64Milliseconds(time));
}

void KeepAlive(grpc::ServerBuilder& builder) {
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, AsMs(kKeepalive));
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, AsMs(kKeepaliveAnswer));
  // Also while nothing is sent, by either side.
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
                             AsMs(kCallersKeepalive));
}

absl::Status CannotListen(const std::string& address) {
  const absl::optional<ListenAddress> parts = ListenAddress::Parse(address);
  return errors::Busy(
      absl::StrCat("Cannot listen on ", address, ": ",
                   parts.has_value() ? WhyNotListening(*parts) : "this is not host:port",
                   ". Choose another with --listen host:port; port 0 takes a free one."));
}

}  // namespace

absl::StatusOr<Listener> Listen(const std::string& address,
                                absl::Span<grpc::Service* const> services) {
  EnableHealthAndReflection();
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort(address, grpc::InsecureServerCredentials(), &port);
  for (grpc::Service* service : services) builder.RegisterService(service);
  builder.SetMaxReceiveMessageSize(limits::kReceivedBytes);
  builder.SetResourceQuota(grpc::ResourceQuota("labgraph").SetMaxThreads(kMaxThreads));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, kMaxConcurrentStreams);
  // Two servers on one port would each get some of the calls.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  KeepAlive(builder);
  std::unique_ptr<grpc::Server> server;
  {
    const GrpcLogSilence silence;
    server = builder.BuildAndStart();
  }
  if (server == nullptr || port == 0) return CannotListen(address);
  return Listener{std::move(server),
                  absl::StrCat(address.substr(0, address.rfind(':')), ":", port)};
}

}  // namespace labgraph::app
