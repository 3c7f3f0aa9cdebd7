#include "server/schema/schema_change.h"

#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/util/message_differencer.h"
#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/schema/checks.h"

namespace labgraph::schema {
namespace {

using ::google::protobuf::RepeatedPtrField;
using ::google::protobuf::util::MessageDifferencer;

template <typename Definition>
using ByName = std::map<std::string, Definition>;

// One of the three lists of a schema, and its fields in the request.
struct List {
  const char* type;
  const char* given;
  const char* removed;
  absl::Status (*unknown)(absl::string_view field, absl::string_view name,
                          absl::string_view nearest);
};

constexpr List kKinds = {"kind", "schema.kinds", "remove_kinds", errors::KindUnknown};
constexpr List kPredicates = {"predicate", "schema.predicates", "remove_predicates",
                              errors::PredicateUnknown};
constexpr List kQualifiers = {"qualifier", "schema.qualifiers", "remove_qualifiers",
                              errors::QualifierUnknown};

// The name that a definition takes the place of.
const std::string& FormerName(const v1::Predicate& predicate) {
  return predicate.renamed_from().empty() ? predicate.name() : predicate.renamed_from();
}
template <typename Definition>
const std::string& FormerName(const Definition& definition) {
  return definition.name();
}

template <typename Definition>
ByName<Definition> Index(const RepeatedPtrField<Definition>& definitions) {
  ByName<Definition> by_name;
  for (const Definition& definition : definitions) {
    by_name.emplace(definition.name(), definition);
  }
  return by_name;
}

template <typename Definition>
absl::StatusOr<ByName<Definition>> IndexGiven(const List& list,
                                              const RepeatedPtrField<Definition>& given) {
  ByName<Definition> by_name;
  for (int i = 0; i < given.size(); ++i) {
    const std::string& name = given[i].name();
    if (!by_name.emplace(name, given[i]).second) {
      return errors::SchemaInvalid(
          absl::StrCat(list.given, "[", i, "].name"), name,
          absl::StrCat("The ", list.type, " \"", name, "\" is given twice; keep one."));
    }
  }
  return by_name;
}

template <typename Definition>
absl::Status CheckRemoved(const List& list, const RepeatedPtrField<std::string>& removed,
                          const ByName<Definition>& before,
                          const ByName<Definition>& given) {
  for (int i = 0; i < removed.size(); ++i) {
    const std::string field = absl::StrCat(list.removed, "[", i, "]");
    if (given.count(removed[i]) > 0) {
      return errors::SchemaInvalid(field, removed[i],
                                   absl::StrCat("The ", list.type, " \"", removed[i],
                                                "\" is both given and removed; do one."));
    }
    if (before.count(removed[i]) > 0) continue;
    std::vector<absl::string_view> names;
    for (const auto& [name, definition] : before) names.push_back(name);
    return list.unknown(field, removed[i], Nearest(removed[i], names));
  }
  return absl::OkStatus();
}

// Moves the definitions that are renamed to their new names.
template <typename Definition>
void Rename(const ByName<Definition>& given, ByName<Definition>* before) {
  for (const auto& [name, definition] : given) {
    if (before->count(name) > 0) continue;
    auto renamed = before->extract(FormerName(definition));
    if (renamed.empty()) continue;
    renamed.key() = name;
    before->insert(std::move(renamed));
  }
}

void AddDifference(v1::Outcome outcome, const List& list, const std::string& name,
                   SchemaChange* change) {
  v1::SchemaDifference& difference = change->differences.emplace_back();
  difference.set_outcome(outcome);
  difference.set_type(list.type);
  difference.set_name(name);
}

template <typename Definition>
void Compare(const List& list, const ByName<Definition>& before,
             const ByName<Definition>& after, SchemaChange* change) {
  for (const auto& [name, definition] : after) {
    const auto old = before.find(name);
    if (old == before.end()) {
      AddDifference(v1::OUTCOME_CREATED, list, name, change);
    } else if (!MessageDifferencer::Equals(old->second, definition)) {
      AddDifference(v1::OUTCOME_UPDATED, list, name, change);
    }
  }
  for (const auto& [name, definition] : before) {
    if (after.count(name) == 0) AddDifference(v1::OUTCOME_RETRACTED, list, name, change);
  }
}

// Fills `result` with the changed list and adds its differences to `change`.
template <typename Definition>
absl::Status ChangeList(const List& list, const RepeatedPtrField<Definition>& base,
                        const RepeatedPtrField<Definition>& given,
                        const RepeatedPtrField<std::string>& removed,
                        RepeatedPtrField<Definition>* result, SchemaChange* change) {
  ByName<Definition> before = Index(base);
  ASSIGN_OR_RETURN(const ByName<Definition> given_by_name, IndexGiven(list, given));
  RETURN_IF_ERROR(CheckRemoved(list, removed, before, given_by_name));
  Rename(given_by_name, &before);
  ByName<Definition> after = before;
  for (const auto& [name, definition] : given_by_name) after[name] = definition;
  for (const std::string& name : removed) after.erase(name);
  Compare(list, before, after, change);
  for (auto& [name, definition] : after) *result->Add() = std::move(definition);
  return absl::OkStatus();
}

// The first definition that names a name, as "kind "lab"".
using NamedBy = std::map<std::string, std::string>;

template <typename Names>
void AddNamed(const Names& names, const List& list, const std::string& definition,
              NamedBy* named_by) {
  for (const std::string& name : names) {
    named_by->try_emplace(name, absl::StrCat(list.type, " \"", definition, "\""));
  }
}

absl::Status CheckNotNamed(const List& list, const RepeatedPtrField<std::string>& removed,
                           const NamedBy& named_by) {
  for (int i = 0; i < removed.size(); ++i) {
    const auto found = named_by.find(removed[i]);
    if (found == named_by.end()) continue;
    return errors::SchemaInvalid(
        absl::StrCat(list.removed, "[", i, "]"), removed[i],
        absl::StrCat("The ", list.type, " \"", removed[i], "\" is still named by ",
                     found->second, "; change that or remove it too."));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckNotNamed(const v1::Schema& schema,
                           const v1::ApplySchemaRequest& request) {
  NamedBy kinds;
  NamedBy qualifiers;
  const ByName<v1::Kind> given_kinds = Index(request.schema().kinds());
  for (const v1::Kind& kind : schema.kinds()) {
    if (given_kinds.count(kind.name()) > 0) continue;
    AddNamed(std::vector<std::string>{kind.parent()}, kKinds, kind.name(), &kinds);
  }
  const ByName<v1::Predicate> given_predicates = Index(request.schema().predicates());
  for (const v1::Predicate& predicate : schema.predicates()) {
    if (given_predicates.count(predicate.name()) > 0) continue;
    AddNamed(predicate.domain(), kPredicates, predicate.name(), &kinds);
    AddNamed(predicate.range(), kPredicates, predicate.name(), &kinds);
    AddNamed(predicate.qualifiers(), kPredicates, predicate.name(), &qualifiers);
  }
  RETURN_IF_ERROR(CheckNotNamed(kKinds, request.remove_kinds(), kinds));
  return CheckNotNamed(kQualifiers, request.remove_qualifiers(), qualifiers);
}

absl::StatusOr<SchemaChange> ApplyChange(const v1::Schema& base,
                                         const v1::ApplySchemaRequest& request) {
  SchemaChange change;
  v1::Schema* result = &change.schema;
  RETURN_IF_ERROR(ChangeList(kKinds, base.kinds(), request.schema().kinds(),
                             request.remove_kinds(), result->mutable_kinds(), &change));
  RETURN_IF_ERROR(ChangeList(kPredicates, base.predicates(),
                             request.schema().predicates(), request.remove_predicates(),
                             result->mutable_predicates(), &change));
  RETURN_IF_ERROR(ChangeList(kQualifiers, base.qualifiers(),
                             request.schema().qualifiers(), request.remove_qualifiers(),
                             result->mutable_qualifiers(), &change));
  absl::c_sort(change.differences,
               [](const v1::SchemaDifference& a, const v1::SchemaDifference& b) {
                 return std::tie(a.type(), a.name()) < std::tie(b.type(), b.name());
               });
  return change;
}

}  // namespace labgraph::schema
