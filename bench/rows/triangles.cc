#include <string>
#include <utility>

#include "bench/csr_search.h"
#include "bench/load.h"
#include "bench/require.h"
#include "bench/rows/rows.h"
#include "labgraph/v1/graph_service.pb.h"
#include "server/base/limits.h"

namespace labgraph::bench {
namespace {

// In the largest graph the roofline alone would take ten minutes.
constexpr size_t kMostStatements = 1'000'000;

constexpr char kMatchPattern[] = "/labgraph.v1.GraphService/MatchPattern";

// Ways to have a -> b, b -> c and a -> c.
v1::MatchPatternRequest TrianglePattern() {
  v1::MatchPatternRequest request;
  for (const char* name : {"a", "b", "c"}) request.add_variables()->set_name(name);
  for (const auto& [from, to] : {std::pair{"a", "b"}, {"b", "c"}, {"a", "c"}}) {
    v1::PatternEdge* edge = request.add_edges();
    edge->set_from(from);
    edge->set_to(to);
  }
  request.set_count_only(true);
  request.set_max_visited(limits::kVisited.value);
  return request;
}

// Counts them over the server; one call.
absl::StatusOr<uint64_t> Match(const std::shared_ptr<grpc::Channel>& channel) {
  v1::MatchPatternResponse last;
  const absl::Status status =
      ReadStream(channel, kMatchPattern, Encode(TrianglePattern()),
                 [&](const grpc::ByteBuffer& message) { Decode(message, &last); });
  if (!status.ok()) return status;
  return last.summary().rows();
}

}  // namespace

void MeasureTriangles(const Bench& bench, const Subject& subject, const Daemon& server) {
  if (!bench.options.Wants("5") || subject.graph.edges.size() > kMostStatements) return;
  const Topic topic = {"5", "triangles / sorted intersection over CSR", subject.name,
                       "triangles/s", Goal::AtLeast(0.5)};
  const auto channel = NewChannel(server.address());
  const absl::StatusOr<uint64_t> matches = Match(channel);
  if (!matches.ok()) {
    bench.report.AddMissing(topic, std::string(matches.status().message()));
    return;
  }
  bench.report.Expect("triangles", CountTriangles(subject.out), *matches);
  bench.report.AddRatio(
      topic, Contest(bench.options.effort, {[&] { return CountTriangles(subject.out); }},
                     {[&] { return Value(Match(channel)); }}));
}

}  // namespace labgraph::bench
