#ifndef LABGRAPH_SERVER_SCHEMA_CHECKS_H_
#define LABGRAPH_SERVER_SCHEMA_CHECKS_H_

// Checks of single fields that need no store: ids, texts, languages, values.

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/struct.pb.h"
#include "labgraph/v1/schema.pb.h"
#include "server/base/limits.h"

namespace labgraph::schema {

// An entity id taken apart; views into the text parsed.
struct EntityId {
  absl::string_view kind;
  absl::string_view key;
};

// "<kind>/<key>". Errors: FIELD_REQUIRED, ID_MALFORMED, LIMIT_EXCEEDED at `field`.
absl::StatusOr<EntityId> ParseEntityId(absl::string_view id, absl::string_view field);

// An id of a statement as it may be asked for: made by the server or by a caller.
// Errors: FIELD_REQUIRED, ID_MALFORMED, LIMIT_EXCEEDED at `field`.
absl::Status CheckStatementId(absl::string_view id, absl::string_view field);

// Kind, predicate and qualifier names. Errors: FIELD_REQUIRED, FIELD_INVALID,
// LIMIT_EXCEEDED at `field`.
absl::Status CheckSchemaName(absl::string_view name, absl::string_view field);

// UTF-8, without control characters but tab and newline, within the limit. Empty is fine.
// Errors: TEXT_MALFORMED, LIMIT_EXCEEDED at `field`.
absl::Status CheckText(absl::string_view text, const limits::Limit& limit,
                       absl::string_view field);

// "nl", "pt-br": 2 or 3 letters, then parts of 2 to 8 letters or digits, lower case.
// Errors: LANGUAGE_MALFORMED, LIMIT_EXCEEDED at `field`.
absl::Status CheckLanguage(absl::string_view lang, absl::string_view field);

// That the value has the type; `allowed_values` as in the schema. A STATEMENT's existence
// is not checked here. VALUE_TYPE_UNSPECIFIED is taken as STRING.
// Errors: VALUE_TYPE_MISMATCH, DATE_MALFORMED, TEXT_MALFORMED, LANGUAGE_MALFORMED (a key
// of a TEXT), FIELD_REQUIRED and ID_MALFORMED (a STATEMENT), LIMIT_EXCEEDED at `field` or
// below it, for example "value.min" or "value.nl".
absl::Status CheckValue(
    const google::protobuf::Value& value, v1::ValueType type,
    const google::protobuf::RepeatedPtrField<std::string>& allowed_values,
    absl::string_view field);

// The candidate closest to `name` by edit distance, if it is close enough to be what was
// meant; empty otherwise. Case is ignored; of equally close ones the first by order of
// bytes.
std::string Nearest(absl::string_view name,
                    const std::vector<absl::string_view>& candidates);

}  // namespace labgraph::schema

#endif  // LABGRAPH_SERVER_SCHEMA_CHECKS_H_
