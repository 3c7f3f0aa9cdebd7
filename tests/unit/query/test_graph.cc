#include "tests/unit/query/test_graph.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "server/keys/keyspaces.h"
#include "server/kv/memory_store.h"
#include "tests/unit/schema/parse_proto.h"

namespace labgraph::query {
namespace {

constexpr char kSchema[] = R"(
  kinds { name: "thing" abstract: true }
  kinds { name: "node" parent: "thing" }
  kinds { name: "special" parent: "node" }
  kinds { name: "person" }
  predicates { name: "part_of" inverse: "has_part" }
  predicates { name: "leads_to" renamed_from: "goes_to" }
  predicates { name: "near" symmetric: true }
  predicates { name: "like" symmetric: true }
  predicates { name: "size" value_type: VALUE_TYPE_INTEGER }
  predicates { name: "weight" value_type: VALUE_TYPE_NUMBER }
  predicates { name: "open" value_type: VALUE_TYPE_BOOLEAN }
  predicates { name: "note" value_type: VALUE_TYPE_STRING }
  predicates { name: "status" value_type: VALUE_TYPE_STRING
               allowed_values: "active" allowed_values: "merged" }
  predicates { name: "motto" value_type: VALUE_TYPE_TEXT }
  predicates { name: "founded" value_type: VALUE_TYPE_DATE }
  predicates { name: "turnover" value_type: VALUE_TYPE_QUANTITY }
  predicates { name: "site" value_type: VALUE_TYPE_URL }
  predicates { name: "extra" value_type: VALUE_TYPE_JSON }
)";

constexpr size_t kCacheBytes = 64 << 20;

template <typename T>
T Value(absl::StatusOr<T> result, absl::string_view what) {
  EXPECT_TRUE(result.ok()) << what << ": " << result.status();
  return result.ok() ? *std::move(result) : T();
}

}  // namespace

TestGraph::TestGraph()
    : store_(kv::NewMemoryStore(keys::Names().size())),
      cache_(std::make_unique<adjacency::Cache>(kCacheBytes)) {
  graph_ =
      Value(graph::Graph::Open(store_.get(), nullptr, &clock_, cache_.get(), &finder_),
            "opening");
  v1::ApplySchemaRequest request;
  *request.mutable_schema() = schema::ParseText<v1::Schema>(kSchema);
  Value(graph_->ApplySchema(request), "schema");
}

void TestGraph::Entity(absl::string_view fields) {
  *Add()->mutable_put_entity() = schema::ParseText<v1::Entity>(fields);
}

void TestGraph::Entities(const std::vector<std::string>& ids) {
  for (const std::string& id : ids) Add()->mutable_put_entity()->set_id(id);
}

void TestGraph::Statement(absl::string_view fields) {
  *Add()->mutable_put_statement() = schema::ParseText<v1::Statement>(fields);
}

void TestGraph::Relate(absl::string_view id, absl::string_view subject,
                       absl::string_view predicate, absl::string_view object,
                       absl::string_view more_fields) {
  Statement(absl::StrCat("id: '", id, "' subject: 'node/", subject, "' predicate: '",
                         predicate, "' object: 'node/", object, "' ", more_fields));
}

void TestGraph::Retract(absl::string_view id) {
  Add()->mutable_retract_statement()->set_id(std::string(id));
}

uint64_t TestGraph::Commit() {
  const v1::CommitRequest request = std::exchange(pending_, {});
  return Value(graph_->Commit(request), "commit").revision();
}

std::unique_ptr<graph::View> TestGraph::Read(const v1::ReadOptions& options,
                                             graph::ReadFilter::Mode mode) const {
  return Value(graph_->Read(options, mode), "read");
}

v1::ReadOptions ValidAt(absl::string_view day, v1::Certainty certainty) {
  v1::ReadOptions options;
  options.set_valid_at(std::string(day));
  options.set_certainty(certainty);
  return options;
}

keys::EntityNumber Number(const graph::View& view, absl::string_view id) {
  return Value(view.records().ResolveEntity(id, "id"), id);
}

std::string Id(const graph::View& view, keys::EntityNumber number) {
  return Value(view.EntityId(number), "entity");
}

keys::StatementNumber StatementNumber(const graph::View& view, absl::string_view id) {
  return Value(view.records().FindStatement(id), id).value_or(0);
}

std::string StatementId(const graph::View& view, keys::StatementNumber number) {
  return Value(view.StatementId(number), "statement");
}

}  // namespace labgraph::query
