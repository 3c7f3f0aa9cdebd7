#include "server/kv/rocksdb_snapshot.h"

#include <cassert>

#include "server/kv/rocksdb_damage.h"

namespace labgraph::kv {
namespace {

absl::Status ReadStatus(rocksdb::DB& db, const rocksdb::Status& status,
                        const Family& family) {
  if (status.ok()) return absl::OkStatus();
  return ToStatus(NameDamagedTable(db.GetEnv(), db.GetName(), status), family.name, "");
}

class RocksDbCursor final : public Cursor {
 public:
  RocksDbCursor(rocksdb::DB& db, const rocksdb::ReadOptions& options,
                const Family& family)
      : db_(db), iterator_(db.NewIterator(options, family.handle)), family_(family) {}

  void Seek(absl::string_view key) override { iterator_->Seek(ToSlice(key)); }
  void SeekForPrev(absl::string_view key) override {
    iterator_->SeekForPrev(ToSlice(key));
  }
  void Next() override { iterator_->Next(); }
  void Prev() override { iterator_->Prev(); }

  bool Valid() const override { return iterator_->Valid(); }
  absl::Status status() const override {
    return ReadStatus(db_, iterator_->status(), family_);
  }

  absl::string_view key() const override { return ToView(iterator_->key()); }
  absl::string_view value() const override { return ToView(iterator_->value()); }

 private:
  rocksdb::DB& db_;
  const std::unique_ptr<rocksdb::Iterator> iterator_;
  const Family& family_;
};

}  // namespace

RocksDbSnapshot::RocksDbSnapshot(rocksdb::DB* db, absl::Span<const Family> families)
    : db_(db), families_(families), snapshot_(db) {
  options_.snapshot = snapshot_.snapshot();
  options_.verify_checksums = true;
  // There are none. Looking for them, RocksDB 7.8 passes over a table below the first
  // level whose beginning cannot be read, and says nothing.
  options_.ignore_range_deletions = true;
}

absl::StatusOr<absl::optional<std::string>> RocksDbSnapshot::Get(
    Keyspace keyspace, absl::string_view key) const {
  assert(keyspace < families_.size());
  const Family& family = families_[keyspace];
  std::string value;
  const rocksdb::Status status = db_->Get(options_, family.handle, ToSlice(key), &value);
  if (status.ok()) return value;
  // A missing file is an error, not a missing key.
  if (status.IsNotFound() && !status.IsPathNotFound()) return absl::nullopt;
  return ReadStatus(*db_, status, family);
}

std::unique_ptr<Cursor> RocksDbSnapshot::NewCursor(Keyspace keyspace) const {
  assert(keyspace < families_.size());
  return std::make_unique<RocksDbCursor>(*db_, options_, families_[keyspace]);
}

}  // namespace labgraph::kv
