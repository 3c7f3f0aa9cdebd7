#include "server/graph/compact_history.h"

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/graph/change_log.h"
#include "server/keys/change_row.h"
#include "server/keys/codec.h"
#include "server/keys/keyspaces.h"

namespace labgraph::graph {
namespace {

// Rows in one batch: enough to be quick, few enough that commits beside it hardly wait.
constexpr size_t kBatchRows = 10000;

// Collects changes and writes them in batches.
class BatchWriter {
 public:
  explicit BatchWriter(absl::FunctionRef<absl::Status(const kv::Batch&)> write)
      : write_(write) {}

  absl::Status Put(kv::Keyspace keyspace, absl::string_view key,
                   absl::string_view value) {
    batch_.Put(keyspace, key, value);
    return FlushIfFull();
  }
  absl::Status Delete(kv::Keyspace keyspace, absl::string_view key) {
    batch_.Delete(keyspace, key);
    return FlushIfFull();
  }
  absl::Status Flush() {
    if (batch_.empty()) return absl::OkStatus();
    const kv::Batch full = std::move(batch_);
    batch_ = kv::Batch();
    return write_(full);
  }

 private:
  absl::Status FlushIfFull() {
    return batch_.operations().size() < kBatchRows ? absl::OkStatus() : Flush();
  }

  const absl::FunctionRef<absl::Status(const kv::Batch&)> write_;
  kv::Batch batch_;
};

absl::StatusOr<uint64_t> RemovePast(keys::Revision oldest, const kv::Reader& reader,
                                    BatchWriter& writer) {
  uint64_t removed = 0;
  const std::unique_ptr<kv::Cursor> past = reader.NewCursor(keys::kPast);
  for (past->Seek(""); past->Valid(); past->Next()) {
    if (past->key().size() < sizeof(keys::Revision) ||
        keys::LastBe64(past->key()) > oldest) {
      continue;
    }
    RETURN_IF_ERROR(writer.Delete(keys::kPast, past->key()));
    ++removed;
  }
  RETURN_IF_ERROR(past->status());
  return removed;
}

absl::Status RemoveEvents(keys::Revision oldest, const kv::Reader& reader,
                          BatchWriter& writer) {
  const std::unique_ptr<kv::Cursor> changes = reader.NewCursor(keys::kChange);
  const std::string end = keys::ChangeKey(oldest);
  for (changes->Seek(""); changes->Valid() && changes->key() <= end; changes->Next()) {
    keys::ChangeRow row;
    if (!keys::ChangeRow::Decode(changes->value(), &row)) {
      return errors::StorageCorrupt(
          absl::StrCat("change/", keys::LastBe64(changes->key())),
          "it cannot be decoded.");
    }
    const std::string kept = WithoutEvents(row);
    if (kept == changes->value()) continue;
    RETURN_IF_ERROR(writer.Put(keys::kChange, changes->key(), kept));
  }
  return changes->status();
}

}  // namespace

absl::StatusOr<keys::Revision> ReadOldest(const kv::Reader& reader) {
  ASSIGN_OR_RETURN(const absl::optional<std::string> bytes,
                   reader.Get(keys::kMeta, keys::kMetaOldest));
  if (!bytes.has_value()) return 0;
  keys::Decoder decoder(*bytes);
  const keys::Revision oldest = decoder.Varint();
  if (!decoder.ok()) {
    return errors::StorageCorrupt("meta/oldest", "it cannot be decoded.");
  }
  return oldest;
}

void WriteOldest(keys::Revision oldest, WriteBuffer& buffer) {
  std::string bytes;
  keys::AppendVarint(oldest, &bytes);
  buffer.Put(keys::kMeta, keys::kMetaOldest, bytes);
}

absl::StatusOr<uint64_t> RemoveHistory(
    keys::Revision oldest, const kv::Reader& reader,
    absl::FunctionRef<absl::Status(const kv::Batch&)> write) {
  BatchWriter writer(write);
  ASSIGN_OR_RETURN(const uint64_t removed, RemovePast(oldest, reader, writer));
  RETURN_IF_ERROR(RemoveEvents(oldest, reader, writer));
  RETURN_IF_ERROR(writer.Flush());
  return removed;
}

}  // namespace labgraph::graph
