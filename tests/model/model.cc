#include "tests/model/model.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "google/protobuf/util/message_differencer.h"
#include "server/graph/statement_draft.h"
#include "server/schema/edtf.h"

namespace labgraph::model {
namespace {

using google::protobuf::util::MessageDifferencer;

const PredicateSpec& SpecOf(const std::string& name) {
  for (const PredicateSpec& spec : Predicates()) {
    if (name == spec.name || name == spec.inverse) return spec;
  }
  return Predicates().front();
}

bool IsClaimed(const v1::Statement& s) {
  return s.rank() != v1::RANK_DEPRECATED && s.assertion() != v1::ASSERTION_QUESTION &&
         s.assertion() != v1::ASSERTION_DISPUTED &&
         s.assertion() != v1::ASSERTION_NEGATED;
}

bool Clash(const v1::Statement& a, const v1::Statement& b) {
  const schema::Bounds bounds_a = *schema::ComputeBounds(a.valid());
  const schema::Bounds bounds_b = *schema::ComputeBounds(b.valid());
  const schema::Bounds undated;
  return schema::CertainlyOverlap(bounds_a, bounds_b) ||
         (bounds_a == undated && bounds_b == undated);
}

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

// One commit in the making.
class Attempt {
 public:
  Attempt(State state, uint64_t revision)
      : state_(std::move(state)), revision_(revision) {}

  // The outcome, or nullopt with the reason.
  absl::optional<v1::Outcome> Apply(const v1::Mutation& mutation,
                                    v1::ErrorReason* reason);

  State TakeState() { return std::move(state_); }
  bool changed() const { return changed_; }

 private:
  using Result = absl::optional<v1::Outcome>;

  Result Fail(v1::ErrorReason reason) {
    reason_ = reason;
    return absl::nullopt;
  }
  bool Named(const std::string& id) { return !named_.insert(id).second; }
  bool Exists(const std::string& id) const { return state_.entities.count(id) > 0; }

  template <typename Record>
  v1::Outcome Write(std::map<std::string, Versioned<Record>>& records,
                    const Record& record);

  Result PutEntity(const v1::Entity& given);
  Result PutStatement(const v1::Statement& given);
  Result Retract(const std::string& id);
  Result Delete(const v1::DeleteEntity& given);

  bool SourcesExist(const google::protobuf::RepeatedPtrField<v1::Source>& sources,
                    const std::string& self) const;
  v1::ErrorReason BrokenRule(const v1::Statement& s) const;
  bool BreaksFunctional(const PredicateSpec& spec, const v1::Statement& s) const;
  bool LeadsBack(const v1::Statement& s) const;
  bool ClosesCycle(const v1::Statement& s) const;

