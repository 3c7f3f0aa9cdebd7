#include "server/kv/rocksdb_types.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "server/base/errors.h"

namespace labgraph::kv {

absl::Status ToStatus(const rocksdb::Status& status, absl::string_view where,
                      absl::string_view advice) {
  if (status.ok()) return absl::OkStatus();
  // Of a table that is gone RocksDB names the last thing that it looked for.
  const std::string found = absl::StrReplaceAll(status.ToString(), {{".ldb:", ".sst:"}});
  const std::string text = absl::StrCat(found, advice.empty() ? "" : ". ", advice);
  // A file that should be there and isn't is damage: trying again won't help.
  if (status.IsCorruption() || status.IsPathNotFound()) {
    return errors::StorageCorrupt(where, absl::StrCat("\"", where, "\": ", text));
  }
  return errors::StorageFailed(absl::StrCat("\"", where, "\": ", text));
}

absl::Status ToWriteStatus(const rocksdb::Status& status, absl::string_view where) {
  return ToStatus(status, where,
                  "The write failed and the store takes no more of them; reads go on. "
                  "Make room or mend the disk, then restart the server");
}

}  // namespace labgraph::kv
