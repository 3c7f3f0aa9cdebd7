#include "server/graph/entity_draft.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "server/base/error.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"
#include "server/graph/record_checks.h"
#include "server/schema/checks.h"

namespace labgraph::graph {
namespace {

absl::Status CheckAlias(const v1::Alias& alias) {
  if (IsBlank(alias.text())) return errors::FieldRequired("text");
  RETURN_IF_ERROR(schema::CheckText(alias.text(), limits::kNameBytes, "text"));
  return alias.lang().empty() ? absl::OkStatus()
                              : schema::CheckLanguage(alias.lang(), "lang");
}

absl::Status CheckTexts(const v1::Entity& entity, const Draft& draft) {
  RETURN_IF_ERROR(CheckLocalizedTexts(entity.names(), limits::kNameBytes, "names"));
  RETURN_IF_ERROR(
      CheckLocalizedTexts(entity.descriptions(), limits::kTextBytes, "descriptions"));
  RETURN_IF_ERROR(CheckListSize(entity.aliases_size(), "aliases"));
  for (int i = 0; i < entity.aliases_size(); ++i) {
    RETURN_IF_ERROR(
        AtField(CheckAlias(entity.aliases(i)), absl::StrCat("aliases[", i, "]")));
  }
  return CheckSources(entity.sources(), entity.id(), draft);
}

absl::Status CheckKind(const schema::Kind& kind, bool is_new, const Draft& draft) {
  if (!is_new) return absl::OkStatus();
  if (kind.definition.abstract())
    return errors::KindAbstract("id", kind.definition.name());
  if (kind.definition.deprecated() && !draft.restoring()) {
    return errors::Deprecated("id", kind.definition.name());
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<EntityDraft> PrepareEntity(v1::Entity given, Draft& draft) {
  ASSIGN_OR_RETURN(const schema::EntityId id, schema::ParseEntityId(given.id(), "id"));
  ASSIGN_OR_RETURN(const schema::Kind* kind, draft.ontology().ResolveKind(id.kind, "id"));
  ASSIGN_OR_RETURN(const absl::optional<keys::EntityNumber> number,
                   draft.records().FindEntity(given.id(), "id"));
  EntityDraft out;
  if (number.has_value()) {
    ASSIGN_OR_RETURN(out.before, draft.records().ReadEntity(*number));
  } else {
    RETURN_IF_ERROR(CheckEntityIdIsFree(given.id(), draft));
  }
  RETURN_IF_ERROR(CheckKind(*kind, !out.before.has_value(), draft));
  RETURN_IF_ERROR(CheckTexts(given, draft));
  out.after.kind = kind->number;
  v1::Entity& entity = out.after.entity;
  entity = std::move(given);
  entity.clear_label();
  entity.clear_created_revision();
  entity.clear_updated_revision();
  entity.clear_statements();
  entity.clear_statements_cut();
  ASSIGN_OR_RETURN(*entity.mutable_visibility(),
                   CanonicalVisibility(entity.visibility()));
  return out;
}

}  // namespace labgraph::graph
