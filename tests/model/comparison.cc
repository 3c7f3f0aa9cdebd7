#include "tests/model/comparison.h"

#include "absl/strings/str_cat.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "server/keys/keyspaces.h"
#include "server/keys/rows.h"
#include "server/schema/edtf.h"
#include "tests/model/generator.h"
#include "tests/testing/status_matchers.h"

namespace labgraph::model {
namespace {

using google::protobuf::util::MessageDifferencer;
using graph::ReadFilter;

template <typename Message>
void ExpectEqual(const Message& actual, const Message& expected) {
  std::string differences;
  MessageDifferencer differencer;
  differencer.ReportDifferencesToString(&differences);
  EXPECT_TRUE(differencer.Compare(expected, actual)) << expected.id() << "\n"
                                                     << differences;
}

}  // namespace

Comparison::Comparison(testing::TestGraph& graph, const State& state, uint64_t revision)
    : graph_(graph),
      state_(state),
      at_(absl::StrCat("revision: ", revision)),
      view_(graph.Read(at_)) {}

void Comparison::Entities() {
  for (const std::string& id : Generator::EntityIds()) {
    const v1::Entity entity = Read(id);
    ++reads_;
    const auto it = state_.entities.find(LeadsTo(id));
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

v1::Entity Comparison::Read(const std::string& id) {
  const auto number = view_->records().ResolveEntity(id, "id");
  if (!number.ok()) {
    EXPECT_EQ(ReasonOf(number.status()), v1::ERROR_REASON_ENTITY_NOT_FOUND) << id;
    return {};
  }
  const auto entity = view_->GetEntity(*number, v1::ENTITY_VIEW_NAMES);
  EXPECT_TRUE(entity.ok() && entity->has_value()) << id;
  return entity->value();
}

std::string Comparison::LeadsTo(std::string id) const {
  for (auto it = state_.redirects.find(id); it != state_.redirects.end();
       it = state_.redirects.find(id)) {
    id = it->second->into;
  }
  return id;
}

void Comparison::Statements() {
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

void Comparison::Neighbors() {
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

void Comparison::Sources() {
  for (const auto& [id, versioned] : state_.entities) {
    std::set<std::string> expected;
    for (const auto& [statement_id, statement] : state_.statements) {
      for (const v1::Source& source : statement.record->sources()) {
        if (source.document() == id) expected.insert(statement_id);
      }
    }
    ++reads_;
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

void Comparison::ValidAt(const std::string& day) {
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
      const bool in_time =
          wanted == v1::CERTAINTY_UNSPECIFIED ? held != v1::CERTAINTY_NO : held == wanted;
      const bool believed = s.rank() != v1::RANK_DEPRECATED &&
                            s.assertion() != v1::ASSERTION_QUESTION &&
                            s.assertion() != v1::ASSERTION_NEGATED;
      const auto statement_number = filtered->records().FindStatement(id);
      ASSERT_TRUE(statement_number.ok() && statement_number->has_value()) << id;
      const auto statement = filtered->GetStatement(**statement_number);
      ++reads_;
      ASSERT_OK(statement);
      EXPECT_EQ(statement->has_value(), in_time && believed) << id << " on " << day;
      if (!statement->has_value()) continue;
      EXPECT_EQ((*statement)->certainty(), held) << id;
    }
  }
}

void Comparison::CompareStatement(const v1::Statement& statement) {
  ++reads_;
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

keys::EntityNumber Comparison::NumberOf(const std::string& id) {
  const auto number = view_->records().ResolveEntity(id, "id");
  EXPECT_OK(number) << id;
  return number.value_or(0);
}

std::multiset<Comparison::Neighbor> Comparison::NeighborsOf(
    const std::string& id, graph::EdgeDirection direction) {
  ++reads_;
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

}  // namespace labgraph::model
