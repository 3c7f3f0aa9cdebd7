#ifndef LABGRAPH_TESTS_UNIT_SEARCH_SEARCH_FIXTURE_H_
#define LABGRAPH_TESTS_UNIT_SEARCH_SEARCH_FIXTURE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "gtest/gtest.h"
#include "labgraph/v1/editor_service.pb.h"
#include "labgraph/v1/graph_service.pb.h"
#include "server/base/clock.h"
#include "server/graph/graph.h"
#include "server/kv/store.h"
#include "server/search/name_index.h"

namespace labgraph::search {

// A graph in memory with an index of names and the kinds "lab" (under "group"), "group",
// "crime" and "document".
class SearchFixture : public ::testing::Test {
 protected:
  SearchFixture();

  // Each is one revision. Entities are in text format without the id.
  void Put(absl::string_view id, absl::string_view entity);
  void Delete(absl::string_view id);
  void Commit(const v1::CommitRequest& request);

  std::unique_ptr<graph::View> Read(const v1::ReadOptions& options = {}) const;
  // The newest revision as someone sees it who holds "public" alone.
  std::unique_ptr<graph::View> ReadAsPublic() const;

  // At the newest revision unless the request says otherwise.
  absl::StatusOr<v1::SearchEntitiesResponse> Search(
      const v1::SearchEntitiesRequest& request) const;
  // Ids found, best first.
  std::vector<std::string> Find(absl::string_view query,
                                absl::string_view options = "") const;
  // The best result; an empty one where there is none.
  v1::SearchResult Best(absl::string_view query, absl::string_view options = "") const;

 private:
  SystemClock clock_;
  NameIndex index_;
  std::unique_ptr<kv::Store> store_;
  std::unique_ptr<graph::Graph> graph_;
  graph::FacetTable facets_;
};

// `options` in text format, for example "limit: 3", and the query.
v1::SearchEntitiesRequest Request(absl::string_view query,
                                  absl::string_view options = "");

}  // namespace labgraph::search

#endif  // LABGRAPH_TESTS_UNIT_SEARCH_SEARCH_FIXTURE_H_
