#ifndef LABGRAPH_SERVER_KV_ROCKSDB_DAMAGE_H_
#define LABGRAPH_SERVER_KV_ROCKSDB_DAMAGE_H_

// Which file it was. Private to the RocksDB files.

#include <string>

#include "rocksdb/env.h"
#include "rocksdb/status.h"

namespace labgraph::kv {

// `status`, which opening or reading the database in `directory` gave. Of damage to a
// table's own description RocksDB does not say which table it is: all are opened then, to
// name it.
rocksdb::Status NameDamagedTable(rocksdb::Env* env, const std::string& directory,
                                 const rocksdb::Status& status);

}  // namespace labgraph::kv

#endif  // LABGRAPH_SERVER_KV_ROCKSDB_DAMAGE_H_
