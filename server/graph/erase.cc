#include "server/graph/erase.h"

#include <algorithm>

#include "absl/time/time.h"
#include "server/base/error.h"
#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/base/timestamp.h"
#include "server/graph/commit_attempt.h"
#include "server/graph/eraser.h"
#include "server/graph/record_checks.h"
#include "server/schema/checks.h"

namespace labgraph::graph {

absl::Status EraseInGroup(const v1::EraseRequest& request, CommitGroup& group,
                          v1::EraseResponse* response) {
  RETURN_IF_ERROR(CheckProvenance(request.message(), request.actor()));
  CommitAttempt attempt(&group, group.ontology);
  v1::Tombstone tombstone;
  tombstone.set_revision(attempt.draft().revision());
  tombstone.set_actor(request.actor());
  tombstone.set_message(request.message());
  const int64_t now =
      std::max(group.state.head_time_ns, absl::ToUnixNanos(group.clock->Now()));
  SetUnixNanos(now, tombstone.mutable_time());
  Eraser eraser(&attempt.draft(), group.oldest, std::move(tombstone));
  switch (request.record_case()) {
    case v1::EraseRequest::kEntity:
      RETURN_IF_ERROR(eraser.EraseEntity(request.entity(), request.cascade()));
      // The writer must not remember the number of an id that is gone.
      group.numbers->Clear();
      break;
    case v1::EraseRequest::kStatement:
      RETURN_IF_ERROR(schema::CheckStatementId(request.statement(), "statement"));
      RETURN_IF_ERROR(eraser.EraseStatement(request.statement()));
      break;
    case v1::EraseRequest::RECORD_NOT_SET:
      return errors::FieldRequired("statement");
  }
  attempt.Finish(request.message(), request.actor());
  attempt.Keep();
  response->set_revision(eraser.revision());
  response->set_records(eraser.records());
  response->set_versions(eraser.versions());
  return absl::OkStatus();
}

}  // namespace labgraph::graph
