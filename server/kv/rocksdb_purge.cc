#include "server/kv/rocksdb_purge.h"

#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "rocksdb/db.h"
#include "rocksdb/env.h"
#include "rocksdb/metadata.h"
#include "rocksdb/options.h"
#include "server/base/failpoint.h"
#include "server/base/status_macros.h"
#include "server/kv/synced_files.h"

namespace labgraph::kv {
namespace {

constexpr char kAdvice[] = "Make room or mend the disk, restart the server, then repeat";

// One purge of a database.
class Purge {
 public:
  explicit Purge(const Database& database) : database_(database), db_(database.db()) {}

  bool IsReadSinceBefore(rocksdb::SequenceNumber since) const {
    uint64_t oldest = 0;
    return db_->GetIntProperty(rocksdb::DB::Properties::kOldestSnapshotSequence,
                               &oldest) &&
           oldest < since;
  }

  // Remembers the files that must be gone in the end.
  absl::Status List() { return ListFiles(&before_); }

  absl::Status WriteMemoryOut() {
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    for (const Family& family : database_.families()) handles.push_back(family.handle);
    return Check(db_->Flush(rocksdb::FlushOptions(), handles));
  }

  absl::Status Rewrite(absl::Span<const Keyspace> keyspaces) {
    rocksdb::CompactRangeOptions options;
    options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
    for (const Keyspace keyspace : keyspaces) {
      RETURN_IF_ERROR(Check(db_->CompactRange(
          options, database_.families()[keyspace].handle, nullptr, nullptr)));
    }
    return absl::OkStatus();
  }

  // The manifest begun last starts with the files there were before its change.
  absl::Status BeginManifest() {
    rocksdb::WriteOptions options;
    options.sync = true;
    RETURN_IF_ERROR(Check(db_->Put(options, "purged", "")));
    return Check(db_->Flush(rocksdb::FlushOptions()));
  }

  // Whether none is left of those listed that may hold what is purged.
  absl::StatusOr<bool> RemoveFiles(absl::Span<const Keyspace> keyspaces) {
    // Turning deletions on deletes what is out of use, before it returns.
    RETURN_IF_ERROR(Check(db_->DisableFileDeletions()));
    RETURN_IF_ERROR(Check(db_->EnableFileDeletions(/*force=*/false)));
    std::set<std::string> left;
    RETURN_IF_ERROR(ListFiles(&left));
    const std::set<std::string> others = TablesOfOthers(keyspaces);
    for (const std::string& name : left) {
      if (before_.contains(name) && !others.contains(name)) return false;
    }
    return true;
  }

 private:
  absl::Status Check(const rocksdb::Status& status) const {
    return ToStatus(status, database_.path(), kAdvice);
  }

  // Tables, manifests, and logs with something in them.
  absl::Status ListFiles(std::set<std::string>* names) const {
    std::vector<rocksdb::Env::FileAttributes> files;
    RETURN_IF_ERROR(
        Check(db_->GetEnv()->GetChildrenFileAttributes(database_.path(), &files)));
    for (const rocksdb::Env::FileAttributes& file : files) {
      const bool holds_keys =
          absl::EndsWith(file.name, ".sst") || IsAppendedFile(file.name);
      if (holds_keys && file.size_bytes > 0) names->insert(file.name);
    }
    return absl::OkStatus();
  }

  std::set<std::string> TablesOfOthers(absl::Span<const Keyspace> keyspaces) const {
    std::set<absl::string_view> purged;
    for (const Keyspace keyspace : keyspaces) {
      purged.insert(database_.families()[keyspace].name);
    }
    std::vector<rocksdb::LiveFileMetaData> files;
    db_->GetLiveFilesMetaData(&files);
    std::set<std::string> names;
    for (const rocksdb::LiveFileMetaData& file : files) {
      if (!purged.contains(file.column_family_name)) {
        names.emplace(absl::StripPrefix(file.name, "/"));
      }
    }
    return names;
  }

  const Database& database_;
  rocksdb::DB* const db_;
  std::set<std::string> before_;
};

}  // namespace

absl::StatusOr<bool> PurgeDatabase(const Database& database,
                                   absl::Span<const Keyspace> keyspaces,
                                   rocksdb::SequenceNumber since) {
  Purge purge(database);
  if (purge.IsReadSinceBefore(since)) return false;
  RETURN_IF_ERROR(purge.List());
  RETURN_IF_ERROR(failpoint::Reach(Failpoint::kPurgeFlush));
  RETURN_IF_ERROR(purge.WriteMemoryOut());
  RETURN_IF_ERROR(failpoint::Reach(Failpoint::kPurgeCompact));
  RETURN_IF_ERROR(purge.Rewrite(keyspaces));
  RETURN_IF_ERROR(purge.BeginManifest());
  RETURN_IF_ERROR(failpoint::Reach(Failpoint::kPurgeRemove));
  return purge.RemoveFiles(keyspaces);
}

}  // namespace labgraph::kv
