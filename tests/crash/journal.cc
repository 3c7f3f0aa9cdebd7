#include "tests/crash/journal.h"

#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/types/span.h"
#include "gtest/gtest.h"
#include "server/base/status_macros.h"
#include "server/graph/verify.h"
#include "server/graph/view.h"
#include "tests/testing/parse_proto.h"
#include "tests/testing/status_matchers.h"

namespace labgraph::crash {
namespace {

constexpr char kSchema[] = R"pb(
  kinds { name: "node" }
  predicates { name: "near" domain: "node" range: "node" inverse: "near_to" }
  predicates { name: "size" domain: "node" value_type: VALUE_TYPE_INTEGER }
)pb";

const testing::FakeClock& Clock() {
  static const testing::FakeClock& clock = *new testing::FakeClock;
  return clock;
}

// "<prefix>_<thread>_<number>_<kind>_<entities>"
struct Name {
  explicit Name(const std::string& name) {
    const std::vector<std::string> parts = absl::StrSplit(name, '_');
    kind = parts[3];
    EXPECT_TRUE(absl::SimpleAtoi(parts[4], &entities)) << name;
  }
  std::string kind;
  int entities = 0;
};

std::string EntityId(const std::string& name, int i) {
  return absl::StrCat("node/", name, "_", i);
}

// Some KB that do not compress away.
std::string Description(const std::string& name, int i) {
  std::string text = EntityId(name, i);
  uint64_t x = std::hash<std::string>()(text);
  while (text.size() < 2000) {
    x = x * 6364136223846793005 + 1442695040888963407;
    text.push_back(static_cast<char>('a' + (x >> 40) % 26));
  }
  return text;
}

// A chain of entities, each near the one before.
template <typename Request>
Request Chain(const std::string& name, int entities, bool described) {
  Request request;
  request.set_message(name);
  for (int i = 0; i < entities; ++i) {
    v1::Entity* entity = request.add_mutations()->mutable_put_entity();
    entity->set_id(EntityId(name, i));
    (*entity->mutable_names())["en"] = absl::StrCat("node ", i, " of ", name);
    if (described) (*entity->mutable_descriptions())["en"] = Description(name, i);
    if (i == 0) continue;
    v1::Statement* near = request.add_mutations()->mutable_put_statement();
    near->set_id(absl::StrCat(name, "_", i));
    near->set_subject(EntityId(name, i));
    near->set_predicate("near");
    near->set_object(EntityId(name, i - 1));
  }
  return request;
}

absl::Status ChangeSchema(graph::Graph& graph, const std::string& name) {
  v1::ApplySchemaRequest request;
  request.set_message(name);
  *request.mutable_schema() = testing::ParseText<v1::Schema>(kSchema);
  request.mutable_schema()->add_predicates()->set_name(name);
  request.mutable_schema()->mutable_predicates(2)->set_value_type(v1::VALUE_TYPE_STRING);
  return graph.ApplySchema(request).status();
}

absl::Status Verify(const kv::Reader& reader) {
  ASSIGN_OR_RETURN(const std::vector<graph::Finding> findings,
                   graph::VerifyStore(reader, nullptr));
  for (const graph::Finding& finding : findings) {
    ADD_FAILURE() << finding.invariant << " " << finding.subject << ": "
                  << finding.problem;
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::unique_ptr<graph::Graph>> OpenGraph(kv::Store* store) {
  ASSIGN_OR_RETURN(std::unique_ptr<graph::Graph> graph,
                   graph::Graph::Open(store, nullptr, &Clock()));
  if (graph->head()->state.head > 0) return graph;
  v1::ApplySchemaRequest request;
  *request.mutable_schema() = testing::ParseText<v1::Schema>(kSchema);
  RETURN_IF_ERROR(graph->ApplySchema(request).status());
  return graph;
}

Journal& Journal::operator=(const Journal& other) {
  std::map<std::string, bool> writes;
  {
    absl::MutexLock lock(&other.mu_);
    writes = other.writes_;
  }
  absl::MutexLock lock(&mu_);
  writes_ = std::move(writes);
  return *this;
}

void Journal::Note(const std::string& name, bool acknowledged) {
  absl::MutexLock lock(&mu_);
  writes_[name] = acknowledged;
}

size_t Journal::acknowledged() const {
  absl::MutexLock lock(&mu_);
  size_t count = 0;
  for (const auto& [name, acknowledged] : writes_) count += acknowledged ? 1 : 0;
  return count;
}

absl::Status Journal::Write(graph::Graph& graph, const std::string& name) {
  Note(name, false);
  if (observer_) observer_(name, false);
  const Name parsed(name);
  absl::Status status;
  if (parsed.kind == "schema") {
    status = ChangeSchema(graph, name);
  } else if (parsed.kind == "import") {
    std::vector<v1::ImportRequest> parts = {
        Chain<v1::ImportRequest>(name, parsed.entities, true)};
    std::vector<v1::ImportResponse> answers;
    status = graph.Import(absl::MakeSpan(parts), &answers);
  } else {
    status =
        graph.Commit(Chain<v1::CommitRequest>(name, parsed.entities, false)).status();
  }
  RETURN_IF_ERROR(status);
  Note(name, true);
  if (observer_) observer_(name, true);
  return status;
}

absl::Status Journal::Run(graph::Graph& graph, const std::string& prefix,
                          const Mix& mix) {
  absl::Mutex mu;
  absl::Status first;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < mix.threads; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0; i < mix.writes; ++i) {
        const std::string start = absl::StrCat(prefix, "_", thread, "_", i, "_");
        std::string name = absl::StrCat(start, "commit_", 1 + (i + thread) % 5);
        if (i % 4 == thread) name = absl::StrCat(start, "import_", mix.import_entities);
        if (mix.schema_changes && thread == 0 && i % 5 == 3) name = start + "schema_0";
        const absl::Status status = Write(graph, name);
        if (status.ok()) continue;
        absl::MutexLock lock(&mu);
        first.Update(status);
        return;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  return first;
}

absl::Status Journal::CheckWrite(graph::View& view, const std::string& name,
                                 bool acknowledged) const {
  const Name parsed(name);
  if (parsed.kind == "schema") return absl::OkStatus();  // the next one replaces it
  int found = 0;
  for (int i = 0; i < parsed.entities; ++i) {
    ASSIGN_OR_RETURN(const auto number,
                     view.records().FindEntity(EntityId(name, i), "id"));
    if (!number.has_value()) continue;
    ++found;
    ASSIGN_OR_RETURN(const auto entity, view.GetEntity(*number, v1::ENTITY_VIEW_NAMES));
    EXPECT_TRUE(entity.has_value()) << EntityId(name, i);
    const bool described = entity.has_value() && entity->descriptions_size() > 0;
    EXPECT_EQ(described, parsed.kind == "import");
    if (described) {
      EXPECT_EQ(entity->descriptions().at("en"), Description(name, i));
    }
    if (i == 0) continue;
    ASSIGN_OR_RETURN(const auto statement,
                     view.records().FindStatement(absl::StrCat(name, "_", i)));
    EXPECT_TRUE(statement.has_value()) << name << " is torn";
  }
  EXPECT_TRUE(found == 0 || found == parsed.entities)
      << name << " is torn: " << found << " of " << parsed.entities;
  if (acknowledged) {
    EXPECT_EQ(found, parsed.entities) << name << " is lost";
  }
  return absl::OkStatus();
}

absl::Status Journal::Check(kv::Store& store) const {
  ASSIGN_OR_RETURN(const std::unique_ptr<graph::Graph> graph, OpenGraph(&store));
  ASSIGN_OR_RETURN(const std::unique_ptr<graph::View> view,
                   graph->Read({}, graph::ReadFilter::Mode::kList));
  absl::MutexLock lock(&mu_);
  for (const auto& [name, acknowledged] : writes_) {
    RETURN_IF_ERROR(CheckWrite(*view, name, acknowledged));
  }
  return Verify(*store.GetSnapshot());
}

}  // namespace labgraph::crash
