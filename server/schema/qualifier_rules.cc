#include <string>

#include "absl/strings/str_cat.h"
#include "server/base/error.h"
#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/schema/checks.h"
#include "server/schema/schema_rules.h"

namespace labgraph::schema {
namespace {

absl::Status CheckQualifier(const v1::Qualifier& qualifier) {
  RETURN_IF_ERROR(CheckSchemaName(qualifier.name(), "name"));
  RETURN_IF_ERROR(CheckByLanguage(qualifier.labels(), limits::kNameBytes, "labels"));
  RETURN_IF_ERROR(
      CheckByLanguage(qualifier.descriptions(), limits::kTextBytes, "descriptions"));
  const bool is_text = qualifier.value_type() == v1::VALUE_TYPE_UNSPECIFIED ||
                       qualifier.value_type() == v1::VALUE_TYPE_STRING;
  return CheckValueType(qualifier.value_type(), is_text, qualifier.allowed_values(),
                        qualifier.name());
}

}  // namespace

absl::Status CheckQualifiers(const v1::Schema& schema) {
  NameSet seen;
  for (int i = 0; i < schema.qualifiers_size(); ++i) {
    const v1::Qualifier& qualifier = schema.qualifiers(i);
    const std::string field = absl::StrCat("qualifiers[", i, "]");
    RETURN_IF_ERROR(AtField(CheckQualifier(qualifier), field));
    if (!seen.insert(qualifier.name()).second) {
      return errors::SchemaInvalid(
          absl::StrCat(field, ".name"), qualifier.name(),
          absl::StrCat("There are two qualifiers \"", qualifier.name(), "\"; keep one."));
    }
  }
  return absl::OkStatus();
}

}  // namespace labgraph::schema
