#include "server/schema/schema_rules.h"

#include <cstdint>
#include <vector>

#include "absl/strings/str_cat.h"
#include "server/base/error.h"
#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/schema/checks.h"

namespace labgraph::schema {
namespace {

absl::Status CheckCount(int count, absl::string_view field) {
  const uint64_t actual = static_cast<uint64_t>(count);
  if (actual <= limits::kSchemaDefinitions.value) return absl::OkStatus();
  return errors::LimitExceeded(field, limits::kSchemaDefinitions, actual);
}

template <typename Definitions>
NameSet NamesOf(const Definitions& definitions) {
  NameSet names;
  for (const auto& definition : definitions) names.insert(definition.name());
  return names;
}

}  // namespace

absl::Status CheckSchema(const v1::Schema& schema) {
  RETURN_IF_ERROR(CheckCount(schema.kinds_size(), "kinds"));
  RETURN_IF_ERROR(CheckCount(schema.predicates_size(), "predicates"));
  RETURN_IF_ERROR(CheckCount(schema.qualifiers_size(), "qualifiers"));
  const SchemaNames names{NamesOf(schema.kinds()), NamesOf(schema.qualifiers())};
  RETURN_IF_ERROR(CheckKinds(schema, names));
  RETURN_IF_ERROR(CheckQualifiers(schema));
  return CheckPredicates(schema, names);
}

absl::Status CheckByLanguage(const google::protobuf::Map<std::string, std::string>& texts,
                             const limits::Limit& limit, absl::string_view field) {
  RETURN_IF_ERROR(CheckListSize(static_cast<int>(texts.size()), field));
  for (const auto& [lang, text] : texts) {
    RETURN_IF_ERROR(CheckLanguage(lang, field));
    RETURN_IF_ERROR(CheckText(text, limit, absl::StrCat(field, ".", lang)));
  }
  return absl::OkStatus();
}

absl::Status CheckValueType(
    v1::ValueType type, bool is_text,
    const google::protobuf::RepeatedPtrField<std::string>& allowed_values,
    absl::string_view name) {
  if (!v1::ValueType_IsValid(type)) {
    return errors::FieldInvalid("value_type",
                                absl::StrCat("There is no value type ", type, "."));
  }
  if (!is_text && !allowed_values.empty()) {
    return errors::SchemaInvalid("allowed_values", name,
                                 "Only VALUE_TYPE_STRING can have allowed values.");
  }
  RETURN_IF_ERROR(CheckListSize(allowed_values.size(), "allowed_values"));
  for (int i = 0; i < allowed_values.size(); ++i) {
    RETURN_IF_ERROR(CheckText(allowed_values[i], limits::kTextBytes,
                              absl::StrCat("allowed_values[", i, "]")));
  }
  return absl::OkStatus();
}

absl::Status CheckReference(absl::string_view reference, const NameSet& known,
                            absl::string_view sort, absl::string_view field,
                            absl::string_view name) {
  if (known.contains(reference)) return absl::OkStatus();
  const std::string nearest =
      Nearest(reference, std::vector<absl::string_view>(known.begin(), known.end()));
  return errors::SchemaInvalid(
      field, name,
      absl::StrCat(
          "The schema has no ", sort, " \"", reference, "\".",
          nearest.empty() ? "" : absl::StrCat(" Did you mean \"", nearest, "\"?")));
}

absl::Status CheckListSize(int size, absl::string_view field) {
  const uint64_t actual = static_cast<uint64_t>(size);
  if (actual <= limits::kListItems.value) return absl::OkStatus();
  return errors::LimitExceeded(field, limits::kListItems, actual);
}

}  // namespace labgraph::schema
