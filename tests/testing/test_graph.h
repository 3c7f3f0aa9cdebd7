#ifndef LABGRAPH_TESTS_TESTING_TEST_GRAPH_H_
#define LABGRAPH_TESTS_TESTING_TEST_GRAPH_H_

#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "labgraph/v1/editor_service.pb.h"
#include "server/graph/graph.h"
#include "server/graph/view.h"
#include "server/kv/store.h"
#include "tests/testing/fake_clock.h"

namespace labgraph::testing {

// A graph over a store of its own, spoken to in protobuf's text format. Requests that a
// test expects to pass fail the test when they do not.
class TestGraph {
 public:
  // Over an empty store in memory, or over `store`, with this schema where there is one.
  explicit TestGraph(absl::string_view schema = "",
                     const graph::EntityIndex* index = nullptr,
                     graph::WriteListener* listener = nullptr);
  TestGraph(std::unique_ptr<kv::Store> store, absl::string_view schema,
            const graph::EntityIndex* index = nullptr,
            graph::WriteListener* listener = nullptr);

  graph::Graph& graph() { return *graph_; }
  kv::Store& store() { return *store_; }
  FakeClock& clock() { return clock_; }
  uint64_t head() const { return graph_->head()->state.head; }

  // Opens the graph in the store anew.
  void Reopen();

  // A CommitRequest.
  absl::StatusOr<v1::CommitResponse> Commit(absl::string_view request);
  // One mutation, which passes; what became of it.
  v1::MutationResult Do(absl::string_view mutation);
  // One mutation; errors are at "mutations[0]...".
  absl::Status Try(absl::string_view mutation);
  // Entities without anything but their ids, in one revision.
  void PutEntities(std::initializer_list<absl::string_view> ids);

  // An ApplySchemaRequest.
  absl::StatusOr<v1::ApplySchemaResponse> ApplySchema(absl::string_view request);

  // At ReadOptions.
  std::unique_ptr<graph::View> Read(
      absl::string_view options = "",
      graph::ReadFilter::Mode mode = graph::ReadFilter::Mode::kList);
  // The statement with this id; one without id where there is none.
  v1::Statement Statement(absl::string_view id, absl::string_view options = "");
  v1::Entity Entity(absl::string_view id, absl::string_view options = "",
                    v1::EntityView view = v1::ENTITY_VIEW_NAMES);

  // What VerifyStore finds, each as "I3 statement/12: ...".
  std::vector<std::string> Verify();

 private:
  std::unique_ptr<kv::Store> store_;
  const graph::EntityIndex* index_;
  graph::WriteListener* listener_;
  FakeClock clock_;
  std::unique_ptr<graph::Graph> graph_;
};

}  // namespace labgraph::testing

#endif  // LABGRAPH_TESTS_TESTING_TEST_GRAPH_H_
