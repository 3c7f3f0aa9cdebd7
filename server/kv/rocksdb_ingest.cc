#include "server/kv/rocksdb_ingest.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "rocksdb/env.h"
#include "rocksdb/sst_file_writer.h"

namespace labgraph::kv {
namespace {

bool Before(const Batch::Operation& a, const Batch::Operation& b) {
  return a.keyspace != b.keyspace ? a.keyspace < b.keyspace : a.key < b.key;
}

// The operations in order, of several on one key only the last. `sorted` holds them
// where the batch has them in another order.
absl::Span<const Batch::Operation> InOrder(const Batch& batch,
                                           std::vector<Batch::Operation>& sorted) {
  const std::vector<Batch::Operation>& given = batch.operations();
  const auto disorder =
      std::adjacent_find(given.begin(), given.end(),
                         [](const auto& a, const auto& b) { return !Before(a, b); });
  if (disorder == given.end()) return given;
  sorted = given;
  std::stable_sort(sorted.begin(), sorted.end(), Before);
  // Backwards, so that the last of equals is the one that stays.
  const auto first = std::unique(
      sorted.rbegin(), sorted.rend(),
      [](const auto& a, const auto& b) { return !Before(a, b) && !Before(b, a); });
  return absl::MakeConstSpan(sorted).subspan(first.base() - sorted.begin());
}

}  // namespace

void SortedIngest::RemoveLeftovers() const {
  std::error_code ignored;  // they are in nobody's way
  std::filesystem::remove_all(directory_, ignored);
}

rocksdb::Status SortedIngest::WriteFile(const std::string& path,
                                        Operations operations) const {
  rocksdb::ColumnFamilyHandle* family = families_[operations.front().keyspace].handle;
  rocksdb::SstFileWriter writer(rocksdb::EnvOptions(), db_->GetOptions(family), family);
  rocksdb::Status status = writer.Open(path);
  for (const Batch::Operation& operation : operations) {
    if (!status.ok()) return status;
    status = operation.value.has_value()
                 ? writer.Put(ToSlice(operation.key), ToSlice(*operation.value))
                 : writer.Delete(ToSlice(operation.key));
  }
  return status.ok() ? writer.Finish() : status;
}

rocksdb::Status SortedIngest::Ingest(
    const std::vector<rocksdb::IngestExternalFileArg>& files) {
  absl::MutexLock lock(&mutex_);
  return db_->IngestExternalFiles(files);
}

rocksdb::Status SortedIngest::Write(const Batch& batch) {
  std::error_code error;
  std::filesystem::create_directories(directory_, error);
  if (error) return rocksdb::Status::IOError(directory_, error.message());
  std::vector<Batch::Operation> sorted;
  Operations rest = InOrder(batch, sorted);
  std::vector<rocksdb::IngestExternalFileArg> files;
  rocksdb::Status status;
  while (status.ok() && !rest.empty()) {
    const Keyspace keyspace = rest.front().keyspace;
    const auto end = std::find_if(rest.begin(), rest.end(), [&](const auto& operation) {
      return operation.keyspace != keyspace;
    });
    const Operations operations = rest.first(end - rest.begin());
    rest.remove_prefix(operations.size());
    // Batches of several threads are written side by side.
    const std::string path = absl::StrCat(
        directory_, "/", reinterpret_cast<uintptr_t>(&batch), "-", keyspace, ".sst");
    rocksdb::IngestExternalFileArg& file = files.emplace_back();
    file.column_family = families_[keyspace].handle;
    file.external_files = {path};
    file.options.move_files = true;
    file.options.failed_move_fall_back_to_copy = true;
    file.options.write_global_seqno = false;  // it is in the manifest too
    status = WriteFile(path, operations);
  }
  if (status.ok()) status = Ingest(files);
  for (const rocksdb::IngestExternalFileArg& file : files) {
    std::filesystem::remove(file.external_files.front(), error);
  }
  return status;
}

}  // namespace labgraph::kv
