#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"
#include "server/schema/checks.h"

namespace labgraph::schema {
namespace {

constexpr char kEntityExample[] = "lab/caterpillar";
constexpr char kStatementExample[] = "caterpillar-merged";
// Statement ids that the server derives.
constexpr char kDerivedPrefix[] = "s-";
constexpr size_t kDerivedBytes = 26;  // after the prefix

bool IsLowerOrDigit(char c) { return absl::ascii_islower(c) || absl::ascii_isdigit(c); }

bool IsKeyByte(char c) { return IsLowerOrDigit(c) || c == '-' || c == '_' || c == '.'; }

bool IsSchemaName(absl::string_view name) {
  return !name.empty() && absl::ascii_islower(name[0]) &&
         absl::c_all_of(name, [](char c) { return IsLowerOrDigit(c) || c == '_'; });
}

bool IsEntityKey(absl::string_view key) {
  return !key.empty() && IsLowerOrDigit(key[0]) && absl::c_all_of(key, IsKeyByte);
}

absl::Status CheckSize(absl::string_view text, const limits::Limit& limit,
                       absl::string_view field) {
  if (text.size() <= limit.value) return absl::OkStatus();
  return errors::LimitExceeded(field, limit, text.size());
}

}  // namespace

absl::StatusOr<EntityId> ParseEntityId(absl::string_view id, absl::string_view field) {
  if (id.empty()) return errors::FieldRequired(field);
  const size_t slash = id.find('/');
  if (slash == absl::string_view::npos) {
    return errors::IdMalformed(field, id, "it has no \"/\" between kind and key.",
                               kEntityExample);
  }
  const EntityId parts{id.substr(0, slash), id.substr(slash + 1)};
  RETURN_IF_ERROR(CheckSize(parts.kind, limits::kSchemaNameBytes, field));
  RETURN_IF_ERROR(CheckSize(parts.key, limits::kIdKeyBytes, field));
  if (!IsSchemaName(parts.kind)) {
    return errors::IdMalformed(
        field, id,
        "the kind before \"/\" has characters of a-z, 0-9 and '_', "
        "beginning with a letter.",
        kEntityExample);
  }
  if (!IsEntityKey(parts.key)) {
    return errors::IdMalformed(
        field, id,
        "the key after \"/\" has characters of a-z, 0-9, '-', '_' and "
        "'.', beginning with a letter or digit.",
        kEntityExample);
  }
  return parts;
}

absl::Status CheckStatementId(absl::string_view id, absl::string_view field) {
  if (id.empty()) return errors::FieldRequired(field);
  RETURN_IF_ERROR(CheckSize(id, limits::kIdKeyBytes, field));
  if (!absl::c_all_of(id, IsKeyByte)) {
    return errors::IdMalformed(
        field, id, "a statement id has characters of a-z, 0-9, '-', '_' and '.'.",
        kStatementExample);
  }
  absl::string_view derived = id;
  if (!absl::ConsumePrefix(&derived, kDerivedPrefix)) return absl::OkStatus();
  if (derived.size() != kDerivedBytes || !absl::c_all_of(derived, IsLowerOrDigit)) {
    return errors::IdMalformed(field, id,
                               absl::StrCat("after \"", kDerivedPrefix,
                                            "\", which marks ids "
                                            "made by the server, come exactly ",
                                            kDerivedBytes, " letters and digits."),
                               kStatementExample);
  }
  return absl::OkStatus();
}

absl::Status CheckSchemaName(absl::string_view name, absl::string_view field) {
  if (name.empty()) return errors::FieldRequired(field);
  RETURN_IF_ERROR(CheckSize(name, limits::kSchemaNameBytes, field));
  if (IsSchemaName(name)) return absl::OkStatus();
  return errors::FieldInvalid(field,
                              "A name of the schema has characters of a-z, 0-9 and '_', "
                              "beginning with a letter, for example \"merged_into\".");
}

}  // namespace labgraph::schema
