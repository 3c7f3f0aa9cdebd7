#ifndef LABGRAPH_CLIENT_CLI_GROUP_KEY_TEXT_H_
#define LABGRAPH_CLIENT_CLI_GROUP_KEY_TEXT_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "labgraph/v1/pattern.pb.h"

namespace labgraph::cli {

// Reads a part of what makes a group:
//
//   key = NAME                      each entity
//       | NAME ".kind"              each kind of entity
//       | NAME "." PROPERTY         each value of the property
//       | NAME "." PROPERTY ".year" each year of the property
//       | "predicate" | "year"      of statements, whose NAMEs are subject and object
//
// Usage error where it is none.
absl::StatusOr<v1::GroupKey> ReadGroupKey(absl::string_view text, bool of_statements);

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_GROUP_KEY_TEXT_H_
