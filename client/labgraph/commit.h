#ifndef LABGRAPH_COMMIT_H_
#define LABGRAPH_COMMIT_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "labgraph/connection.h"
#include "labgraph/entity_builder.h"
#include "labgraph/precondition.h"
#include "labgraph/statement_builder.h"

namespace labgraph::client {

// Builds a commit, a set of changes that are made together or not at all:
//
//   Commit()
//       .PutEntity(EntityBuilder("lab/exit").Name("nl", "Exit"))
//       .PutStatement(StatementBuilder("lab/exit", "part_of").To("collaboration/nsoc"))
//       .Message("Exit is a lab of NSOC")
//       .Run(*connection)
//
// A builder stands for one commit: it draws a random request id when it is made, so
// running it again after an error that left the outcome open (a lost connection, a
// deadline) cannot make the change twice. Copies share the id. Not thread-safe.
class Commit {
 public:
  Commit();

  // Changes, checked and made in this order.
  Commit& PutEntity(v1::Entity entity);
  Commit& PutEntity(const EntityBuilder& entity) { return PutEntity(entity.Build()); }
  Commit& PutStatement(v1::Statement statement);
  Commit& PutStatement(const StatementBuilder& statement) {
    return PutStatement(statement.Build());
  }
  // Ends a statement; history keeps it.
  Commit& Retract(absl::string_view statement_id);
  // Removes an entity that no statement names any more.
  Commit& Delete(absl::string_view entity_id);
  // Removes an entity and every statement about it, to it or sourced from it.
  Commit& DeleteWithStatements(absl::string_view entity_id);

  // Makes `from` one with `into`: its statements become statements of `into`, and reads
  // of its id are led there.
  Commit& Merge(absl::string_view from, absl::string_view into);
  // Takes the merge back with which this entity went.
  Commit& Unmerge(absl::string_view entity_id);

  // What must hold, see precondition.h; otherwise nothing is done and the error is
  // PRECONDITION_FAILED at preconditions[i], in the order of these calls.
  Commit& If(v1::Precondition precondition);

  // Who makes the change; kept with the revision. Nothing proves it.
  Commit& Actor(absl::string_view name);
  // Why; kept with the revision.
  Commit& Message(absl::string_view message);
  // A request id of your own, for a retry that must survive a restart of the program.
  Commit& RequestId(absl::string_view id);
  // Check everything and change nothing: the answer lists all problems.
  Commit& ValidateOnly();

  const v1::CommitRequest& Build() const { return request_; }

  // Commits. An answer means that the changes are on disk, or, with ValidateOnly,
  // what its `problems` say.
  absl::StatusOr<v1::CommitResponse> Run(Connection& connection) const;

 private:
  v1::CommitRequest request_;
};

}  // namespace labgraph::client

#endif  // LABGRAPH_COMMIT_H_
