#ifndef LABGRAPH_PRECONDITION_H_
#define LABGRAPH_PRECONDITION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "labgraph/v1/editor_service.pb.h"

// What must hold for a commit to be made, for Commit::If:
//
//   Commit()
//       .If(EntityUnchangedSince("lab/exit", read->revision()))
//       .If(NoStatement({.subject = "lab/exit", .predicate = "merged_into"}))
//       ...
//
// It is judged together with the commit, so that no other can come in between.

namespace labgraph::client {

v1::Precondition EntityExists(absl::string_view id);
v1::Precondition EntityAbsent(absl::string_view id);
// It is as it was at `revision`, there or absent, and was not written since. The revision
// is that of the answer in which the caller read it.
v1::Precondition EntityUnchangedSince(absl::string_view id, uint64_t revision);

// The same for a statement.
v1::Precondition StatementExists(absl::string_view id);
v1::Precondition StatementAbsent(absl::string_view id);
v1::Precondition StatementUnchangedSince(absl::string_view id, uint64_t revision);

// Statements of the newest state that have all that is set here. `subject` or `object` is
// required.
struct StatementParts {
  std::string subject = "";    // an entity id
  std::string predicate = "";  // empty: any
  std::string object = "";     // an entity id
};

// At least one such statement stands.
v1::Precondition SomeStatement(const StatementParts& parts);
// None does.
v1::Precondition NoStatement(const StatementParts& parts);

// Entities of the newest state of these kinds, or of those below them, that the filter
// matches. One of both is required.
struct EntityParts {
  std::vector<std::string> kinds = {};  // empty: all
  std::string filter = "";              // see docs/filter.md; empty: every entity
};

// At least one such entity is there.
v1::Precondition SomeEntity(const EntityParts& parts);
// None is.
v1::Precondition NoEntity(const EntityParts& parts);

}  // namespace labgraph::client

#endif  // LABGRAPH_PRECONDITION_H_
