#include "server/rpc/editor_service.h"

#include <utility>

#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/rpc/call.h"

namespace labgraph::rpc {
namespace {

// The fate of one part, counted by outcome.
v1::ImportResponse Summarize(const v1::CommitResponse& committed, uint64_t parts) {
  v1::ImportResponse response;
  response.set_parts(parts);
  response.set_revision(committed.revision());
  for (const v1::MutationResult& result : committed.results()) {
    switch (result.outcome()) {
      case v1::OUTCOME_CREATED:
        response.set_created(response.created() + 1);
        break;
      case v1::OUTCOME_UPDATED:
        response.set_updated(response.updated() + 1);
        break;
      case v1::OUTCOME_RETRACTED:
        response.set_retracted(response.retracted() + 1);
        break;
      default:
        response.set_unchanged(response.unchanged() + 1);
    }
  }
  return response;
}

}  // namespace

grpc::Status EditorService::Commit(grpc::ServerContext* context,
                                   const v1::CommitRequest* request,
                                   v1::CommitResponse* response) {
  return Serve(context, "Commit", [&](const Call&) -> absl::Status {
    ASSIGN_OR_RETURN(*response, graph_->Commit(*request));
    return absl::OkStatus();
  });
}

grpc::Status EditorService::Import(
    grpc::ServerContext* context,
    grpc::ServerReaderWriter<v1::ImportResponse, v1::ImportRequest>* stream) {
  return Serve(context, "Import", [&](const Call&) -> absl::Status {
    v1::ImportRequest request;
    // The limit on a call's time is for answers; an import takes as long as its caller
    // lets it, and a caller that is gone ends it.
    for (uint64_t parts = 1; stream->Read(&request); ++parts) {
      if (context->IsCancelled()) return errors::Cancelled();
      v1::CommitRequest part;
      part.mutable_mutations()->Swap(request.mutable_mutations());
      part.set_message(request.message());
      ASSIGN_OR_RETURN(const v1::CommitResponse committed, graph_->Commit(part));
      if (!stream->Write(Summarize(committed, parts))) return errors::Cancelled();
    }
    return absl::OkStatus();
  });
}

grpc::Status EditorService::ApplySchema(grpc::ServerContext* context,
                                        const v1::ApplySchemaRequest* request,
                                        v1::ApplySchemaResponse* response) {
  return Serve(context, "ApplySchema", [&](const Call&) -> absl::Status {
    ASSIGN_OR_RETURN(*response, graph_->ApplySchema(*request));
    return absl::OkStatus();
  });
}

}  // namespace labgraph::rpc
