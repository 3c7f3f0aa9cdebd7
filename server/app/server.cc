#include "server/app/server.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "grpcpp/grpcpp.h"
#include "grpcpp/health_check_service_interface.h"
#include "server/adjacency/cache.h"
#include "server/adjacency/warmer.h"
#include "server/app/listener.h"
#include "server/app/store_options.h"
#include "server/app/version.h"
#include "server/base/log.h"
#include "server/base/status_macros.h"
#include "server/graph/graph.h"
#include "server/graph/graph_backups.h"
#include "server/keys/keyspaces.h"
#include "server/kv/backups.h"
#include "server/kv/memory_store.h"
#include "server/kv/rocksdb_store.h"
#include "server/query/filter_finder.h"
#include "server/rpc/admin_service.h"
#include "server/rpc/editor_service.h"
#include "server/rpc/graph_service.h"
#include "server/search/name_index.h"
#include "server/watch/hub.h"

namespace labgraph::app {
namespace {

absl::StatusOr<std::unique_ptr<kv::Store>> OpenStore(const Options& options) {
  if (options.in_memory) return kv::NewMemoryStore(keys::Names().size());
  return kv::OpenRocksDb(StoreOptions(options), keys::Names());
}

// The services whose health is told each by itself: after a failed write the store is
// still read.
constexpr const char* kServices[] = {
    "labgraph.v1.GraphService", "labgraph.v1.EditorService", "labgraph.v1.AdminService"};

class GrpcServer final : public Server {
 public:
  GrpcServer(std::unique_ptr<kv::Store> store, const Options& options)
      : store_(std::move(store)), adjacency_(options.adjacency_mib << 20) {}

  ~GrpcServer() override { Shutdown(absl::ZeroDuration()); }

  absl::Status Serve(const Options& options) {
    ASSIGN_OR_RETURN(graph_, graph::Graph::Open(store_.get(), &index_, &clock_,
                                                &adjacency_, &finder_));
    watches_ = std::make_unique<watch::Hub>(graph_.get(), &clock_);
    graph_service_ = std::make_unique<rpc::GraphService>(graph_.get(), &adjacency_,
                                                         watches_.get(), kVersion);
    editor_service_ = std::make_unique<rpc::EditorService>(graph_.get());
    if (!options.backup_dir.empty()) {
      ASSIGN_OR_RETURN(std::unique_ptr<kv::Backups> backups,
                       kv::OpenBackups(options.backup_dir));
      backups_ = std::make_unique<graph::GraphBackups>(store_.get(), std::move(backups));
    }
    admin_service_ =
        std::make_unique<rpc::AdminService>(graph_.get(), &index_, backups_.get());
    ASSIGN_OR_RETURN(listener_,
                     Listen(options.listen, {graph_service_.get(), editor_service_.get(),
                                             admin_service_.get()}));
    TellHealth();
    if (options.warm) Warm();
    return absl::OkStatus();
  }

  std::string address() const override { return listener_.address; }

  std::string Describe() const override {
    const std::shared_ptr<const graph::Head> head = graph_->head();  // may be replaced
    const keys::State& state = head->state;
    return absl::StrCat("store ", graph_->store_id(), " at revision ", state.head, ": ",
                        state.entities, " entities, ", state.statements, " statements");
  }

  void Shutdown(absl::Duration drain) override {
    if (listener_.server == nullptr) return;
    listener_.server->GetHealthCheckService()->SetServingStatus(false);
    graph_->OnWritesStopped(nullptr);
    watches_->Stop();  // they would not end by themselves
    listener_.server->Shutdown(absl::ToChronoTime(absl::Now() + drain));
    listener_.server->Wait();
  }

 private:
  void TellHealth() {
    grpc::HealthCheckServiceInterface* const health =
        listener_.server->GetHealthCheckService();
    for (const char* const service : kServices) health->SetServingStatus(service, true);
    graph_->OnWritesStopped([health] {
      Log(LogLevel::kError,
          "a write has failed; the store is read and not written until a restart");
      health->SetServingStatus("labgraph.v1.EditorService", false);
    });
  }

  void Warm() {
    const auto open = [this] {
      auto view = graph_->Read({}, graph::ReadFilter::Mode::kWalk);
      return view.ok() ? *std::move(view) : nullptr;
    };
    const auto done = [this](adjacency::Warmed warmed) {
      if (warmed == adjacency::Warmed::kFailed) {
        Log(LogLevel::kWarning,
            "adjacency warm: ended, because the graph could not be read");
        return;
      }
      const adjacency::Cache::Stats stats = adjacency_.stats();
      Log(LogLevel::kInfo, absl::StrCat("adjacency warm: ", stats.bytes >> 20, " MiB, ",
                                        warmed == adjacency::Warmed::kAll
                                            ? "all entities"
                                            : "as much as --adjacency-mib allows"));
    };
    warmer_ = std::make_unique<adjacency::Warmer>(&adjacency_, open, done);
  }

  // In order of use: each is used by those below it.
  const std::unique_ptr<kv::Store> store_;
  const SystemClock clock_;
  const search::NameIndex index_;
  const query::FilterFinder finder_;
  adjacency::Cache adjacency_;
  std::unique_ptr<graph::Graph> graph_;
  std::unique_ptr<adjacency::Warmer> warmer_;
  std::unique_ptr<watch::Hub> watches_;
  std::unique_ptr<rpc::GraphService> graph_service_;
  std::unique_ptr<rpc::EditorService> editor_service_;
  std::unique_ptr<graph::GraphBackups> backups_;
  std::unique_ptr<rpc::AdminService> admin_service_;
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
