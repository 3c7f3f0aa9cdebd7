#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "server/base/error.h"
#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/schema/checks.h"
#include "server/schema/schema_rules.h"

namespace labgraph::schema {
namespace {

// How many kinds an error shows of a chain.
constexpr size_t kShownKinds = 10;

// Names of the kinds, with that of the kind above; empty where there is none.
using Parents = absl::flat_hash_map<absl::string_view, absl::string_view>;

absl::Status CheckKindFields(const v1::Kind& kind) {
  RETURN_IF_ERROR(CheckSchemaName(kind.name(), "name"));
  RETURN_IF_ERROR(CheckByLanguage(kind.labels(), limits::kNameBytes, "labels"));
  RETURN_IF_ERROR(
      CheckByLanguage(kind.descriptions(), limits::kTextBytes, "descriptions"));
  return CheckText(kind.standard_term(), limits::kNameBytes, "standard_term");
}

absl::Status CheckParent(const v1::Kind& kind, const SchemaNames& names) {
  if (kind.parent().empty()) return absl::OkStatus();
  return CheckReference(kind.parent(), names.kinds, "kind", "parent", kind.name());
}

// The kind and those above it up to a top kind, or up to the first that comes a second
// time.
std::vector<absl::string_view> ChainFrom(absl::string_view kind, const Parents& parents) {
  std::vector<absl::string_view> chain;
  NameSet seen;
  for (; !kind.empty(); kind = parents.at(kind)) {
    chain.push_back(kind);
    if (!seen.insert(kind).second) break;
  }
  return chain;
}

std::string Show(std::vector<absl::string_view> chain) {
  const bool cut = chain.size() > kShownKinds;
  if (cut) chain.resize(kShownKinds);
  return absl::StrCat(absl::StrJoin(chain, " -> "), cut ? " -> ..." : "");
}

// REQUIRES: every parent is a kind. Few schemas are deep, so the long walk that tells a
// loop from depth is left to the one kind at which the check ends.
absl::Status CheckDepth(const v1::Kind& kind, const Parents& parents) {
  size_t depth = 0;
  for (absl::string_view above = kind.name(); !above.empty(); above = parents.at(above)) {
    if (++depth > limits::kKindDepth.value) break;
  }
  if (depth <= limits::kKindDepth.value) return absl::OkStatus();
  const std::vector<absl::string_view> chain = ChainFrom(kind.name(), parents);
  if (parents.at(chain.back()).empty()) {
    return errors::LimitExceeded("parent", limits::kKindDepth, chain.size());
  }
  return errors::SchemaInvalid(
      "parent", kind.name(),
      absl::StrCat("The parents run in a loop: ", Show(chain), "."));
}

}  // namespace

absl::Status CheckKinds(const v1::Schema& schema, const SchemaNames& names) {
  Parents parents;
  for (int i = 0; i < schema.kinds_size(); ++i) {
    const v1::Kind& kind = schema.kinds(i);
    const std::string field = absl::StrCat("kinds[", i, "]");
    RETURN_IF_ERROR(AtField(CheckKindFields(kind), field));
    RETURN_IF_ERROR(AtField(CheckParent(kind, names), field));
    if (!parents.emplace(kind.name(), kind.parent()).second) {
      return errors::SchemaInvalid(
          absl::StrCat(field, ".name"), kind.name(),
          absl::StrCat("There are two kinds \"", kind.name(), "\"; keep one."));
    }
  }
  for (int i = 0; i < schema.kinds_size(); ++i) {
    RETURN_IF_ERROR(
        AtField(CheckDepth(schema.kinds(i), parents), absl::StrCat("kinds[", i, "]")));
  }
  return absl::OkStatus();
}

}  // namespace labgraph::schema
