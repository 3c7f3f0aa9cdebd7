#include "server/graph/statement_rules.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "server/base/deterministic.h"
#include "server/base/error.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"
#include "server/graph/record_checks.h"
#include "server/keys/keyspaces.h"
#include "server/schema/checks.h"

namespace labgraph::graph {
namespace {

// Whether a fact is claimed to hold, so that it can clash with another. What is
// deprecated, asked, disputed or denied is kept beside what contradicts it.
bool IsClaimed(const Facet& facet) {
  return facet.rank != v1::RANK_DEPRECATED && facet.assertion != v1::ASSERTION_QUESTION &&
         facet.assertion != v1::ASSERTION_DISPUTED &&
         facet.assertion != v1::ASSERTION_NEGATED;
}

// Id of a statement for an error.
std::string IdOf(keys::StatementNumber number, const Draft& draft) {
  const auto record = draft.records().ReadStatement(number);
  return record.ok() && record->has_value() ? (*record)->statement.id() : "";
}

// Id of an entity for an error.
std::string EntityIdOf(keys::EntityNumber number, const Draft& draft) {
  const auto record = draft.records().ReadEntity(number);
  return record.ok() && record->has_value() ? (*record)->entity.id() : "";
}

bool IsItself(const StatementDraft& statement, keys::StatementNumber other) {
  return statement.before.has_value() && statement.before->number == other;
}

std::string Allowed(const google::protobuf::RepeatedPtrField<std::string>& names) {
  return absl::StrJoin(names, " or ");
}

absl::Status CheckIdentity(const StatementDraft& s, const Draft&) {
  if (!s.before.has_value()) return absl::OkStatus();
  const bool same = s.before->subject == s.subject &&
                    s.before->predicate == s.predicate->number &&
                    s.before->object == s.object &&
                    DeterministicBytes(s.before->statement.value()) ==
                        DeterministicBytes(s.statement.value());
  return same ? absl::OkStatus() : errors::StatementIdInUse("id", s.statement.id());
}

absl::Status CheckNotDeprecated(const StatementDraft& s, const Draft& draft) {
  if (!s.predicate->definition.deprecated() || s.before.has_value() ||
      draft.restoring()) {
    return absl::OkStatus();
  }
  return errors::Deprecated("predicate", s.predicate->definition.name());
}

absl::Status CheckDomain(const StatementDraft& s, const Draft& draft) {
  if (draft.ontology().InDomain(*s.predicate, s.subject_kind)) return absl::OkStatus();
  return errors::DomainViolation(
      s.subject_field, s.predicate->definition.name(),
      draft.ontology().FindKind(s.subject_kind)->definition.name(),
      Allowed(s.predicate->definition.domain()));
}

absl::Status CheckRange(const StatementDraft& s, const Draft& draft) {
  if (!s.predicate->is_relation() ||
      draft.ontology().InRange(*s.predicate, s.object_kind)) {
    return absl::OkStatus();
  }
  return errors::RangeViolation(
      s.object_field, s.predicate->definition.name(),
      draft.ontology().FindKind(s.object_kind)->definition.name(),
      Allowed(s.predicate->definition.range()));
}

// A value's type and, for a reference to a statement, that it exists. A reference is
// looked up when it is made: the statement may be retracted or erased later, and what is
// put back was looked up before.
// `before` is the value in the version before; null where there was none.
absl::Status CheckTypedValue(
    const google::protobuf::Value& value, const google::protobuf::Value* before,
    v1::ValueType type, const google::protobuf::RepeatedPtrField<std::string>& allowed,
    const std::string& field, const Draft& draft) {
  RETURN_IF_ERROR(schema::CheckValue(value, type, allowed, field));
  if (type != v1::VALUE_TYPE_STATEMENT || draft.restoring()) return absl::OkStatus();
  if (before != nullptr && before->string_value() == value.string_value()) {
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const absl::optional<keys::StatementNumber> number,
                   draft.records().FindStatement(value.string_value()));
  if (number.has_value()) return absl::OkStatus();
  return errors::ReferenceNotFound(field, "statement", value.string_value());
}

absl::Status CheckPropertyValue(const StatementDraft& s, const Draft& draft) {
  if (s.predicate->is_relation()) return absl::OkStatus();
  const v1::Predicate& definition = s.predicate->definition;
  const google::protobuf::Value* before =
      s.before.has_value() ? &s.before->statement.value() : nullptr;
  return CheckTypedValue(s.statement.value(), before, definition.value_type(),
                         definition.allowed_values(), "value", draft);
}

// The value of a qualifier in the version before; null where there was none.
const google::protobuf::Value* QualifierBefore(const StatementDraft& s,
                                               const std::string& name) {
  if (!s.before.has_value()) return nullptr;
  const auto& qualifiers = s.before->statement.qualifiers();
  const auto it = qualifiers.find(name);
  return it == qualifiers.end() ? nullptr : &it->second;
}

absl::Status CheckQualifiers(const StatementDraft& s, const Draft& draft) {
  RETURN_IF_ERROR(
      CheckListSize(static_cast<int>(s.statement.qualifiers().size()), "qualifiers"));
  const v1::Predicate& definition = s.predicate->definition;
  for (const auto& [name, value] : s.statement.qualifiers()) {
    const std::string field = absl::StrCat("qualifiers[", Shorten(name, 64), "]");
    const v1::Qualifier* qualifier = draft.ontology().FindQualifier(name);
    if (qualifier == nullptr) {
      const auto& all = draft.ontology().definitions().qualifiers();
      std::vector<absl::string_view> names;
      for (const v1::Qualifier& candidate : all) names.push_back(candidate.name());
      return errors::QualifierUnknown(field, name, schema::Nearest(name, names));
    }
    const auto& allowed = definition.qualifiers();
    if (std::find(allowed.begin(), allowed.end(), name) == allowed.end()) {
      return errors::QualifierNotAllowed(field, definition.name(), name,
                                         absl::StrJoin(allowed, ", "));
    }
    RETURN_IF_ERROR(CheckTypedValue(value, QualifierBefore(s, name),
                                    qualifier->value_type(), qualifier->allowed_values(),
                                    field, draft));
  }
  return absl::OkStatus();
}

absl::Status CheckStatementSources(const StatementDraft& s, const Draft& draft) {
  if (s.predicate->definition.source_required() && s.statement.sources().empty()) {
    return errors::SourceRequired("sources", s.predicate->definition.name());
  }
  return CheckSources(s.statement.sources(), "", draft);
}

// Two facts clash when there is a day on which both certainly held, or when neither has
// any date that could tell their times apart.
bool Clash(const Facet& a, const Facet& b) {
  const schema::Bounds undated;
  return schema::CertainlyOverlap(a.bounds, b.bounds) ||
         (a.bounds == undated && b.bounds == undated);
}

absl::Status CheckFunctionalAgainst(const StatementDraft& s, keys::StatementNumber other,
                                    const Facet& facet, const Draft& draft) {
  if (IsItself(s, other) || !IsClaimed(facet) || !Clash(s.facet, facet)) {
    return absl::OkStatus();
  }
  return errors::FunctionalConflict(s.predicate->is_relation() ? s.object_field : "value",
                                    s.predicate->definition.name(), IdOf(other, draft));
}

// That no relation of `node` in the direction leads to another than `target`.
absl::Status CheckOneNeighbor(const StatementDraft& s, EdgeDirection direction,
                              keys::EntityNumber node, keys::EntityNumber target,
                              const Draft& draft) {
  EdgeScan scan = draft.records().Edges(direction, node, s.predicate->number);
  while (scan.NextRun()) {
    for (const keys::Edge& edge : scan.edges()) {
      if (edge.neighbor == target) continue;
      RETURN_IF_ERROR(CheckFunctionalAgainst(s, edge.statement,
                                             draft.facets().Get(edge.facet), draft));
    }
  }
  return scan.status();
}

absl::Status CheckFunctionalRelation(const StatementDraft& s, const Draft& draft) {
  RETURN_IF_ERROR(CheckOneNeighbor(s, EdgeDirection::kOut, s.subject, s.object, draft));
  if (!s.predicate->definition.symmetric()) return absl::OkStatus();
  // Stored one way round, it is a relation of both ends.
  RETURN_IF_ERROR(CheckOneNeighbor(s, EdgeDirection::kIn, s.subject, s.object, draft));
  RETURN_IF_ERROR(CheckOneNeighbor(s, EdgeDirection::kOut, s.object, s.subject, draft));
  return CheckOneNeighbor(s, EdgeDirection::kIn, s.object, s.subject, draft);
}

absl::Status CheckFunctionalProperty(const StatementDraft& s, const Draft& draft) {
  const std::string value = DeterministicBytes(s.statement.value());
  RowScan scan = draft.records().rows().Scan(
      keys::kValue, keys::ValuePrefix(s.subject, s.predicate->number));
  for (; scan.Valid(); scan.Next()) {
    keys::IndexRow row;
    keys::IndexRow::Decode(scan.value(), &row);
    const keys::StatementNumber other = keys::LastBe64(scan.key());
    ASSIGN_OR_RETURN(const absl::optional<StatementRecord> record,
                     draft.records().ReadStatement(other));
    if (!record.has_value() || DeterministicBytes(record->statement.value()) == value)
      continue;
    RETURN_IF_ERROR(CheckFunctionalAgainst(
        s, other, draft.facets().Get(static_cast<keys::FacetNumber>(row.number)), draft));
  }
  return scan.status();
}

// At most one target on any one day; two statements of the same target agree.
absl::Status CheckFunctional(const StatementDraft& s, const Draft& draft) {
  if (!s.predicate->definition.functional() || !IsClaimed(s.facet))
    return absl::OkStatus();
  return s.predicate->is_relation() ? CheckFunctionalRelation(s, draft)
                                    : CheckFunctionalProperty(s, draft);
}

absl::Status CheckAsymmetric(const StatementDraft& s, const Draft& draft) {
  const v1::Predicate& definition = s.predicate->definition;
  if ((!definition.asymmetric() && !definition.acyclic()) || !IsClaimed(s.facet)) {
    return absl::OkStatus();
  }
  if (s.subject == s.object) {
    return errors::AsymmetryViolation(s.object_field, definition.name(), "");
  }
  if (definition.acyclic()) return absl::OkStatus();  // the next rule covers it
  EdgeScan scan =
      draft.records().Edges(EdgeDirection::kOut, s.object, s.predicate->number);
  while (scan.NextRun()) {
    for (const keys::Edge& edge : scan.edges()) {
      if (edge.neighbor != s.subject || IsItself(s, edge.statement) ||
          !IsClaimed(draft.facets().Get(edge.facet))) {
        continue;
      }
      return errors::AsymmetryViolation(s.object_field, definition.name(),
                                        IdOf(edge.statement, draft));
    }
  }
  return scan.status();
}

// The ids on the way from `object` back to `subject`, for the error.
std::vector<std::string> CyclePath(
    const StatementDraft& s, const Draft& draft,
    const absl::flat_hash_map<keys::EntityNumber, keys::EntityNumber>& came_from) {
  std::vector<std::string> path = {s.statement.subject()};
  for (keys::EntityNumber at = came_from.at(s.subject); at != s.object;
       at = came_from.at(at)) {
    path.push_back(EntityIdOf(at, draft));
  }
  path.push_back(s.statement.object());
  path.push_back(s.statement.subject());
  std::reverse(path.begin(), path.end());
  return path;
}

// Walks on from the object; meeting the subject again would close a cycle.
absl::Status CheckAcyclic(const StatementDraft& s, const Draft& draft) {
  if (!s.predicate->definition.acyclic() || !IsClaimed(s.facet)) return absl::OkStatus();
  absl::flat_hash_map<keys::EntityNumber, keys::EntityNumber> came_from;
  std::vector<keys::EntityNumber> open = {s.object};
  uint64_t looked_at = 0;
  while (!open.empty()) {
    const keys::EntityNumber node = open.back();
    open.pop_back();
    EdgeScan scan = draft.records().Edges(EdgeDirection::kOut, node, s.predicate->number);
    while (scan.NextRun()) {
      looked_at += scan.edges().size();
      if (looked_at > limits::kCycleCheck.value) {
        return errors::LimitExceeded(s.object_field, limits::kCycleCheck, looked_at);
      }
      for (const keys::Edge& edge : scan.edges()) {
        if (!IsClaimed(draft.facets().Get(edge.facet))) continue;
        if (edge.neighbor == s.object || !came_from.emplace(edge.neighbor, node).second) {
          continue;
        }
        if (edge.neighbor == s.subject) {
          return errors::Cycle(s.object_field, s.predicate->definition.name(),
                               CyclePath(s, draft, came_from));
        }
        open.push_back(edge.neighbor);
      }
    }
    RETURN_IF_ERROR(scan.status());
  }
  return absl::OkStatus();
}

}  // namespace

absl::Span<const StatementRule> StatementRules() {
  static constexpr StatementRule kRules[] = {
      {"a statement's subject, predicate and target never change", CheckIdentity},
      {"a deprecated predicate takes no new statement", CheckNotDeprecated},
      {"the subject is of a kind in the domain", CheckDomain},
      {"the object is of a kind in the range", CheckRange},
      {"the value has the declared type", CheckPropertyValue},
      {"qualifiers are known, allowed and typed", CheckQualifiers},
      {"sources exist, and are there where required", CheckStatementSources},
      {"a functional predicate has one target at a time", CheckFunctional},
      {"an asymmetric predicate does not lead back", CheckAsymmetric},
      {"an acyclic predicate has no cycle", CheckAcyclic},
  };
  return kRules;
}

absl::Status CheckStatement(const StatementDraft& statement, const Draft& draft) {
  for (const StatementRule& rule : StatementRules()) {
    RETURN_IF_ERROR(rule.check(statement, draft));
  }
  return absl::OkStatus();
}

}  // namespace labgraph::graph
