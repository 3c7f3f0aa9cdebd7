#ifndef LABGRAPH_SERVER_KV_ROCKSDB_STORE_H_
#define LABGRAPH_SERVER_KV_ROCKSDB_STORE_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "server/kv/store.h"

namespace labgraph::kv {

struct RocksDbOptions {
  std::string path;  // of the data directory
  // Make a new database where there is none. The directory is made too, its parent is
  // not.
  bool create_if_missing = true;
  // Keyspaces in which absent keys are looked up: they get filters, which save the reads.
  std::vector<Keyspace> filtered = {};
  size_t cache_bytes = 256 << 20;         // for blocks, indexes and filters together
  size_t write_buffer_bytes = 128 << 20;  // of all keyspaces together
  int max_open_files = 512;
  // Batches of more bytes than this are ingested as sorted files.
  size_t ingest_bytes = 4 << 20;
};

// Opens the store on disk in which keyspace i is called keyspace_names[i]. Keyspaces that
// the database doesn't have yet are added to it. A database is known as labgraph's by its
// first keyspace; nothing is ever written into a directory of something else.
//
// Errors, each saying what to do: STORAGE_FAILED where the path is a file, lacks rights,
// holds something else or an interrupted restore, is in use by another process, or is
// absent and may not be made; STORAGE_CORRUPT where files are damaged or missing, which
// includes a log or manifest without the end that it once had.
// REQUIRES: keyspace_names is not empty and its strings outlive the store.
absl::StatusOr<std::unique_ptr<Store>> OpenRocksDb(
    const RocksDbOptions& options, absl::Span<const char* const> keyspace_names);

}  // namespace labgraph::kv

#endif  // LABGRAPH_SERVER_KV_ROCKSDB_STORE_H_
