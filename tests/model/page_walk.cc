#include "tests/model/page_walk.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/query/list_entities.h"
#include "server/query/list_statements.h"
#include "server/rpc/paging.h"
#include "server/schema/edtf.h"
#include "tests/testing/status_matchers.h"

namespace labgraph::model {
namespace {

using ::testing::ElementsAreArray;
using Mode = graph::ReadFilter::Mode;

constexpr uint64_t kMostOnPage = 12;
constexpr const char* kKinds[] = {"doc", "node"};

const PredicateSpec& SpecOf(const v1::Statement& statement) {
  return *std::find_if(
      Predicates().begin(), Predicates().end(),
      [&](const PredicateSpec& spec) { return spec.name == statement.predicate(); });
}

bool Names(const v1::Statement& statement, const std::string& document) {
  return std::any_of(
      statement.sources().begin(), statement.sources().end(),
      [&](const v1::Source& source) { return source.document() == document; });
}

}  // namespace

PageWalk::PageWalk(const Model& model, Generator& generator)
    : model_(model), of_entities_(generator.Below(3) == 0) {
  ChooseEntities(generator);
  ChooseStatements(model.At(model.head()), generator);
}

void PageWalk::ChooseEntities(Generator& generator) {
  entities_.set_page_size(1 + generator.Below(kMostOnPage));
  if (generator.Below(2) == 0) entities_.add_kinds(kKinds[generator.Below(2)]);
}

void PageWalk::ChooseStatements(const State& state, Generator& generator) {
  const auto one_of_state = [&] {
    auto it = state.entities.begin();
    std::advance(it, generator.Below(state.entities.size()));
    return it->first;
  };
  statements_.set_page_size(1 + generator.Below(kMostOnPage));
  if (generator.Below(3) == 0) {
    statements_.add_predicates(Predicates()[generator.Below(Predicates().size())].name);
  }
  if (generator.Below(3) == 0) {
    statements_.mutable_read()->set_valid_at(generator.RandomDay());
    statements_.mutable_read()->set_certainty(
        static_cast<v1::Certainty>(generator.Below(v1::Certainty_ARRAYSIZE)));
  }
  if (state.entities.empty()) return;
  if (generator.Below(3) == 0) statements_.set_subject(one_of_state());
  if (generator.Below(3) == 0) statements_.set_object(one_of_state());
  if (generator.Below(4) == 0) statements_.set_source(one_of_state());
}

bool PageWalk::ReadPage(const graph::Graph& graph) {
  const bool more = of_entities_ ? ReadEntities(graph) : ReadStatements(graph);
  if (!more && !Forgotten()) Compare();
  return more;
}

bool PageWalk::Forgotten() const { return revision_ != 0 && revision_ < model_.oldest(); }

bool PageWalk::ReadEntities(const graph::Graph& graph) {
  v1::ListEntitiesResponse page;
  const absl::Status status =
      rpc::ServePage<v1::ListEntitiesRequest, v1::ListEntitiesResponse>(
          graph, Mode::kList, entities_, query::ListEntities, &page);
  return Take(status, page, page.entities(), &entities_);
}

bool PageWalk::ReadStatements(const graph::Graph& graph) {
  v1::ListStatementsResponse page;
  const absl::Status status =
      rpc::ServePage<v1::ListStatementsRequest, v1::ListStatementsResponse>(
          graph, Mode::kList, statements_, query::ListStatements, &page);
  return Take(status, page, page.statements(), &statements_);
}

template <typename Request, typename Response, typename Records>
bool PageWalk::Take(const absl::Status& status, const Response& response,
                    const Records& records, Request* request) {
  if (Forgotten()) {
    EXPECT_THAT(status, testing::FailsWith(v1::ERROR_REASON_REVISION_COMPACTED));
    return false;
  }
  EXPECT_OK(status) << request->DebugString();
  if (request->page_token().empty()) revision_ = response.revision();
  EXPECT_EQ(response.revision(), revision_);
  EXPECT_LE(records.size(), request->page_size());
  for (const auto& record : records) ids_.push_back(record.id());
  request->set_page_token(response.next_page_token());
  return !request->page_token().empty();
}

std::vector<std::string> PageWalk::ExpectedEntities(const State& state) const {
  std::vector<std::string> ids;
  for (const auto& [id, entity] : state.entities) {
    const bool listed = entities_.kinds().empty() ||
                        absl::StartsWith(id, absl::StrCat(entities_.kinds(0), "/"));
    if (listed) ids.push_back(id);
  }
  return ids;
}

std::vector<std::string> PageWalk::ExpectedStatements(const State& state) const {
  std::vector<std::string> ids;
  for (const auto& [id, statement] : state.statements) {
    if (Fits(*statement.record)) ids.push_back(id);
  }
  return ids;
}

bool PageWalk::Fits(const v1::Statement& s) const {
  const auto ends = [&](const std::string& subject, const std::string& object) {
    return (statements_.subject().empty() || statements_.subject() == subject) &&
           (statements_.object().empty() || statements_.object() == object);
  };
  const bool between = ends(s.subject(), s.object()) ||
                       (SpecOf(s).symmetric && ends(s.object(), s.subject()));
  if (!between) return false;
  if (!statements_.predicates().empty() && statements_.predicates(0) != s.predicate()) {
    return false;
  }
  if (!statements_.source().empty() && !Names(s, statements_.source())) return false;
  const v1::ReadOptions& read = statements_.read();
  if (read.valid_at().empty()) return true;
  const v1::Certainty held = schema::HeldOn(*schema::ComputeBounds(s.valid()),
                                            *schema::ParseDay(read.valid_at()));
  switch (read.certainty()) {
    case v1::CERTAINTY_CERTAIN:
    case v1::CERTAINTY_NO:
      return held == read.certainty();
    default:
      return held != v1::CERTAINTY_NO;
  }
}

void PageWalk::Compare() {
  const State& state = model_.At(revision_);
  if (of_entities_) {
    EXPECT_THAT(ids_, ElementsAreArray(ExpectedEntities(state)))
        << "at revision " << revision_ << ": " << entities_.DebugString();
    return;
  }
  // In an order of the list's own, none twice.
  std::sort(ids_.begin(), ids_.end());
  EXPECT_THAT(ids_, ElementsAreArray(ExpectedStatements(state)))
      << "at revision " << revision_ << ": " << statements_.DebugString();
}

}  // namespace labgraph::model
