// The graph against a naive model: random commits, and then every way of reading compared
// at the newest and at earlier revisions.

#include "tests/model/model.h"

#include <filesystem>
#include <iostream>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "server/keys/keyspaces.h"
#include "server/keys/rows.h"
#include "server/kv/memory_store.h"
#include "server/kv/rocksdb_store.h"
#include "server/schema/edtf.h"
#include "tests/model/generator.h"
#include "tests/testing/random_seed.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_graph.h"

namespace labgraph::model {
namespace {

using google::protobuf::util::MessageDifferencer;
using graph::ReadFilter;
using ::testing::IsEmpty;
using testing::TestGraph;

// One row for each name and alias.
class NameRows final : public graph::EntityIndex {
 public:
  std::set<std::string> Keys(keys::EntityNumber number,
                             const v1::Entity& entity) const override {
    std::set<std::string> keys;
    for (const auto& [lang, name] : entity.names())
      keys.insert(keys::TextKey(name, number));
    for (const v1::Alias& alias : entity.aliases()) {
      keys.insert(keys::TextKey(alias.text(), number));
    }
    return keys;
  }
};

// A relation as one end sees it: predicate, the other end, statement.
using Neighbor = std::tuple<std::string, std::string, std::string>;

// Compares one revision of the graph with the model's.
class Comparison {
 public:
  Comparison(TestGraph& graph, const State& state, uint64_t revision)
      : graph_(graph),
        state_(state),
        at_(absl::StrCat("revision: ", revision)),
        view_(graph.Read(at_)) {}

  void Entities() {
    for (const std::string& id : Generator::EntityIds()) {
      const v1::Entity entity = graph_.Entity(id, at_);
      const auto it = state_.entities.find(id);
      if (it == state_.entities.end()) {
        EXPECT_EQ(entity.id(), "") << id;
        continue;
      }
      v1::Entity expected = *it->second.record;
      expected.set_created_revision(it->second.first);
      expected.set_updated_revision(it->second.revision);
      const auto name = expected.names().find("en");
      if (name != expected.names().end()) {
        expected.mutable_label()->set_lang("en");
        expected.mutable_label()->set_text(name->second);
      }
      ExpectEqual(entity, expected);
    }
  }

  // Every statement there is, found by way of the predicate index, and no other.
  void Statements() {
    std::set<std::string> found;
    for (const PredicateSpec& spec : Predicates()) {
      const auto predicate = view_->ontology().FindPredicate(spec.name).predicate;
      if (predicate == nullptr) continue;  // before the schema
      graph::RowScan scan = view_->records().rows().Scan(
          keys::kPredicateIndex, keys::PredicateIndexPrefix(predicate->number));
      for (; scan.Valid(); scan.Next()) {
        const auto statement = view_->GetStatement(keys::LastBe64(scan.key()));
        ASSERT_TRUE(statement.ok() && statement->has_value());
        EXPECT_EQ((*statement)->predicate(), spec.name);
        EXPECT_TRUE(found.insert((*statement)->id()).second);
        CompareStatement(**statement);
      }
      EXPECT_OK(scan.status());
    }
    EXPECT_EQ(found.size(), state_.statements.size());
  }

  void Neighbors() {
    for (const auto& [id, versioned] : state_.entities) {
      std::multiset<Neighbor> out;
      std::multiset<Neighbor> in;
      for (const auto& [statement_id, statement] : state_.statements) {
        const v1::Statement& s = *statement.record;
        if (!s.has_object()) continue;
        if (s.subject() == id) out.emplace(s.predicate(), s.object(), statement_id);
        if (s.object() == id) in.emplace(s.predicate(), s.subject(), statement_id);
      }
      EXPECT_EQ(NeighborsOf(id, graph::EdgeDirection::kOut), out) << id;
      EXPECT_EQ(NeighborsOf(id, graph::EdgeDirection::kIn), in) << id;
    }
  }

