#include <algorithm>
#include <memory>
#include <vector>

#include "bench/csr_search.h"
#include "bench/echo.grpc.pb.h"
#include "bench/load.h"
#include "bench/require.h"
#include "bench/rows/rows.h"
#include "grpcpp/grpcpp.h"
#include "labgraph/v1/graph_service.pb.h"
#include "server/base/limits.h"

namespace labgraph::bench {
namespace {

constexpr char kTraverse[] = "/labgraph.v1.GraphService/Traverse";
constexpr char kReplay[] = "/labgraph.bench.EchoService/Replay";

// A node from which much can be reached.
uint32_t LargestHub(const Csr& csr) {
  uint32_t hub = 0;
  for (uint32_t node = 0; node < csr.nodes(); ++node) {
    if (csr.Of(node).size() > csr.Of(hub).size()) hub = node;
  }
  return hub;
}

// All that can be reached, ids only.
grpc::ByteBuffer AskForAll(uint32_t start) {
  v1::TraverseRequest request;
  request.add_start(NodeId(start));
  request.set_view(v1::ENTITY_VIEW_IDS);
  request.set_max_hits(limits::kHits.value);
  request.set_max_visited(limits::kVisited.value);
  request.add_steps()->set_max_hops(limits::kHops.value);
  return Encode(request);
}

// A stream, read over a channel of its own.
class Stream {
 public:
  Stream(const std::string& address, std::string method, grpc::ByteBuffer request)
      : channel_(NewChannel(address)),
        method_(std::move(method)),
        request_(std::move(request)) {}

  std::vector<grpc::ByteBuffer> Messages() const {
    std::vector<grpc::ByteBuffer> messages;
    Require(ReadStream(channel_, method_, request_, [&](const grpc::ByteBuffer& message) {
      messages.push_back(message);
    }));
    return messages;
  }
  // Ids in the stream, whose messages are those of Traverse.
  uint64_t CountIds() const {
    uint64_t ids = 0;
    Require(ReadStream(channel_, method_, request_,
                       [&](const grpc::ByteBuffer& message) { ids += IdsIn(message); }));
    return ids;
  }
  // Reads it without looking.
  void Skim() const {
    Require(ReadStream(channel_, method_, request_, [](const grpc::ByteBuffer&) {}));
  }

  static uint64_t IdsIn(const grpc::ByteBuffer& message) {
    v1::TraverseResponse response;
    if (!Decode(message, &response)) Require(absl::DataLossError("no TraverseResponse"));
    return static_cast<uint64_t>(response.hits_size());
  }

 private:
  const std::shared_ptr<grpc::Channel> channel_;
  const std::string method_;
  const grpc::ByteBuffer request_;
};

void KeepForReplay(const Bench& bench, const std::vector<grpc::ByteBuffer>& messages) {
  const auto stub = EchoService::NewStub(NewChannel(bench.echo));
  grpc::ClientContext context;
  Empty done;
  const auto writer = stub->Keep(&context, &done);
  Raw raw;
  for (const grpc::ByteBuffer& message : messages) {
    if (!Decode(message, &raw) || !writer->Write(raw)) break;
  }
  writer->WritesDone();
  if (!writer->Finish().ok()) Require(absl::UnavailableError("echo keeps nothing"));
}

}  // namespace

void MeasureStream(const Bench& bench, const Subject& subject, const Daemon& server) {
  if (!bench.options.Wants("6")) return;
  const uint32_t hub = LargestHub(subject.out);
  const Stream walk(server.address(), kTraverse, AskForAll(hub));
  const Stream replay(bench.echo, kReplay, Encode(Empty()));
  KeepForReplay(bench, walk.Messages());
  const uint64_t ids =
      HopSearch(subject.out).Count(hub, static_cast<uint32_t>(limits::kHops.value)).nodes;
  bench.report.Expect("ids streamed", ids, walk.CountIds());
  bench.report.Expect("ids replayed", ids, replay.CountIds());

  const auto skim = [ids](const Stream& stream) {
    return Contender{[&stream, ids] {
      stream.Skim();
      return ids;
    }};
  };
  const auto decode = [](const Stream& stream) {
    return Contender{[&stream] { return stream.CountIds(); }};
  };
  const Goal goal = Goal::AtLeast(0.6);
  bench.report.AddRatio(
      {"6", "Traverse, ids / the same bytes, not decoded", subject.name, "ids/s", goal},
      Contest(bench.options.effort, skim(replay), skim(walk)));
  bench.report.AddRatio({"6", "Traverse, ids / the same bytes, decoded by the caller",
                         subject.name, "ids/s", goal},
                        Contest(bench.options.effort, decode(replay), decode(walk)));
}

}  // namespace labgraph::bench
