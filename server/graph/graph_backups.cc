#include "server/graph/graph_backups.h"

#include <utility>

#include "absl/time/time.h"
#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/graph/content_hash.h"
#include "server/graph/meta.h"
#include "server/keys/keyspaces.h"
#include "server/keys/rows.h"

namespace labgraph::graph {
namespace {

// What the directory of backups is to know of one, as an encoded v1::Backup.
absl::StatusOr<std::string> Describe(const kv::Snapshot& snapshot) {
  v1::Backup backup;
  ASSIGN_OR_RETURN(*backup.mutable_store_id(), ReadMeta(snapshot, keys::kMetaStoreId));
  ASSIGN_OR_RETURN(const std::string bytes, ReadMeta(snapshot, keys::kMetaState));
  keys::State state;
  if (!keys::State::Decode(bytes, &state)) {
    return errors::StorageCorrupt("meta/state", "the counters cannot be decoded.");
  }
  backup.set_revision(state.head);
  return backup.SerializeAsString();
}

v1::Backup ToProto(const kv::BackupInfo& info) {
  v1::Backup backup;
  backup.ParseFromString(info.description);  // of another program: stays empty
  backup.set_id(info.id);
  backup.mutable_time()->set_seconds(absl::ToUnixSeconds(info.time));
  backup.set_bytes(info.bytes);
  backup.set_files(info.files);
  return backup;
}

}  // namespace

absl::StatusOr<v1::Backup> GraphBackups::Create() {
  ASSIGN_OR_RETURN(const kv::BackupInfo made, backups_->Create(*store_, Describe));
  return ToProto(made);
}

std::vector<v1::Backup> GraphBackups::List() const {
  std::vector<v1::Backup> backups;
  for (const kv::BackupInfo& info : backups_->List()) backups.push_back(ToProto(info));
  return backups;
}

absl::StatusOr<v1::VerifyBackupResponse> GraphBackups::Verify(uint32_t id) const {
  ASSIGN_OR_RETURN(const absl::optional<kv::BackupInfo> info, backups_->Verify(id));
  if (!info.has_value()) return errors::BackupNotFound(id);
  ASSIGN_OR_RETURN(const std::shared_ptr<const kv::Snapshot> content,
                   backups_->Open(id, keys::Names()));
  if (content == nullptr) return errors::BackupNotFound(id);
  v1::VerifyBackupResponse response;
  *response.mutable_backup() = ToProto(*info);
  ASSIGN_OR_RETURN(*response.mutable_content_hash(), ContentHash(*content));
  return response;
}

absl::Status GraphBackups::Delete(uint32_t id) {
  ASSIGN_OR_RETURN(const bool deleted, backups_->Delete(id));
  return deleted ? absl::OkStatus() : errors::BackupNotFound(id);
}

}  // namespace labgraph::graph
