#include "server/app/restore.h"

#include "server/app/store_options.h"
#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/graph/epoch.h"
#include "server/keys/keyspaces.h"
#include "server/kv/backups.h"

namespace labgraph::app {

absl::Status Restore(const Options& options) {
  ASSIGN_OR_RETURN(
      const bool restored,
      kv::RestoreBackup(options.backup_dir, options.restore, StoreOptions(options),
                        keys::Names(), graph::BeginNewEpoch));
  return restored ? absl::OkStatus() : errors::BackupNotFound(options.restore);
}

}  // namespace labgraph::app
