#include "server/query/entity_conditions.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "server/base/error.h"
#include "server/base/status_macros.h"
#include "server/query/range_test.h"
#include "server/query/text_test.h"
#include "server/query/value_test.h"
#include "server/schema/checks.h"

namespace labgraph::query {
namespace {

Condition Always() {
  return {FilterCost::kHeader, [](Candidate&) -> absl::StatusOr<bool> { return true; }};
}

// A condition on what is in the record. A missing one satisfies none.
template <typename Test>
Condition RecordCondition(Test test) {
  return {FilterCost::kRecord,
          [test = std::move(test)](Candidate& candidate) -> absl::StatusOr<bool> {
            ASSIGN_OR_RETURN(const v1::Entity* const record, candidate.Record());
            return record != nullptr && test(*record);
          }};
}

// The id, or the part of it that `part` gives.
absl::StatusOr<Condition> IdCondition(const Comparison& comparison,
                                      const FilterSource& source,
                                      absl::string_view (*part)(absl::string_view id)) {
  if (comparison.asks_presence()) return Always();
  ASSIGN_OR_RETURN(TextTest test, MakeTextTest(comparison, source));
  const bool wanted = comparison.comparator != Comparator::kNotEqual;
  return RecordCondition([=, test = std::move(test)](const v1::Entity& entity) {
    return test(part(entity.id())) == wanted;
  });
}

absl::StatusOr<Condition> Id(const Comparison& comparison,
                             const schema::Ontology& ontology,
                             const FilterSource& source) {
  if (comparison.comparator == Comparator::kEqual ||
      comparison.comparator == Comparator::kNotEqual) {
    RETURN_IF_ERROR(CheckEntityId(comparison, ontology, source));
  }
  return IdCondition(comparison, source, [](absl::string_view id) { return id; });
}

absl::StatusOr<Condition> Key(const Comparison& comparison, const schema::Ontology&,
                              const FilterSource& source) {
  return IdCondition(comparison, source,
                     [](absl::string_view id) { return id.substr(id.find('/') + 1); });
}

absl::StatusOr<Condition> Kind(const Comparison& comparison,
                               const schema::Ontology& ontology,
                               const FilterSource& source) {
  if (comparison.asks_presence()) return Always();
  if (comparison.has_order()) {
    return source.Wrong(comparison.field.position, "kinds have no order; use = or !=.");
  }
  const auto kinds = ontology.ExpandKinds({comparison.value.text}, "");
  if (ReasonOf(kinds.status()) == v1::ERROR_REASON_KIND_UNKNOWN) {
    return source.Wrong(comparison.value.position,
                        absl::StrCat("expected a kind. ", kinds.status().message()));
  }
  RETURN_IF_ERROR(kinds.status());
  const bool wanted = comparison.comparator != Comparator::kNotEqual;
  return Condition{FilterCost::kHeader,
                   [=, kinds = *kinds](Candidate& candidate) -> absl::StatusOr<bool> {
                     ASSIGN_OR_RETURN(const schema::KindNumber kind, candidate.Kind());
                     return kinds.contains(kind) == wanted;
                   }};
}

absl::StatusOr<Condition> Placeholder(const Comparison& comparison,
                                      const schema::Ontology&,
                                      const FilterSource& source) {
  if (comparison.asks_presence()) return Always();
  ASSIGN_OR_RETURN(const bool value, WantedBoolean(comparison, source));
  const bool wanted = value == (comparison.comparator != Comparator::kNotEqual);
  return RecordCondition(
      [wanted](const v1::Entity& entity) { return entity.placeholder() == wanted; });
}

template <uint64_t (v1::Entity::*kRevision)() const>
absl::StatusOr<Condition> Revision(const Comparison& comparison, const schema::Ontology&,
                                   const FilterSource& source) {
  if (comparison.asks_presence()) return Always();
  ASSIGN_OR_RETURN(const RangeTest test, MakeNumberTest(comparison, source));
  const bool wanted = comparison.comparator != Comparator::kNotEqual;
  return RecordCondition([=](const v1::Entity& entity) {
    const auto revision = static_cast<double>((entity.*kRevision)());
    return test(revision, revision) == wanted;
  });
}

using Texts = std::vector<absl::string_view>;

Texts InLanguage(const google::protobuf::Map<std::string, std::string>& texts,
                 const std::string& lang) {
  Texts found;
  for (const auto& [tag, text] : texts) {
    if (lang.empty() || tag == lang) found.push_back(text);
  }
  return found;
}

Texts Names(const v1::Entity& entity, const std::string& lang) {
  return InLanguage(entity.names(), lang);
}

Texts Descriptions(const v1::Entity& entity, const std::string& lang) {
  return InLanguage(entity.descriptions(), lang);
}

Texts Aliases(const v1::Entity& entity, const std::string& lang) {
  Texts found;
  for (const v1::Alias& alias : entity.aliases()) {
    if (lang.empty() || alias.lang() == lang) found.push_back(alias.text());
  }
  return found;
}

// One of several texts passes; for != there are some and none is the one given.
template <Texts (*kTexts)(const v1::Entity&, const std::string& lang)>
absl::StatusOr<Condition> AnyText(const Comparison& comparison, const schema::Ontology&,
                                  const FilterSource& source) {
  TextTest test = [](absl::string_view) { return true; };
  if (!comparison.asks_presence()) {
    ASSIGN_OR_RETURN(test, MakeTextTest(comparison, source));
  }
  const bool none = comparison.comparator == Comparator::kNotEqual;
  return RecordCondition(
      [none, test = std::move(test), lang = comparison.lang](const v1::Entity& entity) {
        const Texts texts = kTexts(entity, lang);
        const bool any = std::any_of(texts.begin(), texts.end(), test);
        return none ? !texts.empty() && !any : any;
      });
}

constexpr EntityField kFields[] = {
    {"id", false, Id},
    {"kind", false, Kind},
    {"key", false, Key},
    {"placeholder", false, Placeholder},
    {"name", true, AnyText<Names>},
    {"alias", true, AnyText<Aliases>},
    {"description", true, AnyText<Descriptions>},
    {"created_revision", false, Revision<&v1::Entity::created_revision>},
    {"updated_revision", false, Revision<&v1::Entity::updated_revision>},
};

}  // namespace

absl::Span<const EntityField> EntityFields() { return kFields; }

absl::Status CheckEntityId(const Comparison& comparison, const schema::Ontology& ontology,
                           const FilterSource& source) {
  const auto id = schema::ParseEntityId(comparison.value.text, "");
  if (!id.ok()) {
    return source.Wrong(
        comparison.value.position,
        absl::StrCat("expected an entity id for \"", comparison.field.text,
                     "\", such as \"lab/caterpillar\"."));
  }
  const auto kind = ontology.ResolveKind(id->kind, "");
  if (!kind.ok()) {
    return source.Wrong(
        comparison.value.position,
        absl::StrCat("expected the id of an entity. ", kind.status().message()));
  }
  return absl::OkStatus();
}

}  // namespace labgraph::query
