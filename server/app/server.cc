#include "server/app/server.h"

#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "grpcpp/grpcpp.h"
#include "grpcpp/health_check_service_interface.h"
#include "server/adjacency/cache.h"
#include "server/adjacency/warmer.h"
#include "server/app/listener.h"
#include "server/app/version.h"
#include "server/base/log.h"
#include "server/base/status_macros.h"
#include "server/graph/graph.h"
#include "server/keys/keyspaces.h"
#include "server/kv/memory_store.h"
#include "server/kv/rocksdb_store.h"
#include "server/rpc/editor_service.h"
#include "server/rpc/graph_service.h"
#include "server/search/name_index.h"

namespace labgraph::app {
namespace {

absl::StatusOr<std::unique_ptr<kv::Store>> OpenStore(const Options& options) {
  if (options.in_memory) return kv::NewMemoryStore(keys::Names().size());
  kv::RocksDbOptions rocksdb;
  rocksdb.path = options.data_dir;
  rocksdb.filtered = {std::begin(keys::kAskedForAbsent), std::end(keys::kAskedForAbsent)};
  rocksdb.cache_bytes = options.cache_mib << 20;
  return kv::OpenRocksDb(rocksdb, keys::Names());
}

class GrpcServer final : public Server {
 public:
  GrpcServer(std::unique_ptr<kv::Store> store, const Options& options)
      : store_(std::move(store)), adjacency_(options.adjacency_mib << 20) {}

  ~GrpcServer() override { Shutdown(absl::ZeroDuration()); }

  absl::Status Serve(const Options& options) {
    ASSIGN_OR_RETURN(graph_,
                     graph::Graph::Open(store_.get(), &index_, &clock_, &adjacency_));
    graph_service_ =
        std::make_unique<rpc::GraphService>(graph_.get(), &adjacency_, kVersion);
    editor_service_ = std::make_unique<rpc::EditorService>(graph_.get());
    ASSIGN_OR_RETURN(
        listener_, Listen(options.listen, {graph_service_.get(), editor_service_.get()}));
    if (options.warm) Warm();
    return absl::OkStatus();
  }

  std::string address() const override { return listener_.address; }

  std::string Describe() const override {
    const keys::State& state = graph_->head()->state;
    return absl::StrCat("store ", graph_->store_id(), " at revision ", state.head, ": ",
                        state.entities, " entities, ", state.statements, " statements");
  }

  void Shutdown(absl::Duration drain) override {
    if (listener_.server == nullptr) return;
    listener_.server->GetHealthCheckService()->SetServingStatus(false);
    listener_.server->Shutdown(absl::ToChronoTime(absl::Now() + drain));
    listener_.server->Wait();
  }

 private:
  void Warm() {
    const auto open = [this] {
      auto view = graph_->Read({}, graph::ReadFilter::Mode::kWalk);
      return view.ok() ? *std::move(view) : nullptr;
    };
    const auto done = [this](bool complete) {
      const adjacency::Cache::Stats stats = adjacency_.stats();
      Log(LogLevel::kInfo,
          absl::StrCat("adjacency warm: ", stats.bytes >> 20, " MiB, ",
                       complete ? "all entities" : "as much as --adjacency-mib allows"));
    };
    warmer_ = std::make_unique<adjacency::Warmer>(&adjacency_, open, done);
  }

  // In order of use: each is used by those below it.
  const std::unique_ptr<kv::Store> store_;
  const SystemClock clock_;
  const search::NameIndex index_;
  adjacency::Cache adjacency_;
  std::unique_ptr<graph::Graph> graph_;
  std::unique_ptr<adjacency::Warmer> warmer_;
  std::unique_ptr<rpc::GraphService> graph_service_;
  std::unique_ptr<rpc::EditorService> editor_service_;
  Listener listener_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Server>> Server::Start(const Options& options) {
  ASSIGN_OR_RETURN(std::unique_ptr<kv::Store> store, OpenStore(options));
  auto server = std::make_unique<GrpcServer>(std::move(store), options);
  RETURN_IF_ERROR(server->Serve(options));
  return server;
}

}  // namespace labgraph::app
