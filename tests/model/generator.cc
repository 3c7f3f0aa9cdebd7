#include "tests/model/generator.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/str_cat.h"

namespace labgraph::model {
namespace {

constexpr int kNodes = 14;
constexpr int kDocuments = 4;
constexpr int kOwnIds = 12;

}  // namespace

std::vector<std::string> Generator::EntityIds() {
  std::vector<std::string> ids;
  for (int i = 0; i < kNodes; ++i) ids.push_back(absl::StrCat("node/n", i));
  for (int i = 0; i < kDocuments; ++i) ids.push_back(absl::StrCat("doc/d", i));
  return ids;
}

std::string Generator::RandomEntity() {
  return OneIn(6) ? RandomDocument() : absl::StrCat("node/n", Below(kNodes));
}

std::string Generator::RandomDocument() {
  return absl::StrCat("doc/d", Below(kDocuments));
}

std::string Generator::RandomStatementId(const State& state) {
  if (state.statements.empty() || OneIn(5)) return absl::StrCat("x", Below(kOwnIds));
  auto it = state.statements.begin();
  std::advance(it, Below(state.statements.size()));
  return it->first;
}

std::string Generator::RandomMerged(const State& state) {
  if (state.redirects.empty() || OneIn(10)) return RandomEntity();
  auto it = state.redirects.begin();
  std::advance(it, Below(state.redirects.size()));
  return it->first;
}

std::string Generator::RandomDay() {
  return absl::StrCat(2018 + Below(8), "-0", 1 + Below(9), "-1", Below(10));
}

v1::Entity Generator::RandomEntityRecord() {
  v1::Entity entity;
  entity.set_id(RandomEntity());
  if (OneIn(2)) (*entity.mutable_names())["en"] = absl::StrCat("name ", Below(4));
  if (OneIn(4)) entity.add_aliases()->set_text(absl::StrCat("alias ", Below(3)));
  entity.set_placeholder(OneIn(4));
  if (OneIn(3)) entity.add_sources()->set_document(RandomDocument());
  return entity;
}

void Generator::AddValidTime(v1::Statement* statement) {
  static constexpr const char* kStarts[] = {"",     "2018", "2019-06", "2020?",
                                            "202X", "..",   "2021~",   "[2019..2020]"};
  static constexpr const char* kEnds[] = {"",   "2019",  "2021-03",
                                          "..", "2022%", "2020-01-15"};
  v1::ValidTime valid;
  valid.set_start(kStarts[Below(std::size(kStarts))]);
  valid.set_end(kEnds[Below(std::size(kEnds))]);
  if (valid.ByteSizeLong() > 0) *statement->mutable_valid() = valid;
}

v1::Statement Generator::RandomStatement(const State& state) {
  v1::Statement statement;
  if (OneIn(4) && !state.statements.empty()) {
    // Another version of one there is.
    auto it = state.statements.begin();
    std::advance(it, Below(state.statements.size()));
    statement = *it->second.record;
    statement.clear_valid();
  } else {
    const std::vector<PredicateSpec>& specs = Predicates();
    const PredicateSpec& spec = specs[Below(specs.size())];
    statement.set_subject(RandomEntity());
    const bool inverse = spec.inverse[0] != '\0' && OneIn(3);
    statement.set_predicate(inverse ? spec.inverse : spec.name);
    if (spec.relation) {
      statement.set_object(RandomEntity());
    } else {
      statement.mutable_value()->set_number_value(static_cast<double>(Below(4)));
    }
    if (OneIn(6)) statement.set_id(absl::StrCat("x", Below(kOwnIds)));
  }
  if (!OneIn(3)) AddValidTime(&statement);
  if (OneIn(4)) statement.set_rank(static_cast<v1::Rank>(Below(4)));
  if (OneIn(4)) statement.set_assertion(static_cast<v1::Assertion>(Below(9)));
  if (OneIn(3)) {
    v1::Source* source = statement.add_sources();
    source->set_document(RandomDocument());
    source->set_locator(absl::StrCat("p", Below(3)));
  }
  return statement;
}

v1::Precondition Generator::RandomPrecondition(const State& state, uint64_t head) {
  v1::Precondition precondition;
  const uint64_t dice = Below(3);
  if (dice == 0) precondition.set_entity(RandomEntity());
  if (dice == 1) precondition.set_statement(RandomStatementId(state));
  if (dice == 2) {
    v1::StatementMatch* match = precondition.mutable_statements();
    const PredicateSpec& spec = Predicates()[Below(Predicates().size())];
    const bool inverse = spec.inverse[0] != '\0' && OneIn(3);
    if (!OneIn(3)) match->set_predicate(inverse ? spec.inverse : spec.name);
    if (!OneIn(3)) match->set_subject(RandomEntity());
    if (match->subject().empty() || OneIn(2)) match->set_object(RandomEntity());
    precondition.set_must(static_cast<v1::Requirement>(Below(3)));
    return precondition;
  }
  precondition.set_must(static_cast<v1::Requirement>(Below(v1::Requirement_ARRAYSIZE)));
  if (precondition.must() != v1::REQUIREMENT_UNCHANGED_SINCE) return precondition;
  // Mostly of late.
  const uint64_t back = Below(OneIn(3) ? head + 1 : std::min<uint64_t>(head + 1, 20));
  precondition.set_revision(OneIn(30) ? head + 1 : head - back);
  return precondition;
}

v1::CommitRequest Generator::NextCommit(const State& state, uint64_t head) {
  v1::CommitRequest request;
  if (OneIn(8)) *request.add_preconditions() = RandomPrecondition(state, head);
  for (uint64_t n = 1 + Below(4); n > 0; --n) {
    v1::Mutation* mutation = request.add_mutations();
    const uint64_t dice = Below(100);
    if (dice < 25) {
      *mutation->mutable_put_entity() = RandomEntityRecord();
    } else if (dice < 85) {
      *mutation->mutable_put_statement() = RandomStatement(state);
    } else if (dice < 95) {
      mutation->mutable_retract_statement()->set_id(RandomStatementId(state));
    } else if (dice < 98) {
      mutation->mutable_delete_entity()->set_id(RandomEntity());
      mutation->mutable_delete_entity()->set_cascade(OneIn(2));
    } else if (OneIn(2)) {
      mutation->mutable_merge_entities()->set_from(RandomEntity());
      mutation->mutable_merge_entities()->set_into(RandomEntity());
    } else {
      mutation->mutable_unmerge_entity()->set_id(RandomMerged(state));
    }
  }
  return request;
}

}  // namespace labgraph::model
