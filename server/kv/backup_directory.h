#ifndef LABGRAPH_SERVER_KV_BACKUP_DIRECTORY_H_
#define LABGRAPH_SERVER_KV_BACKUP_DIRECTORY_H_

#include <string>

#include "absl/status/status.h"

namespace labgraph::kv {

// Refuses with STORAGE_FAILED a path that can't become or isn't a directory of backups: a
// file, one whose parent is absent, one that lacks rights or holds something else. Looks
// without writing. `must_exist`: an absent one is refused too.
absl::Status CheckBackupDirectory(const std::string& path, bool must_exist);

}  // namespace labgraph::kv

#endif  // LABGRAPH_SERVER_KV_BACKUP_DIRECTORY_H_
