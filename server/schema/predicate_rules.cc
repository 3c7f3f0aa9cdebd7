#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "server/base/error.h"
#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/schema/checks.h"
#include "server/schema/schema_rules.h"

namespace labgraph::schema {
namespace {

using ::google::protobuf::RepeatedPtrField;

// One rule for one predicate; its errors are relative to the predicate.
using PredicateRule = absl::Status (*)(const v1::Predicate&, const SchemaNames&);

absl::Status CheckNames(const v1::Predicate& predicate, const SchemaNames&) {
  RETURN_IF_ERROR(CheckSchemaName(predicate.name(), "name"));
  if (!predicate.inverse().empty()) {
    RETURN_IF_ERROR(CheckSchemaName(predicate.inverse(), "inverse"));
  }
  if (!predicate.renamed_from().empty()) {
    RETURN_IF_ERROR(CheckSchemaName(predicate.renamed_from(), "renamed_from"));
  }
  return absl::OkStatus();
}

absl::Status CheckTexts(const v1::Predicate& predicate, const SchemaNames&) {
  RETURN_IF_ERROR(CheckByLanguage(predicate.labels(), limits::kNameBytes, "labels"));
  RETURN_IF_ERROR(
      CheckByLanguage(predicate.inverse_labels(), limits::kNameBytes, "inverse_labels"));
  RETURN_IF_ERROR(
      CheckByLanguage(predicate.descriptions(), limits::kTextBytes, "descriptions"));
  return CheckText(predicate.standard_term(), limits::kNameBytes, "standard_term");
}

absl::Status CheckTarget(const v1::Predicate& predicate, const SchemaNames&) {
  RETURN_IF_ERROR(CheckValueType(predicate.value_type(),
                                 predicate.value_type() == v1::VALUE_TYPE_STRING,
                                 predicate.allowed_values(), predicate.name()));
  if (predicate.value_type() == v1::VALUE_TYPE_UNSPECIFIED || predicate.range().empty()) {
    return absl::OkStatus();
  }
  return errors::SchemaInvalid(
      "range", predicate.name(),
      "A predicate has a range of kinds (a relation) or a value type "
      "(a property), not both.");
}

absl::Status CheckList(const RepeatedPtrField<std::string>& references,
                       const NameSet& known, absl::string_view sort,
                       absl::string_view field, absl::string_view name) {
  RETURN_IF_ERROR(CheckListSize(references.size(), field));
  for (int i = 0; i < references.size(); ++i) {
    RETURN_IF_ERROR(CheckReference(references[i], known, sort,
                                   absl::StrCat(field, "[", i, "]"), name));
  }
  return absl::OkStatus();
}

absl::Status CheckReferences(const v1::Predicate& predicate, const SchemaNames& names) {
  const std::string& name = predicate.name();
  RETURN_IF_ERROR(CheckList(predicate.domain(), names.kinds, "kind", "domain", name));
  RETURN_IF_ERROR(CheckList(predicate.range(), names.kinds, "kind", "range", name));
  return CheckList(predicate.qualifiers(), names.qualifiers, "qualifier", "qualifiers",
                   name);
}

absl::Status CheckRelationOnly(const v1::Predicate& predicate, const SchemaNames&) {
  if (predicate.value_type() == v1::VALUE_TYPE_UNSPECIFIED) return absl::OkStatus();
  const struct {
    bool set;
    const char* field;
  } relation_only[] = {
      {predicate.symmetric(), "symmetric"},
      {predicate.transitive(), "transitive"},
      {predicate.acyclic(), "acyclic"},
      {predicate.asymmetric(), "asymmetric"},
      {!predicate.inverse().empty(), "inverse"},
      {!predicate.inverse_labels().empty(), "inverse_labels"},
  };
  for (const auto& entry : relation_only) {
    if (!entry.set) continue;
    return errors::SchemaInvalid(entry.field, predicate.name(),
                                 absl::StrCat("\"", predicate.name(),
                                              "\" has values, and only a "
                                              "relation can have `",
                                              entry.field, "`."));
  }
  return absl::OkStatus();
}

NameSet SetOf(const RepeatedPtrField<std::string>& names) {
  return NameSet(names.begin(), names.end());
}

absl::Status CheckSymmetry(const v1::Predicate& predicate, const SchemaNames&) {
  if (!predicate.symmetric()) return absl::OkStatus();
  const auto invalid = [&](absl::string_view field, absl::string_view problem) {
    return errors::SchemaInvalid(
        field, predicate.name(),
        absl::StrCat("\"", predicate.name(), "\" is symmetric, ", problem));
  };
  if (predicate.acyclic()) {
    return invalid("acyclic", "so every statement would be a cycle.");
  }
  if (predicate.asymmetric()) {
    return invalid("asymmetric", "so it cannot be asymmetric too.");
  }
  if (!predicate.inverse().empty()) {
    return invalid("inverse", "so it is its own inverse.");
  }
  if (SetOf(predicate.domain()) != SetOf(predicate.range())) {
    return invalid("range", "so its range must be equal to its domain.");
  }
  return absl::OkStatus();
}

constexpr PredicateRule kRules[] = {CheckNames,      CheckTexts,        CheckTarget,
                                    CheckReferences, CheckRelationOnly, CheckSymmetry};

// Who bears which name: predicates, inverses and former names share one space, because a
// caller may use any of them where a predicate is asked for.
class NameClaims {
 public:
  // `role` is what the name is to `predicate`. Errors are relative to the predicate.
  absl::Status Claim(absl::string_view name, absl::string_view role,
                     const v1::Predicate& predicate, absl::string_view field) {
    if (name.empty()) return absl::OkStatus();
    const auto [it, inserted] =
        claims_.try_emplace(name, absl::StrCat(role, " of \"", predicate.name(), "\""));
    if (inserted) return absl::OkStatus();
    return errors::SchemaInvalid(
        field, predicate.name(),
        absl::StrCat("\"", name, "\" is already the ", it->second, "; choose another."));
  }

 private:
  absl::flat_hash_map<absl::string_view, std::string> claims_;
};

absl::Status CheckDistinctNames(const v1::Schema& schema) {
  NameClaims claims;
  for (int i = 0; i < schema.predicates_size(); ++i) {
    const v1::Predicate& predicate = schema.predicates(i);
    RETURN_IF_ERROR(AtField(claims.Claim(predicate.name(), "name", predicate, "name"),
                            absl::StrCat("predicates[", i, "]")));
  }
  for (int i = 0; i < schema.predicates_size(); ++i) {
    const v1::Predicate& predicate = schema.predicates(i);
    const std::string field = absl::StrCat("predicates[", i, "]");
    RETURN_IF_ERROR(AtField(
        claims.Claim(predicate.inverse(), "inverse", predicate, "inverse"), field));
    RETURN_IF_ERROR(AtField(
        claims.Claim(predicate.renamed_from(), "former name", predicate, "renamed_from"),
        field));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckPredicates(const v1::Schema& schema, const SchemaNames& names) {
  for (int i = 0; i < schema.predicates_size(); ++i) {
    for (const PredicateRule rule : kRules) {
      RETURN_IF_ERROR(AtField(rule(schema.predicates(i), names),
                              absl::StrCat("predicates[", i, "]")));
    }
  }
  return CheckDistinctNames(schema);
}

}  // namespace labgraph::schema
