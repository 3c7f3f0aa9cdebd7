#include "server/rpc/admin_service.h"

#include <memory>
#include <utility>

#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"
#include "server/rpc/call.h"
#include "server/rpc/verify_stream.h"

namespace labgraph::rpc {

absl::Status AdminService::Alone(absl::FunctionRef<absl::Status()> work) {
  if (!running_.TryLock()) {
    return errors::Busy(
        "Another call of AdminService runs; try again when it has ended.");
  }
  const absl::Status status = work();
  running_.Unlock();
  return status;
}

absl::Status AdminService::CheckBackups() const {
  return backups_ != nullptr ? absl::OkStatus() : errors::BackupsOff();
}

grpc::Status AdminService::CreateBackup(grpc::ServerContext* context,
                                        const v1::CreateBackupRequest* request,
                                        v1::CreateBackupResponse* response) {
  return Serve(context, *request, "CreateBackup", [&](const Call&) -> absl::Status {
    RETURN_IF_ERROR(CheckBackups());
    return Alone([&]() -> absl::Status {
      ASSIGN_OR_RETURN(*response->mutable_backup(), backups_->Create());
      return absl::OkStatus();
    });
  });
}

grpc::Status AdminService::ListBackups(grpc::ServerContext* context,
                                       const v1::ListBackupsRequest* request,
                                       v1::ListBackupsResponse* response) {
  return Serve(context, *request, "ListBackups", [&](const Call&) -> absl::Status {
    RETURN_IF_ERROR(CheckBackups());
    for (v1::Backup& backup : backups_->List()) {
      *response->add_backups() = std::move(backup);
    }
    return absl::OkStatus();
  });
}

grpc::Status AdminService::VerifyBackup(grpc::ServerContext* context,
                                        const v1::VerifyBackupRequest* request,
                                        v1::VerifyBackupResponse* response) {
  return Serve(context, *request, "VerifyBackup", [&](const Call&) -> absl::Status {
    RETURN_IF_ERROR(CheckBackups());
    if (request->id() == 0) return errors::FieldRequired("id");
    return Alone([&]() -> absl::Status {
      ASSIGN_OR_RETURN(*response, backups_->Verify(request->id()));
      return absl::OkStatus();
    });
  });
}

grpc::Status AdminService::DeleteBackup(grpc::ServerContext* context,
                                        const v1::DeleteBackupRequest* request,
                                        v1::DeleteBackupResponse*) {
  return Serve(context, *request, "DeleteBackup", [&](const Call&) -> absl::Status {
    RETURN_IF_ERROR(CheckBackups());
    if (request->id() == 0) return errors::FieldRequired("id");
    return Alone([&] { return backups_->Delete(request->id()); });
  });
}

grpc::Status AdminService::VerifyStore(
    grpc::ServerContext* context, const v1::VerifyStoreRequest* request,
    grpc::ServerWriter<v1::VerifyStoreResponse>* writer) {
  return Serve(context, *request, "VerifyStore", [&](const Call& call) -> absl::Status {
    if (request->limit() > limits::kProblems.value) {
      return errors::LimitExceeded("limit", limits::kProblems, request->limit());
    }
    return Alone([&] {
      return StreamVerification(*graph_->head(), index_, *request, call, writer);
    });
  });
}

grpc::Status AdminService::CompactHistory(grpc::ServerContext* context,
                                          const v1::CompactHistoryRequest* request,
                                          v1::CompactHistoryResponse* response) {
  return Serve(context, *request, "CompactHistory", [&](const Call&) -> absl::Status {
    return Alone([&]() -> absl::Status {
      ASSIGN_OR_RETURN(*response, graph_->CompactHistory(request->before()));
      return absl::OkStatus();
    });
  });
}

grpc::Status AdminService::Erase(grpc::ServerContext* context,
                                 const v1::EraseRequest* request,
                                 v1::EraseResponse* response) {
  return Serve(context, *request, "Erase", [&](const Call&) -> absl::Status {
    return Alone([&]() -> absl::Status {
      ASSIGN_OR_RETURN(*response, graph_->Erase(*request));
      return absl::OkStatus();
    });
  });
}

}  // namespace labgraph::rpc
