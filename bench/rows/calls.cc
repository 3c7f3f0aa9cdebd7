#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "bench/echo.pb.h"
#include "bench/load.h"
#include "bench/rows/rows.h"
#include "labgraph/v1/graph_service.pb.h"

namespace labgraph::bench {
namespace {

constexpr int kInFlight = 64;
constexpr size_t kNeighbors = 10;
// Requests that differ; enough that answers are not all from one corner of the store.
constexpr size_t kRequests = 100'000;
constexpr uint64_t kCallsOfPass = 10'000;
constexpr uint64_t kCallsOfSmokePass = 200;
// Share of the closed loop's rate at which latency is taken.
constexpr double kLoad = 0.5;
// At this rate nothing waits for anything.
constexpr double kLowRate = 1000;

constexpr char kGetEntity[] = "/labgraph.v1.GraphService/GetEntity";
constexpr char kListNeighbors[] = "/labgraph.v1.GraphService/ListNeighbors";
constexpr char kNothing[] = "/labgraph.bench.EchoService/Nothing";

// The requests in turn, over and over.
Caller::Requests InTurn(std::vector<grpc::ByteBuffer> requests) {
  return [all = std::make_shared<const std::vector<grpc::ByteBuffer>>(
              std::move(requests))](uint64_t i) { return (*all)[i % all->size()]; };
}

Caller::Requests Nothing() { return InTurn({Encode(Empty())}); }

Caller::Requests GetEntityOf(const std::vector<uint32_t>& nodes) {
  std::vector<grpc::ByteBuffer> requests;
  for (const uint32_t node : nodes) {
    v1::GetEntityRequest request;
    request.set_id(NodeId(node));
    requests.push_back(Encode(request));
  }
  return InTurn(std::move(requests));
}

Caller::Requests ListNeighborsOf(const std::vector<uint32_t>& nodes) {
  std::vector<grpc::ByteBuffer> requests;
  for (const uint32_t node : nodes) {
    v1::ListNeighborsRequest request;
    request.set_id(NodeId(node));
    request.set_direction(v1::DIRECTION_OUT);
    request.set_view(v1::ENTITY_VIEW_IDS);
    requests.push_back(Encode(request));
  }
  return InTurn(std::move(requests));
}

// What a call is answered with is what was asked for.
void CheckAnswers(const Bench& bench, const Subject& subject, const Daemon& server) {
  const uint32_t node = subject.Starts(1).front();
  v1::GetEntityResponse entity;
  Decode(Caller(server.address(), kGetEntity, GetEntityOf({node})).Call(), &entity);
  bench.report.Expect("GetEntity", NodeId(node), entity.entity().id());
  v1::ListNeighborsResponse list;
  Decode(Caller(server.address(), kListNeighbors, ListNeighborsOf({node})).Call(), &list);
  bench.report.Expect("ListNeighbors", subject.out.Of(node).size(),
                      list.groups_size() == 0 ? 0 : size_t{list.groups(0).count()});
}

Contender ClosedLoop(const Bench& bench, Caller& caller) {
  const uint64_t calls = bench.options.smoke ? kCallsOfSmokePass : kCallsOfPass;
  return {[&caller, calls] { return caller.Run(calls, kInFlight); }};
}

double Microseconds(const std::vector<absl::Duration>& latencies, double quantile) {
  return absl::ToDoubleMicroseconds(Quantile(latencies, quantile));
}

// The latencies of two callers at one rate, turn by turn.
struct Latencies {
  std::vector<std::vector<absl::Duration>> roofline;
  std::vector<std::vector<absl::Duration>> measured;

  Rates At(double quantile) const {
    Rates rates;
    for (const auto& one : roofline)
      rates.roofline.push_back(Microseconds(one, quantile));
    for (const auto& one : measured)
      rates.measured.push_back(Microseconds(one, quantile));
    return rates;
  }
};

Latencies MeasureLatencies(const Bench& bench, double rate, Caller& roofline,
                           Caller& measured) {
  const absl::Duration time = bench.options.smoke
                                  ? absl::Milliseconds(20)
                                  : absl::Seconds(4 * bench.options.effort.seconds);
  Latencies latencies;
  for (int i = 0; i < bench.options.effort.repetitions; ++i) {
    latencies.roofline.push_back(roofline.RunAtRate(rate, time));
    latencies.measured.push_back(measured.RunAtRate(rate, time));
  }
  return latencies;
}

double LowestRate(const Rates& rates) {
  return *std::min_element(rates.measured.begin(), rates.measured.end());
}

}  // namespace

void MeasureCalls(const Bench& bench, const Subject& subject, const Daemon& server) {
  if (!bench.options.Wants("1")) return;
  CheckAnswers(bench, subject, server);
  Caller nothing(bench.echo, kNothing, Nothing());
  Caller get(server.address(), kGetEntity, GetEntityOf(subject.Starts(kRequests)));
  const Rates gets =
      Contest(bench.options.effort, ClosedLoop(bench, nothing), ClosedLoop(bench, get));
  bench.report.AddRatio({"1", "GetEntity / empty call, 64 in flight", subject.name,
                         "calls/s", Goal::AtLeast(0.75)},
                        gets);
  const Topic neighbors = {"1", "ListNeighbors of 10, ids / empty call, 64 in flight",
                           subject.name, "calls/s", Goal::AtLeast(0.70)};
  const std::vector<uint32_t> nodes = subject.NodesOfDegree(kNeighbors);
  if (nodes.empty()) {
    bench.report.AddMissing(neighbors, "no node has 10 neighbours");
  } else {
    Caller list(server.address(), kListNeighbors, ListNeighborsOf(nodes));
    bench.report.AddRatio(neighbors,
                          Contest(bench.options.effort, ClosedLoop(bench, nothing),
                                  ClosedLoop(bench, list)));
  }
  const Latencies latencies =
      MeasureLatencies(bench, kLoad * LowestRate(gets), nothing, get);
  for (const auto& [name, quantile] :
       {std::pair{"p50", 0.5}, std::pair{"p99", 0.99}, std::pair{"p99.9", 0.999}}) {
    bench.report.AddRatio(
        {"1", absl::StrCat("GetEntity at half its rate, ", name), subject.name, "us", {}},
        latencies.At(quantile));
  }
}

void MeasureGrowth(const Bench& bench, const Subject& small, const Subject& large) {
  if (!bench.options.Wants("12")) return;
  const Daemon small_server = Serve(bench, small.data);
  const Daemon large_server = Serve(bench, large.data);
  Caller of_small(small_server.address(), kGetEntity,
                  GetEntityOf(small.Starts(kRequests)));
  Caller of_large(large_server.address(), kGetEntity,
                  GetEntityOf(large.Starts(kRequests)));
  const double rate = bench.options.smoke ? 10 * kLowRate : kLowRate;
  bench.report.AddRatio({"12", absl::StrCat("p50 of GetEntity / that at ", small.name),
                         large.name, "us", Goal::AtMost(1.3)},
                        MeasureLatencies(bench, rate, of_small, of_large).At(0.5));
}

}  // namespace labgraph::bench
