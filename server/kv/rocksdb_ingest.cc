#include "server/kv/rocksdb_ingest.h"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <system_error>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "rocksdb/env.h"
#include "rocksdb/sst_file_writer.h"
#include "server/base/failpoint.h"
#include "server/base/status_macros.h"

namespace labgraph::kv {
namespace {

// RocksDB refuses to add files where it still sees what a flush that is just ending has
// written: it answers TryAgain, and has added nothing. The end of a flush is a write to
// the manifest away.
constexpr int kTries = 200;
constexpr absl::Duration kBetweenTries = absl::Milliseconds(10);

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

std::vector<SortedIngest::File> SortedIngest::Split(const Batch& batch,
                                                    Operations in_order) const {
  std::vector<File> files;
  while (!in_order.empty()) {
    const Keyspace keyspace = in_order.front().keyspace;
    const auto end = std::find_if(in_order.begin(), in_order.end(),
                                  [&](const Batch::Operation& operation) {
                                    return operation.keyspace != keyspace;
                                  });
    const Operations operations = in_order.first(end - in_order.begin());
    // Batches of several threads are written side by side.
    files.push_back({operations,
                     absl::StrCat(directory_, "/", reinterpret_cast<uintptr_t>(&batch),
                                  "-", keyspace, ".sst"),
                     rocksdb::Status::OK()});
    in_order.remove_prefix(operations.size());
  }
  return files;
}

void SortedIngest::WriteFile(File& file) const {
  rocksdb::ColumnFamilyHandle* family =
      families_[file.operations.front().keyspace].handle;
  rocksdb::SstFileWriter writer(rocksdb::EnvOptions(), db_->GetOptions(family), family);
  file.status = writer.Open(file.path);
  for (const Batch::Operation& operation : file.operations) {
    if (!file.status.ok()) return;
    file.status = operation.value.has_value()
                      ? writer.Put(ToSlice(operation.key), ToSlice(*operation.value))
                      : writer.Delete(ToSlice(operation.key));
  }
  if (file.status.ok()) file.status = writer.Finish();
}

absl::Status SortedIngest::WriteFiles(std::vector<File>& files) const {
  RETURN_IF_ERROR(failpoint::Reach(Failpoint::kIngestFiles));
  std::atomic<size_t> next = 0;
  const auto work = [&] {
    for (size_t i = next++; i < files.size(); i = next++) WriteFile(files[i]);
  };
  std::thread beside(work);
  work();
  beside.join();
  for (const File& file : files) {
    RETURN_IF_ERROR(ToWriteStatus(file.status, file.path));
  }
  return absl::OkStatus();
}

absl::Status SortedIngest::Ingest(const std::vector<File>& files) {
  RETURN_IF_ERROR(failpoint::Reach(Failpoint::kIngestAdd));
  std::vector<rocksdb::IngestExternalFileArg> arguments;
  for (const File& file : files) {
    rocksdb::IngestExternalFileArg& argument = arguments.emplace_back();
    argument.column_family = families_[file.operations.front().keyspace].handle;
    argument.external_files = {file.path};
    argument.options.move_files = true;
    argument.options.failed_move_fall_back_to_copy = true;
    argument.options.write_global_seqno = false;  // it is in the manifest too
  }
  absl::MutexLock lock(&mutex_);
  rocksdb::Status status = db_->IngestExternalFiles(arguments);
  for (int tries = 1; status.IsTryAgain() && tries < kTries; ++tries) {
    absl::SleepFor(kBetweenTries);
    status = db_->IngestExternalFiles(arguments);
  }
  return ToWriteStatus(status, directory_);
}

absl::Status SortedIngest::Write(const Batch& batch) {
  std::error_code error;
  std::filesystem::create_directories(directory_, error);
  if (error) {
    return ToWriteStatus(rocksdb::Status::IOError(error.message()), directory_);
  }
  std::vector<Batch::Operation> sorted;
  std::vector<File> files = Split(batch, InOrder(batch, sorted));
  absl::Status status = WriteFiles(files);
  if (status.ok()) status = Ingest(files);
  if (status.ok()) status = failpoint::Reach(Failpoint::kIngestRemove);
  // What was ingested has moved; what was not is of no use.
  for (const File& file : files) std::filesystem::remove(file.path, error);
  return status;
}

}  // namespace labgraph::kv
