// labgraph_bench_echo: a server with labgraph's transport and nothing behind it, whose
// calls and streams are the rooflines of labgraphd's.

#include <csignal>
#include <cstdio>
#include <string>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "bench/echo.grpc.pb.h"
#include "bench/require.h"
#include "server/app/listener.h"

namespace labgraph::bench {
namespace {

// Calls and streams are taken in as labgraphd's are.
class Echo final : public EchoService::WithCallbackMethod_Nothing<EchoService::Service> {
 public:
  grpc::ServerUnaryReactor* Nothing(grpc::CallbackServerContext* context, const Empty*,
                                    Empty*) override {
    grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }

  grpc::Status Keep(grpc::ServerContext*, grpc::ServerReader<Raw>* reader,
                    Empty*) override {
    std::vector<Raw> messages;
    Raw message;
    while (reader->Read(&message)) messages.push_back(message);
    absl::MutexLock lock(&mu_);
    kept_ = std::move(messages);
    return grpc::Status::OK;
  }

  grpc::Status Replay(grpc::ServerContext*, const Empty*,
                      grpc::ServerWriter<Raw>* writer) override {
    absl::ReaderMutexLock lock(&mu_);
    for (const Raw& message : kept_) {
      if (!writer->Write(message)) break;
    }
    return grpc::Status::OK;
  }

 private:
  absl::Mutex mu_;
  std::vector<Raw> kept_ ABSL_GUARDED_BY(mu_);
};

int Main(int argc, char** argv) {
  // As labgraphd does.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  if (argc != 3 || std::string(argv[1]) != "--listen") {
    std::fprintf(stderr, "usage: labgraph_bench_echo --listen HOST:PORT\n");
    return 2;
  }
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  Echo echo;
  app::Listener listener = Value(app::Listen(argv[2], {&echo}));
  std::fprintf(stderr, "listening on %s\n", listener.address.c_str());
  int signal = 0;
  sigwait(&signals, &signal);
  listener.server->Shutdown(std::chrono::system_clock::now());
  listener.server->Wait();
  return 0;
}

}  // namespace
}  // namespace labgraph::bench

int main(int argc, char** argv) { return labgraph::bench::Main(argc, argv); }
