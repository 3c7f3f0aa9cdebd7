#ifndef LABGRAPH_SERVER_APP_RESTORE_H_
#define LABGRAPH_SERVER_APP_RESTORE_H_

#include "absl/status/status.h"
#include "server/app/options.h"

namespace labgraph::app {

// Restores backup `options.restore` of `options.backup_dir` into `options.data_dir`, and
// begins a new epoch there. Errors: BACKUP_NOT_FOUND; STORAGE_FAILED and STORAGE_CORRUPT
// as kv::RestoreBackup.
absl::Status Restore(const Options& options);

}  // namespace labgraph::app

#endif  // LABGRAPH_SERVER_APP_RESTORE_H_
