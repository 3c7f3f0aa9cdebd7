#ifndef LABGRAPH_SERVER_KV_ROCKSDB_TYPES_H_
#define LABGRAPH_SERVER_KV_ROCKSDB_TYPES_H_

// What the RocksDB files share. Private to them.

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "rocksdb/db.h"
#include "rocksdb/slice.h"
#include "rocksdb/status.h"

namespace labgraph::kv {

// A column family and the name by which errors call it.
struct Family {
  absl::string_view name;
  rocksdb::ColumnFamilyHandle* handle;
};

// The one place where a RocksDB error becomes ours. `where` is the file, directory or
// keyspace at fault as far as the caller knows; the text of RocksDB names the file.
// `advice`: what to do, or empty.
absl::Status ToStatus(const rocksdb::Status& status, absl::string_view where,
                      absl::string_view advice);

// As ToStatus, of a batch: after its failure the store takes no more of them.
absl::Status ToWriteStatus(const rocksdb::Status& status, absl::string_view where);

inline rocksdb::Slice ToSlice(absl::string_view bytes) {
  return {bytes.data(), bytes.size()};
}
inline absl::string_view ToView(rocksdb::Slice bytes) {
  return {bytes.data(), bytes.size()};
}

}  // namespace labgraph::kv

#endif  // LABGRAPH_SERVER_KV_ROCKSDB_TYPES_H_