  void Sources() {
    for (const auto& [id, versioned] : state_.entities) {
      std::set<std::string> expected;
      for (const auto& [statement_id, statement] : state_.statements) {
        for (const v1::Source& source : statement.record->sources()) {
          if (source.document() == id) expected.insert(statement_id);
        }
      }
      std::set<std::string> found;
      const keys::EntityNumber number = NumberOf(id);
      graph::RowScan scan = view_->records().rows().Scan(
          keys::kSourceIndex, keys::SourceStatementPrefix(number));
      for (; scan.Valid(); scan.Next()) {
        found.insert(view_->StatementId(keys::LastBe64(scan.key())).value());
      }
      EXPECT_EQ(found, expected) << id;
    }
  }

  // Which statements a day leaves, and how certainly.
  void ValidAt(const std::string& day) {
    const schema::Day number = schema::ParseDay(day).value();
    for (const v1::Certainty wanted :
         {v1::CERTAINTY_UNSPECIFIED, v1::CERTAINTY_CERTAIN, v1::CERTAINTY_NO}) {
      const auto filtered =
          graph_.Read(absl::StrCat(at_, " valid_at: '", day, "' certainty: ", wanted),
                      ReadFilter::Mode::kWalk);
      for (const auto& [id, versioned] : state_.statements) {
        const v1::Statement& s = *versioned.record;
        const v1::Certainty held =
            schema::HeldOn(*schema::ComputeBounds(s.valid()), number);
        const bool in_time = wanted == v1::CERTAINTY_UNSPECIFIED
                                 ? held != v1::CERTAINTY_NO
                                 : held == wanted;
        const bool believed = s.rank() != v1::RANK_DEPRECATED &&
                              s.assertion() != v1::ASSERTION_QUESTION &&
                              s.assertion() != v1::ASSERTION_NEGATED;
        const auto statement_number = filtered->records().FindStatement(id);
        ASSERT_TRUE(statement_number.ok() && statement_number->has_value()) << id;
        const auto statement = filtered->GetStatement(**statement_number);
        ASSERT_OK(statement);
        EXPECT_EQ(statement->has_value(), in_time && believed) << id << " on " << day;
        if (statement->has_value()) EXPECT_EQ((*statement)->certainty(), held) << id;
      }
    }
  }

 private:
  template <typename Message>
  static void ExpectEqual(const Message& actual, const Message& expected) {
    std::string differences;
    MessageDifferencer differencer;
    differencer.ReportDifferencesToString(&differences);
    EXPECT_TRUE(differencer.Compare(expected, actual)) << expected.id() << "\n"
                                                       << differences;
  }

  void CompareStatement(const v1::Statement& statement) {
    const auto it = state_.statements.find(statement.id());
    ASSERT_NE(it, state_.statements.end()) << statement.ShortDebugString();
    v1::Statement expected = *it->second.record;
    expected.set_created_revision(it->second.first);
    expected.set_updated_revision(it->second.revision);
    if (expected.has_valid()) {
      schema::SetBoundFields(*schema::ComputeBounds(expected.valid()),
                             expected.mutable_valid());
    }
    ExpectEqual(statement, expected);
  }

  keys::EntityNumber NumberOf(const std::string& id) {
    const auto number = view_->records().ResolveEntity(id, "id");
    EXPECT_OK(number) << id;
    return number.value_or(0);
  }

  std::multiset<Neighbor> NeighborsOf(const std::string& id,
                                      graph::EdgeDirection direction) {
    std::multiset<Neighbor> neighbors;
    graph::EdgeScan scan = view_->records().Edges(direction, NumberOf(id));
    while (scan.NextRun()) {
      const schema::Predicate* predicate =
          view_->ontology().FindPredicate(scan.predicate());
      for (const keys::Edge& edge : scan.edges()) {
        neighbors.emplace(predicate->definition.name(),
                          view_->EntityId(edge.neighbor).value(),
                          view_->StatementId(edge.statement).value());
      }
    }
    EXPECT_OK(scan.status());
    return neighbors;
  }

