#ifndef LABGRAPH_SEED_FIELD_PATH_H_
#define LABGRAPH_SEED_FIELD_PATH_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

namespace labgraph::seed {

// A field of one mutation in a request: "mutations[3].put_statement.object" taken apart.
struct MutationField {
  size_t index = 0;
  // Behind the operation: "object"; empty for the mutation as a whole.
  std::string rest;
};

// Absent when the path does not begin with a mutation.
absl::optional<MutationField> ParseMutationField(absl::string_view path);

// Where a mutation of a fixture comes from, counted over its entities and then its
// statements: "entities[3]", "statements[0]".
std::string FixturePath(size_t mutation, size_t entity_count);

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_FIELD_PATH_H_
