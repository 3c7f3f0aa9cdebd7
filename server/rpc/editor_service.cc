#include "server/rpc/editor_service.h"

#include "absl/strings/str_cat.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"
#include "server/rpc/call.h"

namespace labgraph::rpc {
namespace {

// A call that is refused at once.
class RefusedCall final
    : public grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  explicit RefusedCall(const absl::Status& status) { Finish(Conclude("Import", status)); }
  void OnDone() override { delete this; }
};

}  // namespace

grpc::ServerUnaryReactor* EditorService::Commit(grpc::CallbackServerContext* context,
                                                const v1::CommitRequest* request,
                                                v1::CommitResponse* response) {
  grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
  const auto finish = [reactor](const absl::Status& status) {
    reactor->Finish(Conclude("Commit", status));
  };
  absl::Status begun = Call(context).Check();
  begun.Update(CheckRequestBytes(request->ByteSizeLong()));
  if (begun.ok()) {
    graph_->StartCommit(request, response, finish);
  } else {
    finish(begun);
  }
  return reactor;
}

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* EditorService::Import(
    grpc::CallbackServerContext* context) {
  if (++imports_ > limits::kImports.value) {
    --imports_;
    return new RefusedCall(
        errors::Busy(absl::StrCat("There are ", limits::kImports.value,
                                  " imports already; try again when one has ended.")));
  }
  return ImportCall::Start(context, graph_, &imports_, import_idle_);
}

grpc::Status EditorService::ApplySchema(grpc::ServerContext* context,
                                        const v1::ApplySchemaRequest* request,
                                        v1::ApplySchemaResponse* response) {
  return Serve(context, *request, "ApplySchema", [&](const Call&) -> absl::Status {
    ASSIGN_OR_RETURN(*response, graph_->ApplySchema(*request));
    return absl::OkStatus();
  });
}

}  // namespace labgraph::rpc
