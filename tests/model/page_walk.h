#ifndef LABGRAPH_TESTS_MODEL_PAGE_WALK_H_
#define LABGRAPH_TESTS_MODEL_PAGE_WALK_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "labgraph/v1/graph_service.pb.h"
#include "server/graph/graph.h"
#include "tests/model/generator.h"
#include "tests/model/model.h"

namespace labgraph::model {

// A list that is read page by page, with commits and reopenings between its pages: all of
// them together are the list as it was at the first. Fails the test where they are not.
// Not thread-safe.
class PageWalk {
 public:
  // A random list of what the model has at its head. `model` must outlive this.
  PageWalk(const Model& model, Generator& generator);

  // Reads the next page. False after the last, when all is compared, and where what the
  // list is of has been forgotten. `graph` is the same from page to page, or one opened
  // on the same store.
  bool ReadPage(const graph::Graph& graph);

 private:
  void ChooseEntities(Generator& generator);
  void ChooseStatements(const State& state, Generator& generator);

  bool ReadEntities(const graph::Graph& graph);
  bool ReadStatements(const graph::Graph& graph);
  // Adds what a page has; false after the last page.
  template <typename Request, typename Response, typename Records>
  bool Take(const absl::Status& status, const Response& response, const Records& records,
            Request* request);

  std::vector<std::string> ExpectedEntities(const State& state) const;
  std::vector<std::string> ExpectedStatements(const State& state) const;
  bool Fits(const v1::Statement& statement) const;
  // Whether the revision of the first page cannot be read any more.
  bool Forgotten() const;
  // Compares when the last page was read.
  void Compare();

  const Model& model_;
  // The list is of one of both.
  const bool of_entities_;
  v1::ListEntitiesRequest entities_;
  v1::ListStatementsRequest statements_;
  uint64_t revision_ = 0;         // of the first page
  std::vector<std::string> ids_;  // of the pages until now
};

}  // namespace labgraph::model

#endif  // LABGRAPH_TESTS_MODEL_PAGE_WALK_H_
