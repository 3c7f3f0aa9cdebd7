#include "server/app/listener.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "grpc/health/v1/health.pb.h"
#include "grpcpp/ext/proto_server_reflection_plugin.h"
#include "grpcpp/grpcpp.h"
#include "grpcpp/health_check_service_interface.h"
#include "server/base/errors.h"
#include "server/base/limits.h"

namespace labgraph::app {
namespace {

// A call holds a thread while it runs; callers beyond this wait for RESOURCE_EXHAUSTED.
constexpr int kMaxThreads = 512;
// Calls at once on one connection.
constexpr int kMaxConcurrentStreams = 256;

void EnableHealthAndReflection() {
  // Without a mention the linker drops the description that reflection gives of health.
  grpc::health::v1::HealthCheckRequest::descriptor();
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
}

}  // namespace

absl::StatusOr<Listener> Listen(const std::string& address,
                                absl::Span<grpc::Service* const> services) {
  EnableHealthAndReflection();
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort(address, grpc::InsecureServerCredentials(), &port);
  for (grpc::Service* service : services) builder.RegisterService(service);
  builder.SetMaxReceiveMessageSize(static_cast<int>(limits::kRequestBytes.value));
  builder.SetResourceQuota(grpc::ResourceQuota("labgraph").SetMaxThreads(kMaxThreads));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, kMaxConcurrentStreams);
  // Two servers on one port would each get some of the calls.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr || port == 0) {
    return errors::Busy(absl::StrCat("Cannot listen on ", address,
                                     ": the address is not of this machine or the port "
                                     "is in use. Choose another with "
                                     "--listen host:port; port 0 takes a free one."));
  }
  return Listener{std::move(server),
                  absl::StrCat(address.substr(0, address.rfind(':')), ":", port)};
}

}  // namespace labgraph::app
