#ifndef LABGRAPH_SERVER_SCHEMA_SCHEMA_RULES_H_
#define LABGRAPH_SERVER_SCHEMA_SCHEMA_RULES_H_

// The rules that a schema must keep whatever the store holds.

#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/map.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "labgraph/v1/schema.pb.h"
#include "server/base/limits.h"

namespace labgraph::schema {

// All of them. Errors: those of Ontology::Compile.
absl::Status CheckSchema(const v1::Schema& schema);

// The rest is the parts of CheckSchema, for use within this folder.

// Names of definitions; views into the schema.
using NameSet = absl::flat_hash_set<absl::string_view>;

// What else a definition may refer to.
struct SchemaNames {
  NameSet kinds;
  NameSet qualifiers;
};

// Errors at "kinds[i]..." and so on.
absl::Status CheckKinds(const v1::Schema& schema, const SchemaNames& names);
absl::Status CheckQualifiers(const v1::Schema& schema);
absl::Status CheckPredicates(const v1::Schema& schema, const SchemaNames& names);

// Labels and descriptions. Errors at `field` or "<field>.<lang>".
absl::Status CheckByLanguage(const google::protobuf::Map<std::string, std::string>& texts,
                             const limits::Limit& limit, absl::string_view field);

// That the type exists, and that allowed values go with texts only. Errors at
// "value_type" or "allowed_values", for the definition called `name`.
absl::Status CheckValueType(
    v1::ValueType type, bool is_text,
    const google::protobuf::RepeatedPtrField<std::string>& allowed_values,
    absl::string_view name);

// That a definition called `name` refers to one of `known`, which are of the sort `sort`
// ("kind"). Errors: SCHEMA_INVALID at `field`.
absl::Status CheckReference(absl::string_view reference, const NameSet& known,
                            absl::string_view sort, absl::string_view field,
                            absl::string_view name);

absl::Status CheckListSize(int size, absl::string_view field);

}  // namespace labgraph::schema

#endif  // LABGRAPH_SERVER_SCHEMA_SCHEMA_RULES_H_
