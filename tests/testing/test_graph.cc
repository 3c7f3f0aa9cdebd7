#include "tests/testing/test_graph.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "server/graph/verify.h"
#include "server/keys/keyspaces.h"
#include "server/kv/memory_store.h"
#include "tests/testing/parse_proto.h"
#include "tests/testing/status_matchers.h"

namespace labgraph::testing {
namespace {

std::unique_ptr<kv::Store> NewStore() { return kv::NewMemoryStore(keys::Names().size()); }

}  // namespace

TestGraph::TestGraph(absl::string_view schema, const graph::EntityIndex* index,
                     graph::WriteListener* listener)
    : TestGraph(NewStore(), schema, index, listener) {}

TestGraph::TestGraph(std::unique_ptr<kv::Store> store, absl::string_view schema,
                     const graph::EntityIndex* index, graph::WriteListener* listener)
    : store_(std::move(store)), index_(index), listener_(listener) {
  Reopen();
  if (schema.empty()) return;
  v1::ApplySchemaRequest request;
  *request.mutable_schema() = ParseText<v1::Schema>(schema);
  EXPECT_OK(graph_->ApplySchema(request));
}

void TestGraph::Reopen() {
  graph_.reset();
  absl::StatusOr<std::unique_ptr<graph::Graph>> graph =
      graph::Graph::Open(store_.get(), index_, &clock_, listener_);
  EXPECT_OK(graph);
  graph_ = *std::move(graph);
}

absl::StatusOr<v1::CommitResponse> TestGraph::Commit(absl::string_view request) {
  return graph_->Commit(ParseText<v1::CommitRequest>(request));
}

v1::MutationResult TestGraph::Do(absl::string_view mutation) {
  v1::CommitRequest request;
  *request.add_mutations() = ParseText<v1::Mutation>(mutation);
  const absl::StatusOr<v1::CommitResponse> response = graph_->Commit(request);
  EXPECT_OK(response) << mutation;
  return response.ok() ? response->results(0) : v1::MutationResult();
}

absl::Status TestGraph::Try(absl::string_view mutation) {
  v1::CommitRequest request;
  *request.add_mutations() = ParseText<v1::Mutation>(mutation);
  return graph_->Commit(request).status();
}

void TestGraph::PutEntities(std::initializer_list<absl::string_view> ids) {
  v1::CommitRequest request;
  for (const absl::string_view id : ids) {
    request.add_mutations()->mutable_put_entity()->set_id(std::string(id));
  }
  EXPECT_OK(graph_->Commit(request));
}

absl::StatusOr<v1::ApplySchemaResponse> TestGraph::ApplySchema(
    absl::string_view request) {
  return graph_->ApplySchema(ParseText<v1::ApplySchemaRequest>(request));
}

std::unique_ptr<graph::View> TestGraph::Read(absl::string_view options,
                                             graph::ReadFilter::Mode mode) {
  absl::StatusOr<std::unique_ptr<graph::View>> view =
      graph_->Read(ParseText<v1::ReadOptions>(options), mode);
  EXPECT_OK(view) << options;
  return *std::move(view);
}

v1::Statement TestGraph::Statement(absl::string_view id, absl::string_view options) {
  const std::unique_ptr<graph::View> view = Read(options);
  const auto number = view->records().FindStatement(id);
  EXPECT_OK(number);
  if (!number->has_value()) return v1::Statement();
  auto statement = view->GetStatement(**number);
  EXPECT_OK(statement);
  return statement->has_value() ? **std::move(statement) : v1::Statement();
}

v1::Entity TestGraph::Entity(absl::string_view id, absl::string_view options,
                             v1::EntityView entity_view) {
  const std::unique_ptr<graph::View> view = Read(options);
  const auto number = view->records().FindEntity(id, "id");
  EXPECT_OK(number);
  if (!number->has_value()) return v1::Entity();
  auto entity = view->GetEntity(**number, entity_view);
  EXPECT_OK(entity);
  return entity->has_value() ? **std::move(entity) : v1::Entity();
}

std::vector<std::string> TestGraph::Verify() {
  const auto findings = graph::VerifyStore(*store_->GetSnapshot(), index_);
  EXPECT_OK(findings);
  std::vector<std::string> texts;
  for (const graph::Finding& finding : *findings) {
    texts.push_back(
        absl::StrCat(finding.invariant, " ", finding.subject, ": ", finding.problem));
  }
  return texts;
}

}  // namespace labgraph::testing
