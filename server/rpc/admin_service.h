#ifndef LABGRAPH_SERVER_RPC_ADMIN_SERVICE_H_
#define LABGRAPH_SERVER_RPC_ADMIN_SERVICE_H_

#include "absl/base/thread_annotations.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "labgraph/v1/admin_service.grpc.pb.h"
#include "server/graph/entity_index.h"
#include "server/graph/graph.h"
#include "server/graph/graph_backups.h"

namespace labgraph::rpc {

// labgraph.v1.AdminService over a graph. What changes the store or its backups, and
// VerifyStore, run one at a time: one more is BUSY. Thread-safe.
class AdminService final : public v1::AdminService::Service {
 public:
  // `index` is the one that the graph is written with. `backups` is null where there are
  // none. All must outlive the service.
  AdminService(graph::Graph* graph, const graph::EntityIndex* index,
               graph::GraphBackups* backups)
      : graph_(graph), index_(index), backups_(backups) {}

  grpc::Status CreateBackup(grpc::ServerContext* context,
                            const v1::CreateBackupRequest* request,
                            v1::CreateBackupResponse* response) override;
  grpc::Status ListBackups(grpc::ServerContext* context,
                           const v1::ListBackupsRequest* request,
                           v1::ListBackupsResponse* response) override;
  grpc::Status VerifyBackup(grpc::ServerContext* context,
                            const v1::VerifyBackupRequest* request,
                            v1::VerifyBackupResponse* response) override;
  grpc::Status DeleteBackup(grpc::ServerContext* context,
                            const v1::DeleteBackupRequest* request,
                            v1::DeleteBackupResponse* response) override;
  grpc::Status VerifyStore(grpc::ServerContext* context,
                           const v1::VerifyStoreRequest* request,
                           grpc::ServerWriter<v1::VerifyStoreResponse>* writer) override;
  grpc::Status CompactHistory(grpc::ServerContext* context,
                              const v1::CompactHistoryRequest* request,
                              v1::CompactHistoryResponse* response) override;
  grpc::Status Erase(grpc::ServerContext* context, const v1::EraseRequest* request,
                     v1::EraseResponse* response) override;

 private:
  // Runs `work`, unless another runs: BUSY.
  absl::Status Alone(absl::FunctionRef<absl::Status()> work);
  // BACKUPS_OFF where there are none.
  absl::Status CheckBackups() const;

  graph::Graph* const graph_;
  const graph::EntityIndex* const index_;
  graph::GraphBackups* const backups_;
  absl::Mutex running_;
};

}  // namespace labgraph::rpc

#endif  // LABGRAPH_SERVER_RPC_ADMIN_SERVICE_H_
