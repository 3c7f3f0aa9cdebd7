#include "tests/faults/watched_server.h"

#include "absl/time/clock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "server/app/listener.h"
#include "server/keys/keyspaces.h"
#include "server/kv/memory_store.h"

namespace labgraph::faults {
namespace {

constexpr char kSchema[] = R"pb(
  schema {
    kinds { name: "lab" }
    kinds { name: "team" }
    predicates { name: "knows" }
    predicates { name: "likes" symmetric: true }
  })pb";

}  // namespace

WatchedServer::WatchedServer(watch::Patience patience)
    : patience_(patience),
      store_(kv::NewMemoryStore(keys::Names().size())),
      graph_(*graph::Graph::Open(store_.get(), nullptr, &clock_)),
      address_(Start("127.0.0.1:0")) {
  v1::ApplySchemaRequest request;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(kSchema, &request));
  EXPECT_TRUE(graph_->ApplySchema(request).ok());
}

WatchedServer::~WatchedServer() { Stop(); }

void WatchedServer::Restart() {
  Stop();
  Start(address_);
}

std::string WatchedServer::Start(const std::string& address) {
  hub_ = std::make_unique<watch::Hub>(graph_.get(), &clock_, patience_);
  service_ = std::make_unique<rpc::GraphService>(graph_.get(), nullptr, hub_.get(), "");
  auto listener = app::Listen(address, {service_.get()});
  EXPECT_TRUE(listener.ok()) << listener.status();
  server_ = std::move(listener->server);
  return listener->address;
}

void WatchedServer::Stop() {
  server_->Shutdown(absl::ToChronoTime(absl::Now()));
  server_->Wait();
  server_.reset();
  service_.reset();
  hub_.reset();
}

}  // namespace labgraph::faults
