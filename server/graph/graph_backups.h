#ifndef LABGRAPH_SERVER_GRAPH_GRAPH_BACKUPS_H_
#define LABGRAPH_SERVER_GRAPH_GRAPH_BACKUPS_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "labgraph/v1/admin_service.pb.h"
#include "server/kv/backups.h"
#include "server/kv/store.h"

namespace labgraph::graph {

// Backups of a graph's store. Thread-safe as kv::Backups is.
class GraphBackups {
 public:
  // `store` must outlive this.
  GraphBackups(kv::Store* store, std::unique_ptr<kv::Backups> backups)
      : store_(store), backups_(std::move(backups)) {}

  // See AdminService; errors: those of its methods with these names.
  absl::StatusOr<v1::Backup> Create();
  std::vector<v1::Backup> List() const;
  absl::StatusOr<v1::VerifyBackupResponse> Verify(uint32_t id) const;
  absl::Status Delete(uint32_t id);

 private:
  kv::Store* const store_;
  const std::unique_ptr<kv::Backups> backups_;
};

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_GRAPH_BACKUPS_H_
