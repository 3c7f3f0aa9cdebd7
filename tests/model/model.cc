#include "tests/model/model.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "tests/model/attempt.h"

namespace labgraph::model {
namespace {

// Whether a statement has all that is asked for, either way round where its predicate is
// symmetric.
bool Matches(const v1::Statement& s, const v1::StatementMatch& match) {
  const PredicateSpec& spec = SpecOf(s.predicate());
  const bool inverse = !match.predicate().empty() && match.predicate() == spec.inverse;
  if (!match.predicate().empty() && match.predicate() != spec.name && !inverse) {
    return false;
  }
  const auto ends = [&](const std::string& subject, const std::string& object) {
    return (match.subject().empty() || match.subject() == subject) &&
           (match.object().empty() || match.object() == object);
  };
  const bool straight = !inverse && ends(s.subject(), s.object());
  const bool round = (inverse || spec.symmetric) && ends(s.object(), s.subject());
  return straight || round;
}

}  // namespace

const PredicateSpec& SpecOf(const std::string& name) {
  for (const PredicateSpec& spec : Predicates()) {
    if (name == spec.name || name == spec.inverse) return spec;
  }
  return Predicates().front();
}

const std::vector<PredicateSpec>& Predicates() {
  static const auto& specs = *new std::vector<PredicateSpec>{
      // name, inverse, relation, symmetric, functional, asymmetric, acyclic
      {"part_of", "has_part", true, false, false, false, true},
      {"works_with", "", true, true, false, false, false},
      {"partner_of", "", true, true, true, false, false},
      {"led_by", "leads", true, false, true, false, false},
      {"reports_to", "", true, false, false, true, false},
      {"cites", "cited_by", true, false, false, false, false},
      {"size", "", false, false, true, false, false},
      {"note", "", false, false, false, false, false},
  };
  return specs;
}

std::string SchemaText() {
  std::string text = "kinds { name: 'node' } kinds { name: 'doc' } ";
  for (const PredicateSpec& spec : Predicates()) {
    absl::StrAppend(&text, "predicates { name: '", spec.name, "' inverse: '",
                    spec.inverse, "' symmetric: ", spec.symmetric,
                    " functional: ", spec.functional, " asymmetric: ", spec.asymmetric,
                    " acyclic: ", spec.acyclic,
                    spec.relation ? "" : " value_type: VALUE_TYPE_INTEGER", " } ");
  }
  return text;
}

template <typename Record>
v1::ErrorReason Model::JudgeRecord(
    const v1::Precondition& precondition, const std::string& id,
    std::map<std::string, Versioned<Record>> State::*records) const {
  const auto& now = revisions_.back().*records;
  const auto found = now.find(id);
  bool holds = found != now.end();
  if (precondition.must() == v1::REQUIREMENT_ABSENT) holds = !holds;
  if (precondition.must() == v1::REQUIREMENT_UNCHANGED_SINCE) {
    const uint64_t since = precondition.revision();
    if (since > head()) return v1::ERROR_REASON_REVISION_IN_FUTURE;
    if (found != now.end()) {
      holds = found->second.revision <= since;
    } else {
      if (since < oldest_) return v1::ERROR_REASON_REVISION_COMPACTED;
      holds = true;
      for (uint64_t revision = since; revision < head(); ++revision) {
        if ((At(revision).*records).count(id) > 0) holds = false;
      }
    }
  }
  return holds ? v1::ERROR_REASON_UNSPECIFIED : v1::ERROR_REASON_PRECONDITION_FAILED;
}

v1::ErrorReason Model::Judge(const v1::Precondition& precondition) const {
  if (precondition.has_entity()) {
    return JudgeRecord(precondition, precondition.entity(), &State::entities);
  }
  if (precondition.has_statement()) {
    return JudgeRecord(precondition, precondition.statement(), &State::statements);
  }
  bool found = false;
  for (const auto& [id, versioned] : revisions_.back().statements) {
    if (Matches(*versioned.record, precondition.statements())) found = true;
  }
  const bool wanted = precondition.must() != v1::REQUIREMENT_ABSENT;
  return found == wanted ? v1::ERROR_REASON_UNSPECIFIED
                         : v1::ERROR_REASON_PRECONDITION_FAILED;
}

Expected Model::Commit(const v1::CommitRequest& request) {
  Expected expected;
  for (int i = 0; i < request.preconditions_size(); ++i) {
    expected.reason = Judge(request.preconditions(i));
    if (expected.reason == v1::ERROR_REASON_UNSPECIFIED) continue;
    expected.failed = absl::StrCat("preconditions[", i, "]");
    return expected;
  }
  Attempt attempt(revisions_.back(), head() + 1);
  for (const v1::Mutation& mutation : request.mutations()) {
    const absl::optional<v1::Outcome> outcome = attempt.Apply(mutation, &expected.reason);
    if (!outcome.has_value()) {
      expected.failed = absl::StrCat("mutations[", expected.outcomes.size(), "]");
      return expected;
    }
    expected.outcomes.push_back(*outcome);
  }
  if (attempt.changed()) revisions_.push_back(attempt.TakeState());
  return expected;
}

void Model::CompactHistory(uint64_t oldest) {
  for (uint64_t revision = oldest_; revision < oldest; ++revision) {
    revisions_[revision] = State();
  }
  oldest_ = std::max(oldest_, oldest);
}

}  // namespace labgraph::model
