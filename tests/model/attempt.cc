#include "tests/model/attempt.h"

#include <vector>

#include "absl/strings/match.h"
#include "server/graph/statement_draft.h"
#include "server/schema/edtf.h"

namespace labgraph::model {
namespace {

using google::protobuf::util::MessageDifferencer;

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

}  // namespace

v1::ErrorReason Attempt::MissingSource(const Sources& sources,
                                       const std::string& self) const {
  for (const v1::Source& source : sources) {
    if (source.document() == self || Exists(source.document())) continue;
    return MissingReason(source.document(), v1::ERROR_REASON_REFERENCE_NOT_FOUND);
  }
  return v1::ERROR_REASON_UNSPECIFIED;
}

Attempt::Result Attempt::PutEntity(const v1::Entity& given) {
  if (!Exists(given.id()) && state_.redirects.count(given.id()) > 0) {
    return Fail(v1::ERROR_REASON_ENTITY_MERGED);
  }
  const v1::ErrorReason missing = MissingSource(given.sources(), given.id());
  if (missing != v1::ERROR_REASON_UNSPECIFIED) return Fail(missing);
  if (Named(given.id())) return Fail(v1::ERROR_REASON_DUPLICATE_IN_COMMIT);
  v1::Entity entity = given;
  entity.set_visibility("public");
  return Write(state_.entities, entity);
}

v1::ErrorReason Attempt::Normalize(v1::Statement* statement, bool restoring) const {
  v1::Statement& s = *statement;
  const PredicateSpec& spec = SpecOf(s.predicate());
  const bool inverse = s.predicate() == spec.inverse;
  s.set_predicate(spec.name);
  if (inverse || (spec.symmetric && s.object() < s.subject())) {
    s.mutable_subject()->swap(*s.mutable_object());
  }
  if (s.rank() == v1::RANK_UNSPECIFIED) s.set_rank(v1::RANK_NORMAL);
  if (s.assertion() == v1::ASSERTION_UNSPECIFIED) s.set_assertion(v1::ASSERTION_ASSERTED);
  s.set_visibility("public");
  if (!schema::ComputeBounds(s.valid()).ok()) {
    return v1::ERROR_REASON_VALID_TIME_REVERSED;
  }
  for (const std::string* end : {&s.subject(), &s.object()}) {
    if ((end == &s.object() && !spec.relation) || Exists(*end)) continue;
    return MissingReason(*end, v1::ERROR_REASON_REFERENCE_NOT_FOUND);
  }
  const std::string derived = graph::DefaultStatementId(s, spec.name);
  if (s.id().empty()) s.set_id(derived);
  if (absl::StartsWith(s.id(), "s-") && s.id() != derived && !restoring &&
      state_.statements.count(s.id()) == 0) {
    return v1::ERROR_REASON_ID_MALFORMED;
  }
  return v1::ERROR_REASON_UNSPECIFIED;
}

v1::ErrorReason Attempt::Put(v1::Statement statement, bool restoring) {
  v1::ErrorReason reason = Normalize(&statement, restoring);
  if (reason == v1::ERROR_REASON_UNSPECIFIED) reason = BrokenRule(statement);
  if (reason == v1::ERROR_REASON_UNSPECIFIED) Write(state_.statements, statement);
  return reason;
}

Attempt::Result Attempt::PutStatement(const v1::Statement& given) {
  v1::Statement s = given;
  const v1::ErrorReason malformed = Normalize(&s);
  if (malformed != v1::ERROR_REASON_UNSPECIFIED) return Fail(malformed);
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
  const v1::ErrorReason missing = MissingSource(s.sources(), "");
  if (missing != v1::ERROR_REASON_UNSPECIFIED) return missing;
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
  } else if (mutation.has_delete_entity()) {
    result = Delete(mutation.delete_entity());
  } else if (mutation.has_merge_entities()) {
    result = Merge(mutation.merge_entities());
  } else {
    result = Unmerge(mutation.unmerge_entity().id());
  }
  if (!result.has_value()) *reason = reason_;
  return result;
}

}  // namespace labgraph::model
