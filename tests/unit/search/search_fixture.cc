#include "tests/unit/search/search_fixture.h"

#include "absl/strings/str_cat.h"
#include "google/protobuf/text_format.h"
#include "server/keys/keyspaces.h"
#include "server/kv/memory_store.h"
#include "server/search/searcher.h"
#include "tests/testing/status_matchers.h"

namespace labgraph::search {
namespace {

constexpr char kSchema[] = R"pb(
  kinds { name: "group" }
  kinds { name: "lab" parent: "group" }
  kinds { name: "crime" }
  kinds { name: "document" }
)pb";

template <typename Message>
Message Parse(absl::string_view text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(std::string(text), &message))
      << text;
  return message;
}

}  // namespace

SearchFixture::SearchFixture() : store_(kv::NewMemoryStore(keys::Names().size())) {
  absl::StatusOr<std::unique_ptr<graph::Graph>> graph =
      graph::Graph::Open(store_.get(), &index_, &clock_);
  EXPECT_OK(graph);
  graph_ = *std::move(graph);
  v1::ApplySchemaRequest request;
  *request.mutable_schema() = Parse<v1::Schema>(kSchema);
  EXPECT_OK(graph_->ApplySchema(request));
}

void SearchFixture::Commit(const v1::CommitRequest& request) {
  EXPECT_OK(graph_->Commit(request));
}

void SearchFixture::Put(absl::string_view id, absl::string_view entity) {
  v1::CommitRequest request;
  v1::Entity* put = request.add_mutations()->mutable_put_entity();
  *put = Parse<v1::Entity>(entity);
  put->set_id(std::string(id));
  Commit(request);
}

void SearchFixture::Delete(absl::string_view id) {
  v1::CommitRequest request;
  request.add_mutations()->mutable_delete_entity()->set_id(std::string(id));
  Commit(request);
}

std::unique_ptr<graph::View> SearchFixture::Read(const v1::ReadOptions& options) const {
  absl::StatusOr<std::unique_ptr<graph::View>> view =
      graph_->Read(options, graph::ReadFilter::Mode::kList);
  EXPECT_OK(view);
  return *std::move(view);
}

std::unique_ptr<graph::View> SearchFixture::ReadAsPublic() const {
  absl::StatusOr<graph::ReadFilter> filter =
      graph::ReadFilter::Make({}, graph::ReadFilter::Mode::kList,
                              schema::Authorizations(absl::flat_hash_set<std::string>()));
  EXPECT_OK(filter);
  const std::shared_ptr<const graph::Head> head = graph_->head();
  return std::make_unique<graph::View>(head, head->state.head, head->ontology, &facets_,
                                       *std::move(filter),
                                       std::vector<std::string>{"en"});
}

absl::StatusOr<v1::SearchEntitiesResponse> SearchFixture::Search(
    const v1::SearchEntitiesRequest& request) const {
  const std::unique_ptr<graph::View> view = Read(request.read());
  return search::Search(*view, request);
}

std::vector<std::string> SearchFixture::Find(absl::string_view query,
                                             absl::string_view options) const {
  const absl::StatusOr<v1::SearchEntitiesResponse> response =
      Search(Request(query, options));
  EXPECT_OK(response);
  std::vector<std::string> ids;
  if (!response.ok()) return ids;
  for (const v1::SearchResult& result : response->results()) {
    ids.push_back(result.entity().id());
  }
  return ids;
}

v1::SearchResult SearchFixture::Best(absl::string_view query,
                                     absl::string_view options) const {
  const absl::StatusOr<v1::SearchEntitiesResponse> response =
      Search(Request(query, options));
  EXPECT_OK(response);
  if (!response.ok() || response->results().empty()) return {};
  return response->results(0);
}

v1::SearchEntitiesRequest Request(absl::string_view query, absl::string_view options) {
  v1::SearchEntitiesRequest request = Parse<v1::SearchEntitiesRequest>(options);
  request.set_query(std::string(query));
  return request;
}

}  // namespace labgraph::search
