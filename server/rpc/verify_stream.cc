#include "server/rpc/verify_stream.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"
#include "server/graph/content_hash.h"
#include "server/graph/stoppable_reader.h"
#include "server/graph/verify.h"
#include "server/rpc/cancel_at.h"

namespace labgraph::rpc {

absl::Status StreamVerification(const graph::Head& head, const graph::EntityIndex* index,
                                const v1::VerifyStoreRequest& request, const Call& call,
                                grpc::ServerWriter<v1::VerifyStoreResponse>* writer) {
  graph::VerifyOptions options;
  options.limit = request.limit() == 0 ? limits::kDefaultFindings : request.limit();
  options.replay = !request.skip_replay();
  v1::VerifyStoreResponse message;
  message.set_revision(head.state.head);
  const auto send = [&] {
    const CancelAt limit(call.context(),
                         absl::Now() + absl::Seconds(limits::kDeadlineSeconds.value));
    return writer->Write(message) ? absl::OkStatus() : errors::Cancelled();
  };
  options.progress = [&](const graph::VerifyProgress& progress) {
    message.set_check(progress.check);
    message.set_checks_done(static_cast<uint32_t>(progress.done));
    message.set_checks(static_cast<uint32_t>(progress.checks));
    message.clear_findings();
    for (const graph::Finding& finding : progress.findings) {
      v1::Finding* out = message.add_findings();
      out->set_invariant(finding.invariant);
      out->set_subject(finding.subject);
      out->set_problem(finding.problem);
    }
    return send();
  };
  const graph::StoppableReader reader(head.snapshot.get(),
                                      [&call] { return call.context()->IsCancelled(); });
  RETURN_IF_ERROR(graph::VerifyStore(reader, index, options).status());
  ASSIGN_OR_RETURN(*message.mutable_content_hash(), graph::ContentHash(reader));
  message.clear_findings();
  message.clear_check();
  message.set_done(true);
  return send();
}

}  // namespace labgraph::rpc
