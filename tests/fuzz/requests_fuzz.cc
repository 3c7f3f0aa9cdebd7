// Requests: the first line of an input names a call, the rest is a request in wire
// format. Reads go through a server to a graph that stays as it is; writes are made to a
// graph of their own, which must be sound after. No request is the server's own fault.

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_split.h"
#include "absl/types/span.h"
#include "grpcpp/grpcpp.h"
#include "labgraph/v1/admin_service.pb.h"
#include "labgraph/v1/graph_service.grpc.pb.h"
#include "server/base/clock.h"
#include "server/rpc/graph_service.h"
#include "server/watch/hub.h"
#include "tests/fuzz/check.h"
#include "tests/fuzz/fuzz_graph.h"

namespace labgraph::fuzz {
namespace {

using Stub = v1::GraphService::Stub;

// The graph is small, so that nothing needs more; a request that asks for more is cut.
constexpr uint64_t kMostVisited = 20000;
constexpr std::chrono::seconds kMostTime{10};
constexpr std::chrono::milliseconds kWatchTime{50};
constexpr int kWatchMessages = 3;

template <typename Request>
bool Parse(absl::string_view bytes, Request* request) {
  return request->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
}

// Keeps a walk short, where the request has a limit for it.
template <typename Request>
void LimitWalk(Request* request) {
  const auto* const limit = request->GetDescriptor()->FindFieldByName("max_visited");
  if (limit == nullptr) return;
  const auto* const reflection = request->GetReflection();
  if (reflection->GetUInt64(*request, limit) - 1 >= kMostVisited) {
    reflection->SetUInt64(request, limit, kMostVisited);
  }
}

void CheckGrpc(const grpc::Status& status, absl::string_view call) {
  CheckAnswer(absl::Status(static_cast<absl::StatusCode>(status.error_code()),
                           status.error_message()),
              call);
}

// A server in this process, and its calls by name.
class Server {
 public:
  Server()
      : hub_(&graph_.graph(), &clock_),
        service_(&graph_.graph(), graph_.cache(), &hub_, "fuzz") {
    grpc::ServerBuilder builder;
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
    stub_ = v1::GraphService::NewStub(server_->InProcessChannel({}));
    Add("GetServerInfo", &Stub::GetServerInfo);
    Add("GetSchema", &Stub::GetSchema);
    Add("GetEntity", &Stub::GetEntity);
    Add("BatchGetEntities", &Stub::BatchGetEntities);
    Add("ListEntities", &Stub::ListEntities);
    Add("SearchEntities", &Stub::SearchEntities);
    Add("ListStatements", &Stub::ListStatements);
    Add("ListNeighbors", &Stub::ListNeighbors);
    Add("Aggregate", &Stub::Aggregate);
    Add("GetHistory", &Stub::GetHistory);
    Add("DiffRevisions", &Stub::DiffRevisions);
    Add("Traverse", &Stub::Traverse);
    Add("FindPaths", &Stub::FindPaths);
    Add("MatchPattern", &Stub::MatchPattern);
    calls_["Watch"] = [this](absl::string_view bytes) { Watch(bytes); };
  }

  // False where it has no such call.
  bool Call(absl::string_view name, absl::string_view bytes) {
    const auto call = calls_.find(std::string(name));
    if (call == calls_.end()) return false;
    call->second(bytes);
    return true;
  }

 private:
  template <typename Request, typename Response>
  void Add(const std::string& name,
           grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                        Response*)) {
    calls_[name] = [this, name, method](absl::string_view bytes) {
      Request request;
      if (!Parse(bytes, &request)) return;
      LimitWalk(&request);
      grpc::ClientContext context;
      context.set_deadline(std::chrono::system_clock::now() + kMostTime);
      Response response;
      CheckGrpc(((*stub_).*method)(&context, request, &response), name);
    };
  }
  template <typename Request, typename Response>
  void Add(const std::string& name,
           std::unique_ptr<grpc::ClientReader<Response>> (Stub::*method)(
               grpc::ClientContext*, const Request&)) {
    calls_[name] = [this, name, method](absl::string_view bytes) {
      Request request;
      if (!Parse(bytes, &request)) return;
      LimitWalk(&request);
      grpc::ClientContext context;
      context.set_deadline(std::chrono::system_clock::now() + kMostTime);
      const auto stream = ((*stub_).*method)(&context, request);
      Response response;
      bool ended = false;
      while (stream->Read(&response)) ended = response.has_summary();
      const grpc::Status status = stream->Finish();
      CheckGrpc(status, name);
      Check(!status.ok() || ended, "a stream ends with its summary");
    };
  }

  // It has no end of its own: some messages, or a moment without one.
  void Watch(absl::string_view bytes) {
    v1::WatchRequest request;
    if (!Parse(bytes, &request)) return;
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + kWatchTime);
    const auto stream = stub_->Watch(&context, request);
    v1::WatchResponse response;
    for (int i = 0; i < kWatchMessages && stream->Read(&response); ++i) {
      Check(!response.resume_token().empty() || response.more(), "a place to go on from");
    }
    context.TryCancel();
    CheckGrpc(stream->Finish(), "Watch");
  }

  FuzzGraph graph_;
  const SystemClock clock_;
  watch::Hub hub_;
  rpc::GraphService service_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<Stub> stub_;
  std::map<std::string, std::function<void(absl::string_view)>> calls_;
};

void Commit(absl::string_view bytes) {
  v1::CommitRequest request;
  if (!Parse(bytes, &request)) return;
  FuzzGraph graph;
  const auto response = graph.graph().Commit(request);
  CheckAnswer(response.status(), "Commit");
  graph.CheckSound();
  if (!response.ok() || request.validate_only() || request.request_id().empty()) return;
  const auto again = graph.graph().Commit(request);
  Check(again.ok() && again->revision() == response->revision(),
        "a retry gets the first answer");
}

void Import(absl::string_view bytes) {
  v1::ImportRequest request;
  if (!Parse(bytes, &request)) return;
  FuzzGraph graph;
  std::vector<v1::ImportResponse> answers;
  CheckAnswer(graph.graph().Import(absl::MakeSpan(&request, 1), &answers), "Import");
  graph.CheckSound();
}

// Any other write: `method` of a graph of its own, by request.
template <typename Request, typename Response>
void Write(absl::string_view name,
           absl::StatusOr<Response> (graph::Graph::*method)(const Request&),
           absl::string_view bytes) {
  Request request;
  if (!Parse(bytes, &request)) return;
  FuzzGraph graph;
  CheckAnswer((graph.graph().*method)(request).status(), name);
  graph.CheckSound();
}

void CompactHistory(absl::string_view bytes) {
  v1::CompactHistoryRequest request;
  if (!Parse(bytes, &request)) return;
  FuzzGraph graph;
  CheckAnswer(graph.graph().CompactHistory(request.before()).status(), "CompactHistory");
  graph.CheckSound();
}

}  // namespace

void TestOneInput(absl::string_view input) {
  static Server& server = *new Server;
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(input, absl::MaxSplits('\n', 1));
  if (server.Call(parts.first, parts.second)) return;
  if (parts.first == "Commit") Commit(parts.second);
  if (parts.first == "Import") Import(parts.second);
  if (parts.first == "CompactHistory") CompactHistory(parts.second);
  if (parts.first == "ApplySchema") {
    Write(parts.first, &graph::Graph::ApplySchema, parts.second);
  }
  if (parts.first == "Erase") Write(parts.first, &graph::Graph::Erase, parts.second);
}

}  // namespace labgraph::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  labgraph::fuzz::TestOneInput(labgraph::fuzz::Text(data, size));
  return 0;
}
