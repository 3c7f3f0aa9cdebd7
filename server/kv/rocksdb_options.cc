#include "server/kv/rocksdb_options.h"

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <memory>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "rocksdb/cache.h"
#include "rocksdb/convenience.h"
#include "rocksdb/env.h"
#include "rocksdb/filter_policy.h"
#include "rocksdb/listener.h"
#include "rocksdb/table.h"
#include "server/base/log.h"

namespace labgraph::kv {
namespace {

// RocksDB's warnings and errors in the server's log. A log file of RocksDB's own would
// fail on a full disk as well, and a second line to it after that ends the process.
class ServerLog final : public rocksdb::Logger {
 public:
  ServerLog() : rocksdb::Logger(rocksdb::InfoLogLevel::WARN_LEVEL) {}
  using rocksdb::Logger::Logv;
  void Logv(const char* format, va_list arguments) override {
    char line[1024];
    std::vsnprintf(line, sizeof(line), format, arguments);
    // Said of the first ingested file: they have none that the manifest could know.
    if (absl::StrContains(line, "without unique ID to verify")) return;
    // Said at every backup, which needs the files for longer than RocksDB itself does.
    if (absl::StrContains(line, "File Deletions ")) return;
    Log(LogLevel::kWarning,
        absl::StrCat("rocksdb: ", absl::StripTrailingAsciiWhitespace(line)));
  }
};

// Keeps RocksDB from taking up writing again by itself after an error.
class NoRecovery final : public rocksdb::EventListener {
 public:
  void OnErrorRecoveryBegin(rocksdb::BackgroundErrorReason reason, rocksdb::Status error,
                            bool* auto_recovery) override {
    *auto_recovery = false;
  }
};

rocksdb::CompressionType Compression() {
  const auto supported = rocksdb::GetSupportedCompressions();
  for (const auto type : {rocksdb::kLZ4Compression, rocksdb::kZSTD}) {
    if (absl::c_linear_search(supported, type)) return type;
  }
  return rocksdb::kNoCompression;
}

}  // namespace

rocksdb::DBOptions DbOptions(const RocksDbOptions& options) {
  rocksdb::DBOptions db;
  db.create_if_missing = options.create_if_missing;
  db.create_missing_column_families = true;
  db.max_open_files = options.max_open_files;
  db.paranoid_checks = true;
  // The only mode that loses no synced batch: a torn end of the log is dropped, damage
  // before its end is an error. The default drops everything after the damage.
  db.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  db.max_bgerror_resume_count = 0;
  db.listeners.push_back(std::make_shared<NoRecovery>());
  db.db_write_buffer_size = options.write_buffer_bytes;
  // Bounds the log that is replayed at start where some keyspaces are hardly written.
  db.max_total_wal_size = 2 * options.write_buffer_bytes;
  // Each change of the files begins a new manifest from the files there are, so that keys
  // of former ones do not stay in it (see Purge). It is some 200 bytes a file.
  db.max_manifest_file_size = 1;
  db.bytes_per_sync = 1 << 20;  // evens out the load of flushes and compactions
  db.info_log = std::make_shared<ServerLog>();
  db.stats_dump_period_sec = 0;  // pages of text for each keyspace
  return db;
}

std::vector<rocksdb::ColumnFamilyOptions> FamilyOptions(const RocksDbOptions& options,
                                                        size_t keyspaces) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = rocksdb::NewLRUCache(options.cache_bytes);
  table.format_version = 5;
  table.checksum = rocksdb::kXXH3;
  // Inside the cache's bound, and not the first to leave it.
  table.cache_index_and_filter_blocks = true;
  table.cache_index_and_filter_blocks_with_high_priority = true;
  table.pin_l0_filter_and_index_blocks_in_cache = true;
  rocksdb::BlockBasedTableOptions filtered = table;
  filtered.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  filtered.whole_key_filtering = true;
  rocksdb::ColumnFamilyOptions family;
  family.write_buffer_size = std::max<size_t>(options.write_buffer_bytes / 4, 1 << 20);
  family.compression = Compression();
  family.level_compaction_dynamic_level_bytes = true;
  // Ingested files come in few and large: reading through some more of them costs less
  // than merging them with all there is each time.
  family.level0_file_num_compaction_trigger = 8;
  family.level0_slowdown_writes_trigger = 24;
  family.level0_stop_writes_trigger = 40;
  std::vector<rocksdb::ColumnFamilyOptions> families(keyspaces, family);
  for (size_t keyspace = 0; keyspace < keyspaces; ++keyspace) {
    const bool filter = absl::c_linear_search(options.filtered, keyspace);
    families[keyspace].table_factory.reset(
        rocksdb::NewBlockBasedTableFactory(filter ? filtered : table));
  }
  return families;
}

}  // namespace labgraph::kv
