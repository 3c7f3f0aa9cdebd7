#ifndef LABGRAPH_SERVER_KV_ROCKSDB_PURGE_H_
#define LABGRAPH_SERVER_KV_ROCKSDB_PURGE_H_

// Removing from the disk what is no longer in the store. Private to the RocksDB files.

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "rocksdb/types.h"
#include "server/kv/rocksdb_database.h"
#include "server/kv/store.h"

namespace labgraph::kv {

// As Store::Purge; `since` is the number of the last change in the snapshot.
//
// Deleted rows stay in four places. In memory and the log: memory is written out, after
// which the log that held them is of no use. In table files: the keyspaces are rewritten
// down to the last level. In the manifest, which tells the first and last key of every
// file there ever was: DbOptions has each change begin a new one, from the files there
// are, and one more change comes last.
absl::StatusOr<bool> PurgeDatabase(const Database& database,
                                   absl::Span<const Keyspace> keyspaces,
                                   rocksdb::SequenceNumber since);

}  // namespace labgraph::kv

#endif  // LABGRAPH_SERVER_KV_ROCKSDB_PURGE_H_
