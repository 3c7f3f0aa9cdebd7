#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "bench/require.h"
#include "bench/rows/rows.h"
#include "rocksdb/db.h"
#include "rocksdb/utilities/options_util.h"
#include "server/kv/synced_files.h"

namespace labgraph::bench {
namespace {

void RequireOk(const rocksdb::Status& status) {
  if (!status.ok()) Require(absl::UnavailableError(status.ToString()));
}

// Rewrites all files of the store with the options it was written with. Gives what its
// keyspaces take, the larger ones, by statement.
std::string Compact(const Subject& subject) {
  rocksdb::DBOptions options;
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  RequireOk(rocksdb::LoadLatestOptions({}, subject.data, &options, &families));
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* opened = nullptr;
  RequireOk(rocksdb::DB::Open(options, subject.data, families, &handles, &opened));
  const std::unique_ptr<rocksdb::DB> db(opened);
  rocksdb::CompactRangeOptions all;
  all.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
  std::string sizes;
  for (rocksdb::ColumnFamilyHandle* handle : handles) {
    RequireOk(db->CompactRange(all, handle, nullptr, nullptr));
    rocksdb::ColumnFamilyMetaData meta;
    db->GetColumnFamilyMetaData(handle, &meta);
    const uint64_t bytes = meta.size / subject.graph.edges.size();
    if (bytes == 0) continue;
    absl::StrAppend(&sizes, sizes.empty() ? "" : ", ", meta.name, " ", bytes);
  }
  for (rocksdb::ColumnFamilyHandle* handle : handles) {
    RequireOk(db->DestroyColumnFamilyHandle(handle));
  }
  RequireOk(db->Close());
  // It speaks of the logs that were just replaced behind the store's back.
  std::filesystem::remove(std::filesystem::path(subject.data) / kv::kSyncedFile);
  return sizes;
}

uint64_t BytesIn(const std::string& directory) {
  uint64_t bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
    if (entry.is_regular_file()) bytes += entry.file_size();
  }
  return bytes;
}

}  // namespace

void MeasureDisk(const Bench& bench, const Subject& subject) {
  const std::string sizes = Compact(subject);
  if (!bench.options.Wants("11")) return;
  const double statements = static_cast<double>(subject.graph.edges.size());
  bench.report.AddValues({"11", "disk of a statement after compaction", subject.name,
                          "bytes", Goal::AtMost(150), sizes},
                         {static_cast<double>(BytesIn(subject.data)) / statements});
}

}  // namespace labgraph::bench
