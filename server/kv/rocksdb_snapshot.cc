#include "server/kv/rocksdb_snapshot.h"

#include <cassert>

namespace labgraph::kv {
namespace {

class RocksDbCursor final : public Cursor {
 public:
  RocksDbCursor(rocksdb::Iterator* iterator, absl::string_view keyspace)
      : iterator_(iterator), keyspace_(keyspace) {}

  void Seek(absl::string_view key) override { iterator_->Seek(ToSlice(key)); }
  void SeekForPrev(absl::string_view key) override {
    iterator_->SeekForPrev(ToSlice(key));
  }
  void Next() override { iterator_->Next(); }
  void Prev() override { iterator_->Prev(); }

  bool Valid() const override { return iterator_->Valid(); }
  absl::Status status() const override {
    return ToStatus(iterator_->status(), keyspace_, "");
  }

  absl::string_view key() const override { return ToView(iterator_->key()); }
  absl::string_view value() const override { return ToView(iterator_->value()); }

 private:
  const std::unique_ptr<rocksdb::Iterator> iterator_;
  const absl::string_view keyspace_;
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
  return ToStatus(status, family.name, "");
}

std::unique_ptr<Cursor> RocksDbSnapshot::NewCursor(Keyspace keyspace) const {
  assert(keyspace < families_.size());
  const Family& family = families_[keyspace];
  return std::make_unique<RocksDbCursor>(db_->NewIterator(options_, family.handle),
                                         family.name);
}

}  // namespace labgraph::kv
