#include <atomic>
#include <string>

#include "bench/files.h"
#include "bench/load.h"
#include "bench/rows/rows.h"
#include "labgraph/v1/editor_service.pb.h"

namespace labgraph::bench {
namespace {

constexpr char kCommit[] = "/labgraph.v1.EditorService/Commit";
constexpr int kWriters = 64;
// Commits of a pass, by each writer.
constexpr uint64_t kCommits = 200;
constexpr uint64_t kSmokeCommits = 2;

// The i-th statement, new in the store.
grpc::ByteBuffer CommitOf(uint64_t i, const EdgeList& graph) {
  const Edge edge = graph.edges[i % graph.edges.size()];
  v1::CommitRequest request;
  v1::Statement* statement = request.add_mutations()->mutable_put_statement();
  statement->set_id(absl::StrCat("c", i));
  statement->set_subject(NodeId(edge.from));
  statement->set_predicate("to");
  statement->set_object(NodeId(edge.to));
  statement->add_sources()->set_document(DocumentId(0));
  return Encode(request);
}

}  // namespace

void MeasureCommits(const Bench& bench) {
  if (!bench.options.Wants("9")) return;
  const Subject subject("commits", MakeRmat(10, 5000), bench.options.scratch);
  Load(bench, subject);
  const Daemon server = Serve(bench, subject.data);
  Caller commit(server.address(), kCommit,
                [&subject](uint64_t i) { return CommitOf(i, subject.graph); });
  const uint64_t commits = bench.options.smoke ? kSmokeCommits : kCommits;
  bench.report.AddRatio(
      {"9", "durable commits of 64 writers / of one", "", "commits/s", Goal::AtLeast(6)},
      Contest(bench.options.effort, {[&] { return commit.Run(commits, 1); }},
              {[&] { return commit.Run(commits * kWriters, kWriters); }}));
}

}  // namespace labgraph::bench
