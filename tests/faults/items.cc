#include "tests/faults/items.h"

#include "absl/strings/str_cat.h"
#include "server/graph/verify.h"
#include "server/keys/keyspaces.h"
#include "server/kv/rocksdb_store.h"
#include "server/search/name_index.h"
#include "tests/testing/parse_proto.h"
#include "tests/testing/status_matchers.h"

namespace labgraph::faults {
namespace {

constexpr char kSchema[] = R"pb(
  schema {
    kinds { name: "item" }
    predicates { name: "link" domain: "item" range: "item" qualifiers: "mark" }
    qualifiers { name: "mark" value_type: VALUE_TYPE_STRING }
  })pb";

}  // namespace

void ApplySchema(client::Connection& connection) {
  ASSERT_OK_AND_ASSIGN(
      const v1::ApplySchemaResponse response,
      connection.ApplySchema(testing::ParseText<v1::ApplySchemaRequest>(kSchema)));
  EXPECT_EQ(response.revision(), kSchemaRevision);
}

v1::Entity Item(absl::string_view key, absl::string_view name) {
  return client::EntityBuilder(absl::StrCat("item/", key)).Name("en", name).Build();
}

v1::Statement Link(absl::string_view id, absl::string_view from, absl::string_view to,
                   absl::string_view mark) {
  return client::StatementBuilder(absl::StrCat("item/", from), "link")
      .To(absl::StrCat("item/", to))
      .Id(id)
      .Qualifier("mark", mark)
      .Build();
}

std::shared_ptr<client::Connection> ConnectOnce(const std::string& address) {
  client::ConnectOptions options;
  options.retry.max_attempts = 1;
  return client::Connect(address, options);
}

std::vector<std::string> VerifyDirectory(const std::string& directory) {
  kv::RocksDbOptions options;
  options.path = directory;
  const auto store = kv::OpenRocksDb(options, keys::Names());
  if (!store.ok()) return {store.status().ToString()};
  const search::NameIndex index;
  const auto findings = graph::VerifyStore(*(*store)->GetSnapshot(), &index);
  if (!findings.ok()) return {findings.status().ToString()};
  std::vector<std::string> texts;
  for (const graph::Finding& finding : *findings) {
    texts.push_back(
        absl::StrCat(finding.invariant, " ", finding.subject, ": ", finding.problem));
  }
  return texts;
}

}  // namespace labgraph::faults