  State state_;
  const uint64_t revision_;
  bool changed_ = false;
  std::set<std::string> named_;
  v1::ErrorReason reason_ = v1::ERROR_REASON_UNSPECIFIED;
};

template <typename Record>
v1::Outcome Attempt::Write(std::map<std::string, Versioned<Record>>& records,
                           const Record& record) {
  Versioned<Record>& slot = records[record.id()];
  const bool is_new = slot.record == nullptr;
  if (!is_new && MessageDifferencer::Equals(*slot.record, record)) {
    return v1::OUTCOME_UNCHANGED;
  }
  slot.record = std::make_shared<Record>(record);
  slot.revision = revision_;
  if (is_new) slot.first = revision_;
  changed_ = true;
  return is_new ? v1::OUTCOME_CREATED : v1::OUTCOME_UPDATED;
}

bool Attempt::SourcesExist(const google::protobuf::RepeatedPtrField<v1::Source>& sources,
                           const std::string& self) const {
  for (const v1::Source& source : sources) {
    if (source.document() != self && !Exists(source.document())) return false;
  }
  return true;
}

Attempt::Result Attempt::PutEntity(const v1::Entity& given) {
  if (!SourcesExist(given.sources(), given.id())) {
    return Fail(v1::ERROR_REASON_REFERENCE_NOT_FOUND);
  }
  if (Named(given.id())) return Fail(v1::ERROR_REASON_DUPLICATE_IN_COMMIT);
  v1::Entity entity = given;
  entity.set_visibility("public");
  return Write(state_.entities, entity);
}

Attempt::Result Attempt::PutStatement(const v1::Statement& given) {
  v1::Statement s = given;
  const PredicateSpec& spec = SpecOf(given.predicate());
  const bool inverse = given.predicate() == spec.inverse;
  s.set_predicate(spec.name);
  if (inverse || (spec.symmetric && s.object() < s.subject())) {
    s.mutable_subject()->swap(*s.mutable_object());
  }
  if (s.rank() == v1::RANK_UNSPECIFIED) s.set_rank(v1::RANK_NORMAL);
  if (s.assertion() == v1::ASSERTION_UNSPECIFIED) s.set_assertion(v1::ASSERTION_ASSERTED);
  s.set_visibility("public");
  if (!schema::ComputeBounds(s.valid()).ok()) {
    return Fail(v1::ERROR_REASON_VALID_TIME_REVERSED);
  }
  if (!Exists(s.subject()) || (spec.relation && !Exists(s.object()))) {
    return Fail(v1::ERROR_REASON_REFERENCE_NOT_FOUND);
  }
  const std::string derived = graph::DefaultStatementId(s, spec.name);
  if (s.id().empty()) s.set_id(derived);
  if (absl::StartsWith(s.id(), "s-") && s.id() != derived &&
      state_.statements.count(s.id()) == 0) {
    return Fail(v1::ERROR_REASON_ID_MALFORMED);
  }
  if (Named(s.id())) return Fail(v1::ERROR_REASON_DUPLICATE_IN_COMMIT);
  const v1::ErrorReason broken = BrokenRule(s);
  if (broken != v1::ERROR_REASON_UNSPECIFIED) return Fail(broken);
  return Write(state_.statements, s);
}

v1::ErrorReason Attempt::BrokenRule(const v1::Statement& s) const {
  const PredicateSpec& spec = SpecOf(s.predicate());
  const auto before = state_.statements.find(s.id());
  if (before != state_.statements.end()) {
    const v1::Statement& old = *before->second.record;
    if (old.subject() != s.subject() || old.predicate() != s.predicate() ||
        old.object() != s.object() ||
        !MessageDifferencer::Equals(old.value(), s.value())) {
      return v1::ERROR_REASON_STATEMENT_ID_IN_USE;
    }
  }
  if (!SourcesExist(s.sources(), "")) return v1::ERROR_REASON_REFERENCE_NOT_FOUND;
  if (!IsClaimed(s)) return v1::ERROR_REASON_UNSPECIFIED;
  if (spec.functional && BreaksFunctional(spec, s))
    return v1::ERROR_REASON_FUNCTIONAL_CONFLICT;
  if ((spec.asymmetric || spec.acyclic) && s.subject() == s.object()) {
    return v1::ERROR_REASON_ASYMMETRY_VIOLATION;
  }
  if (spec.asymmetric && LeadsBack(s)) return v1::ERROR_REASON_ASYMMETRY_VIOLATION;
  if (spec.acyclic && ClosesCycle(s)) return v1::ERROR_REASON_CYCLE;
  return v1::ERROR_REASON_UNSPECIFIED;
}

bool Attempt::BreaksFunctional(const PredicateSpec& spec, const v1::Statement& s) const {
  for (const auto& [id, versioned] : state_.statements) {
    const v1::Statement& other = *versioned.record;
    if (id == s.id() || other.predicate() != s.predicate() || !IsClaimed(other)) continue;
    bool differs = false;
    if (!spec.relation) {
      differs = other.subject() == s.subject() &&
                !MessageDifferencer::Equals(other.value(), s.value());
    } else if (!spec.symmetric) {
      differs = other.subject() == s.subject() && other.object() != s.object();
    } else {
      // They share one end, and not the other.
      const bool shares = other.subject() == s.subject() ||
                          other.subject() == s.object() ||
                          other.object() == s.subject() || other.object() == s.object();
      const bool same = other.subject() == s.subject() && other.object() == s.object();
      differs = shares && !same;
    }
    if (differs && Clash(s, other)) return true;
  }
  return false;
}

bool Attempt::LeadsBack(const v1::Statement& s) const {
  for (const auto& [id, versioned] : state_.statements) {
    const v1::Statement& other = *versioned.record;
    if (id != s.id() && other.predicate() == s.predicate() && IsClaimed(other) &&
        other.subject() == s.object() && other.object() == s.subject()) {
      return true;
    }
  }
  return false;
}

bool Attempt::ClosesCycle(const v1::Statement& s) const {
  std::set<std::string> reached = {s.object()};
  for (size_t before = 0; before != reached.size();) {
    before = reached.size();
    for (const auto& [id, versioned] : state_.statements) {
      const v1::Statement& other = *versioned.record;
      if (other.predicate() == s.predicate() && IsClaimed(other) &&
          reached.count(other.subject()) > 0) {
        reached.insert(other.object());
      }
    }
  }
  return reached.count(s.subject()) > 0;
}

Attempt::Result Attempt::Retract(const std::string& id) {
  if (Named(id)) return Fail(v1::ERROR_REASON_DUPLICATE_IN_COMMIT);
  if (state_.statements.erase(id) == 0) return v1::OUTCOME_UNCHANGED;
  changed_ = true;
  return v1::OUTCOME_RETRACTED;
}

Attempt::Result Attempt::Delete(const v1::DeleteEntity& given) {
  const std::string& id = given.id();
  if (Named(id)) return Fail(v1::ERROR_REASON_DUPLICATE_IN_COMMIT);
  if (!Exists(id)) return v1::OUTCOME_UNCHANGED;
  const auto names = [&](const google::protobuf::RepeatedPtrField<v1::Source>& sources) {
    for (const v1::Source& source : sources) {
      if (source.document() == id) return true;
    }
    return false;
  };
  std::vector<std::string> statements;
  for (const auto& [statement_id, versioned] : state_.statements) {
    const v1::Statement& s = *versioned.record;
    if (s.subject() == id || s.object() == id || names(s.sources())) {
      statements.push_back(statement_id);
    }
  }
  std::vector<v1::Entity> entities;
  for (const auto& [entity_id, versioned] : state_.entities) {
    if (entity_id == id || !names(versioned.record->sources())) continue;
    v1::Entity without = *versioned.record;
    without.clear_sources();
    for (const v1::Source& source : versioned.record->sources()) {
      if (source.document() != id) *without.add_sources() = source;
    }
    entities.push_back(std::move(without));
  }
  if (!given.cascade() && !(statements.empty() && entities.empty())) {
    return Fail(v1::ERROR_REASON_ENTITY_IN_USE);
  }
  for (const std::string& statement_id : statements)
    state_.statements.erase(statement_id);
  for (const v1::Entity& entity : entities) Write(state_.entities, entity);
  state_.entities.erase(id);
  changed_ = true;
  return v1::OUTCOME_RETRACTED;
}

absl::optional<v1::Outcome> Attempt::Apply(const v1::Mutation& mutation,
                                           v1::ErrorReason* reason) {
  Result result;
  if (mutation.has_put_entity()) {
    result = PutEntity(mutation.put_entity());
  } else if (mutation.has_put_statement()) {
    result = PutStatement(mutation.put_statement());
  } else if (mutation.has_retract_statement()) {
    result = Retract(mutation.retract_statement().id());
  } else {
    result = Delete(mutation.delete_entity());
  }
  if (!result.has_value()) *reason = reason_;
  return result;
}

}  // namespace

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
