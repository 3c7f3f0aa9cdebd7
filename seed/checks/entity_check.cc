#include "absl/strings/str_cat.h"
#include "labgraph/error.h"
#include "seed/checks/checks.h"
#include "seed/checks/question.h"

namespace labgraph::seed {
namespace {

absl::optional<Failure> Compare(const EntityCheck& expected, const v1::Entity& found) {
  if (expected.has_placeholder() && expected.placeholder() != found.placeholder()) {
    return Failure{expected.placeholder() ? "a placeholder" : "no placeholder",
                   found.placeholder() ? "a placeholder" : "none"};
  }
  for (const auto& [lang, name] : expected.names()) {
    auto it = found.names().find(lang);
    if (it == found.names().end() || it->second != name) {
      return Failure{absl::StrCat("the name \"", name, "\" in ", lang),
                     it == found.names().end() ? "none in that language"
                                               : absl::StrCat("\"", it->second, "\"")};
    }
  }
  return absl::nullopt;
}

}  // namespace

Verdict EvaluateEntityCheck(const Check& check, const ConnectionPtr& connection) {
  const EntityCheck& expected = check.entity();
  v1::GetEntityRequest request;
  request.set_id(expected.id());
  absl::StatusOr<v1::GetEntityResponse> response =
      connection->GetEntity(WithRead(request, check));
  if (client::ReasonOf(response.status()) == v1::ERROR_REASON_ENTITY_NOT_FOUND) {
    if (expected.absent()) return absl::nullopt;
    return Failure{absl::StrCat("the entity ", expected.id()), "no such entity"};
  }
  if (!response.ok()) return response.status();
  if (expected.absent()) {
    return Failure{absl::StrCat("no entity ", expected.id()),
                   absl::StrCat(response->entity().id(), " exists")};
  }
  return Compare(expected, response->entity());
}

}  // namespace labgraph::seed
