#include "server/query/statement_question.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"

namespace labgraph::query {
namespace {

absl::StatusOr<absl::optional<keys::EntityNumber>> ResolveOptional(
    const graph::View& view, const std::string& id, absl::string_view field) {
  if (id.empty()) return absl::optional<keys::EntityNumber>();
  ASSIGN_OR_RETURN(const keys::EntityNumber number,
                   view.records().ResolveEntity(id, field));
  return absl::optional<keys::EntityNumber>(number);
}

// Numbers of the symmetric predicates, ascending.
std::vector<schema::PredicateNumber> SymmetricOnes(const schema::Ontology& ontology) {
  std::vector<schema::PredicateNumber> numbers;
  for (const v1::Predicate& definition : ontology.definitions().predicates()) {
    if (!definition.symmetric()) continue;
    numbers.push_back(ontology.FindPredicate(definition.name()).predicate->number);
  }
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

}  // namespace

bool StatementQuestion::Fits(const StatementHeader& statement) const {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const auto& pattern) { return pattern.Matches(statement); });
}

bool StatementQuestion::HasSource(const v1::Statement& statement) const {
  if (!source.has_value()) return true;
  const auto asked_for = [this](const std::string& id) {
    return std::find(source_ids.begin(), source_ids.end(), id) != source_ids.end();
  };
  return std::any_of(statement.sources().begin(), statement.sources().end(),
                     [&](const v1::Source& candidate) {
                       return asked_for(candidate.document()) ||
                              asked_for(candidate.asserted_by());
                     });
}

absl::StatusOr<StatementQuestion> ResolveStatements(const graph::View& view,
                                                    const std::string& subject,
                                                    const std::string& object,
                                                    const Strings& predicates,
                                                    const std::string& source) {
  StatementQuestion question;
  StatementPattern any;
  ASSIGN_OR_RETURN(any.subject, ResolveOptional(view, subject, "subject"));
  ASSIGN_OR_RETURN(any.object, ResolveOptional(view, object, "object"));
  ASSIGN_OR_RETURN(question.source, ResolveOptional(view, source, "source"));
  if (question.source.has_value()) {
    ASSIGN_OR_RETURN(std::string id, view.EntityId(*question.source));
    question.source_ids = {std::move(id), source};
  }
  if (static_cast<uint64_t>(predicates.size()) > limits::kListItems.value) {
    return errors::LimitExceeded("predicates", limits::kListItems, predicates.size());
  }
  for (int i = 0; i < predicates.size(); ++i) {
    ASSIGN_OR_RETURN(const schema::PredicateRef ref,
                     view.ontology().ResolvePredicate(
                         predicates[i], absl::StrCat("predicates[", i, "]")));
    StatementPattern pattern = any;
    if (ref.inverse) std::swap(pattern.subject, pattern.object);
    pattern.predicate = ref.predicate->number;
    if (ref.predicate->definition.symmetric()) {
      pattern.symmetric = {ref.predicate->number};
    }
    question.patterns.push_back(pattern);
  }
  if (question.patterns.empty()) {
    if (any.subject.has_value() || any.object.has_value()) {
      any.symmetric = SymmetricOnes(view.ontology());
    }
    question.patterns.push_back(std::move(any));
  }
  return question;
}

}  // namespace labgraph::query
