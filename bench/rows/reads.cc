#include <vector>

#include "absl/strings/match.h"
#include "bench/require.h"
#include "bench/rows/rows.h"
#include "server/keys/keys.h"
#include "server/keys/keyspaces.h"

namespace labgraph::bench {
namespace {

constexpr size_t kReads = 1000;
constexpr size_t kNeighbors = 10;

Contender ForEach(const std::vector<uint32_t>& nodes, std::function<void(size_t)> read) {
  return {[&nodes, read = std::move(read)] {
    for (size_t i = 0; i < nodes.size(); ++i) read(i);
    return uint64_t{nodes.size()};
  }};
}

std::vector<keys::EntityNumber> NumbersOf(const std::vector<uint32_t>& nodes,
                                          Engine& engine) {
  std::vector<keys::EntityNumber> numbers;
  for (const uint32_t node : nodes) numbers.push_back(engine.NumberOf(node));
  return numbers;
}

// Reads every row that begins with `prefix`.
size_t Scan(const kv::Reader& reader, kv::Keyspace keyspace, const std::string& prefix) {
  size_t bytes = 0;
  const auto cursor = reader.NewCursor(keyspace);
  for (cursor->Seek(prefix); cursor->Valid() && absl::StartsWith(cursor->key(), prefix);
       cursor->Next()) {
    bytes += cursor->value().size();
  }
  return bytes;
}

}  // namespace

void MeasureReads(const Bench& bench, const Subject& subject, Engine& engine) {
  const auto snapshot = engine.store().GetSnapshot();
  if (bench.options.Wants("13")) {
    const std::vector<uint32_t> nodes = subject.Starts(kReads);
    const std::vector<keys::EntityNumber> numbers = NumbersOf(nodes, engine);
    bench.report.AddRatio(
        {"13",
         "GetEntity in the engine / one get of the store",
         subject.name,
         "reads/s",
         {}},
        Contest(
            bench.options.effort,
            ForEach(
                nodes,
                [&](size_t i) {
                  Require(
                      snapshot->Get(keys::kEntity, keys::EntityKey(numbers[i])).status());
                }),
            ForEach(nodes, [&](size_t i) { engine.GetEntity(nodes[i]); })));
  }
  std::vector<uint32_t> nodes = subject.NodesOfDegree(kNeighbors);
  if (!bench.options.Wants("14") || nodes.empty()) return;
  nodes.resize(std::min(nodes.size(), kReads));
  const std::vector<keys::EntityNumber> numbers = NumbersOf(nodes, engine);
  bench.report.Expect("neighbours in the engine", kNeighbors,
                      engine.ListNeighbors(nodes.front()));
  bench.report.AddRatio(
      {"14",
       "ListNeighbors of 10 in the engine / one prefix scan",
       subject.name,
       "reads/s",
       {}},
      Contest(bench.options.effort,
              ForEach(nodes,
                      [&](size_t i) {
                        Scan(*snapshot, keys::kOut, keys::EdgePrefix(numbers[i]));
                      }),
              ForEach(nodes, [&](size_t i) { engine.ListNeighbors(nodes[i]); })));
}

}  // namespace labgraph::bench
