#ifndef LABGRAPH_TESTS_UNIT_QUERY_TEST_GRAPH_H_
#define LABGRAPH_TESTS_UNIT_QUERY_TEST_GRAPH_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "labgraph/v1/editor_service.pb.h"
#include "labgraph/v1/read_options.pb.h"
#include "server/adjacency/cache.h"
#include "server/base/clock.h"
#include "server/graph/graph.h"
#include "server/kv/store.h"
#include "server/query/filter_finder.h"

namespace labgraph::query {

// A graph in memory under the schema of test_graph.cc: nodes and special ones (both
// things, a special is a node), people, and relations and properties of every sort.
// Failing to write is a failure of the test.
class TestGraph {
 public:
  TestGraph();

  // An entity as text-format fields, for example R"(id: "node/a" placeholder: true)".
  void Entity(absl::string_view fields);
  // Entities with nothing but an id.
  void Entities(const std::vector<std::string>& ids);
  // A statement as text-format fields.
  void Statement(absl::string_view fields);
  // A relation "node/<subject> <predicate> node/<object>" with its own statement id.
  void Relate(absl::string_view id, absl::string_view subject,
              absl::string_view predicate, absl::string_view object,
              absl::string_view more_fields = "");
  void Retract(absl::string_view id);
  // Writes what was put since the last Commit; gives the revision.
  uint64_t Commit();

  graph::Graph& graph() { return *graph_; }
  // What keeps the graph's structure in memory.
  adjacency::Cache& cache() const { return *cache_; }

  std::unique_ptr<graph::View> Read(
      const v1::ReadOptions& options = {},
      graph::ReadFilter::Mode mode = graph::ReadFilter::Mode::kWalk) const;

 private:
  v1::Mutation* Add() { return pending_.add_mutations(); }

  SystemClock clock_;
  const FilterFinder finder_;
  std::unique_ptr<kv::Store> store_;
  std::unique_ptr<adjacency::Cache> cache_;
  std::unique_ptr<graph::Graph> graph_;
  v1::CommitRequest pending_;
};

// Options that ask about a day.
v1::ReadOptions ValidAt(absl::string_view day,
                        v1::Certainty certainty = v1::CERTAINTY_UNSPECIFIED);

// Number and id of an entity that exists, number of a statement that exists.
keys::EntityNumber Number(const graph::View& view, absl::string_view id);
std::string Id(const graph::View& view, keys::EntityNumber number);
keys::StatementNumber StatementNumber(const graph::View& view, absl::string_view id);
std::string StatementId(const graph::View& view, keys::StatementNumber number);

}  // namespace labgraph::query

#endif  // LABGRAPH_TESTS_UNIT_QUERY_TEST_GRAPH_H_