  TestGraph& graph_;
  const State& state_;
  const std::string at_;
  const std::unique_ptr<graph::View> view_;
};

// A backend, and how much of the test's time it gets.
struct Backend {
  const char* name;
  int commits;
  int commits_between_reopening;
};

class ModelTest : public ::testing::TestWithParam<Backend> {
 protected:
  ModelTest()
      : seed_(testing::RandomSeed()),
        generator_(seed_),
        directory_(absl::StrCat(::testing::TempDir(), "/model-", seed_)) {
    Open();
  }
  ~ModelTest() override {
    graph_.reset();
    std::filesystem::remove_all(directory_);
  }

  std::unique_ptr<kv::Store> NewStore() {
    if (absl::string_view(GetParam().name) == "Memory") {
      return kv::NewMemoryStore(keys::Names().size());
    }
    kv::RocksDbOptions options;
    options.path = directory_;
    auto store = kv::OpenRocksDb(options, keys::Names());
    EXPECT_OK(store);
    return *std::move(store);
  }

  // Closes graph and store and opens both; the store in memory stays.
  void Open() {
    if (graph_ != nullptr && absl::string_view(GetParam().name) == "Memory") {
      return graph_->Reopen();
    }
    graph_.reset();
    graph_ = std::make_unique<TestGraph>(NewStore(),
                                         model_.head() > 1 ? "" : SchemaText(), &index_);
  }

  void Commit() {
    const v1::CommitRequest request = generator_.NextCommit(model_.At(model_.head()));
    const Expected expected = model_.Commit(request);
    const auto response = graph_->graph().Commit(request);
    if (expected.reason != v1::ERROR_REASON_UNSPECIFIED) {
      EXPECT_EQ(ReasonOf(response.status()), expected.reason) << response.status() << "\n"
                                                              << request.DebugString();
      EXPECT_THAT(FieldOf(response.status()), ::testing::StartsWith(absl::StrCat(
                                                  "mutations[", expected.failed, "]")));
      return;
    }
    ASSERT_OK(response) << request.DebugString();
    EXPECT_EQ(response->revision(), model_.head());
    for (size_t i = 0; i < expected.outcomes.size(); ++i) {
      EXPECT_EQ(response->results(static_cast<int>(i)).outcome(), expected.outcomes[i])
          << request.mutations(static_cast<int>(i)).DebugString();
    }
  }

  void Compare(uint64_t revision) {
    SCOPED_TRACE(absl::StrCat("revision ", revision, " of ", model_.head()));
    Comparison comparison(*graph_, model_.At(revision), revision);
    comparison.Entities();
    comparison.Statements();
    comparison.Neighbors();
    comparison.Sources();
    comparison.ValidAt(generator_.RandomDay());
  }

  const uint64_t seed_;
  Generator generator_;
  Model model_;
  NameRows index_;
  const std::string directory_;
  std::unique_ptr<TestGraph> graph_;
};

TEST_P(ModelTest, AgreesWithTheGraph) {
  constexpr int kCommitsBetweenComparisons = 40;
  SCOPED_TRACE(absl::StrCat("LABGRAPH_SEED=", seed_));
  RecordProperty("seed", absl::StrCat(seed_));
  std::cout << "LABGRAPH_SEED=" << seed_ << std::endl;
  for (int i = 1; i <= GetParam().commits; ++i) {
    Commit();
    if (i % GetParam().commits_between_reopening == 0) Open();
    if (i % kCommitsBetweenComparisons == 0) {
      Compare(model_.head());
      Compare(1 + generator_.Below(model_.head()));
    }
    if (HasFailure()) return;  // what follows would only repeat it
  }
  EXPECT_EQ(graph_->head(), model_.head());
  EXPECT_EQ(graph_->graph().head()->state.statements,
            model_.At(model_.head()).statements.size());
  EXPECT_THAT(graph_->Verify(), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Backends, ModelTest,
                         ::testing::Values(Backend{"Memory", 2000, 500},
                                           Backend{"RocksDb", 500, 100}),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace labgraph::model
