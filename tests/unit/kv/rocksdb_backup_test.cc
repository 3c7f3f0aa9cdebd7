// Backups: made while writing goes on, checked, read, deleted, restored.

#include <atomic>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/base/errors.h"
#include "server/base/failpoint.h"
#include "server/kv/backups.h"
#include "server/kv/memory_store.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/kv/rocksdb_store_fixture.h"

namespace labgraph::kv {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using testing::IsOkAndHolds;
using ::testing::Pair;

// The last number written, as the backup tells it.
absl::StatusOr<std::string> Describe(const Snapshot& snapshot) {
  return Value(snapshot, kLeft, "last");
}
absl::Status Leave(Store&) { return absl::OkStatus(); }

class RocksDbBackupTest : public RocksDbStoreTest {
 protected:
  RocksDbBackupTest() {
    OpenStore();
    OpenBackups();
  }

  void OpenStore() {
    store_.reset();
    auto store = Open();
    ASSERT_OK(store);
    store_ = *std::move(store);
  }
  void OpenBackups() {
    backups_.reset();
    auto backups = kv::OpenBackups(backup_directory_);
    ASSERT_OK(backups);
    backups_ = *std::move(backups);
  }

  // Row i on one side is there only together with row i on the other.
  absl::Status Put(int i, size_t bytes = 100) {
    const std::string filling(bytes, static_cast<char>('a' + i % 26));
    Batch batch;
    batch.Put(kLeft, "last", absl::StrCat(i));
    batch.Put(kLeft, absl::StrCat("row", i), filling);
    batch.Put(kRight, absl::StrCat("row", i), filling);
    return store_->Write(batch);
  }
  absl::StatusOr<BackupInfo> Create() { return backups_->Create(*store_, Describe); }

  // Rows 0 to the last are there, and no other.
  static void ExpectPrefix(const Reader& reader, absl::string_view last) {
    int number = 0;
    ASSERT_TRUE(absl::SimpleAtoi(last, &number)) << last;
    EXPECT_EQ(Value(reader, kLeft, "last"), last);
    EXPECT_EQ(Dump(reader, kRight).size(), static_cast<size_t>(number) + 1);
    EXPECT_EQ(Dump(reader, kLeft).size(), static_cast<size_t>(number) + 2);
  }

  absl::StatusOr<bool> Restore(uint32_t id, const std::string& path) {
    RocksDbOptions options;
    options.path = path;
    return RestoreBackup(backup_directory_, id, options, names_, Leave);
  }
  absl::StatusOr<std::unique_ptr<Store>> OpenAt(const std::string& path) {
    RocksDbOptions options;
    options.path = path;
    options.create_if_missing = false;
    return OpenRocksDb(options, names_);
  }

  // The largest file of the backups whose path contains `part`.
  std::string BackupFile(absl::string_view part) {
    std::string largest;
    for (const auto& entry : fs::recursive_directory_iterator(backup_directory_)) {
      const std::string path = entry.path();
      if (!entry.is_regular_file() || !absl::StrContains(path, part)) continue;
      if (largest.empty() || fs::file_size(path) > fs::file_size(largest)) largest = path;
    }
    EXPECT_FALSE(largest.empty()) << part;
    return largest;
  }
  static void FlipByte(const std::string& path) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(static_cast<std::streamoff>(fs::file_size(path) / 2));
    const char flipped = static_cast<char>(file.get() ^ 0x55);
    file.seekp(static_cast<std::streamoff>(fs::file_size(path) / 2));
    file.put(flipped);
  }

  const Names names_ = {"meta", "left", "right"};
  const std::string backup_directory_ = directory_.path() + "/backups";
  const std::string target_ = directory_.path() + "/restored";
  std::unique_ptr<Store> store_;
  std::unique_ptr<Backups> backups_;
};

TEST_F(RocksDbBackupTest, EachHoldsTheStateOfItsTime) {
  ASSERT_OK(Put(0));
  ASSERT_OK_AND_ASSIGN(const BackupInfo first, Create());
  ASSERT_OK(Put(1));
  ASSERT_OK(Put(2, kLargeBytes));  // ingested
  ASSERT_OK_AND_ASSIGN(const BackupInfo second, Create());
  ASSERT_OK(Put(3));
  EXPECT_GT(first.id, 0u);
  EXPECT_GT(second.id, first.id);
  EXPECT_GT(first.bytes, 0u);
  EXPECT_GT(second.files, 2u);
  EXPECT_LT(absl::Now() - second.time, absl::Minutes(1));
  EXPECT_THAT(backups_->List(), ElementsAre(Field(&BackupInfo::description, "0"),
                                            Field(&BackupInfo::description, "2")));
  OpenBackups();  // they are known anew
  for (const BackupInfo& info : backups_->List()) {
    ASSERT_OK_AND_ASSIGN(const auto verified, backups_->Verify(info.id));
    ASSERT_TRUE(verified.has_value());
    EXPECT_EQ(verified->bytes, info.bytes);
    ASSERT_OK_AND_ASSIGN(const auto snapshot, backups_->Open(info.id, names_));
    ASSERT_NE(snapshot, nullptr);
    ExpectPrefix(*snapshot, info.description);
  }
}

TEST_F(RocksDbBackupTest, UnknownIdIsNoError) {
  ASSERT_OK(Create());
  EXPECT_THAT(backups_->Verify(7), IsOkAndHolds(absl::nullopt));
  EXPECT_THAT(backups_->Delete(7), IsOkAndHolds(false));
  EXPECT_THAT(backups_->Open(7, names_), IsOkAndHolds(nullptr));
  EXPECT_THAT(Restore(7, target_), IsOkAndHolds(false));
  EXPECT_FALSE(fs::exists(target_));
}

TEST_F(RocksDbBackupTest, TablesAreCopiedOnce) {
  ASSERT_OK(Put(0, kLargeBytes));
  ASSERT_OK(Create());
  const auto tables = [&] {
    int count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(backup_directory_)) {
      count += entry.path().extension() == ".sst" ? 1 : 0;
    }
    return count;
  };
  const int before = tables();
  EXPECT_GT(before, 0);
  ASSERT_OK(Put(1));
  ASSERT_OK(Create());
  EXPECT_EQ(tables(), before);
}

TEST_F(RocksDbBackupTest, DeletingOneLeavesWhatOthersNeed) {
  ASSERT_OK(Put(0, kLargeBytes));
  ASSERT_OK_AND_ASSIGN(const BackupInfo first, Create());
  ASSERT_OK(Put(1));
  ASSERT_OK_AND_ASSIGN(const BackupInfo second, Create());
  EXPECT_THAT(backups_->Delete(first.id), IsOkAndHolds(true));
  EXPECT_THAT(backups_->Delete(first.id), IsOkAndHolds(false));
  EXPECT_OK(backups_->Verify(second.id));
  EXPECT_THAT(Restore(second.id, target_), IsOkAndHolds(true));
  ASSERT_OK_AND_ASSIGN(const auto restored, OpenAt(target_));
  ExpectPrefix(*restored->GetSnapshot(), "1");
}

TEST_F(RocksDbBackupTest, MadeWhileBatchesAreLoggedAndIngestedEachIsAPrefix) {
  std::atomic<bool> done = false;
  ASSERT_OK(Put(0));
  std::thread writer([&] {
    for (int i = 1; !done; ++i) ASSERT_OK(Put(i, i % 3 == 0 ? kLargeBytes / 2 + 1 : 100));
  });
  for (int i = 0; i < 12; ++i) EXPECT_OK(Create());
  done = true;
  writer.join();
  EXPECT_EQ(backups_->List().size(), 12u);
  for (const BackupInfo& info : backups_->List()) {
    ASSERT_OK_AND_ASSIGN(const auto snapshot, backups_->Open(info.id, names_));
    ExpectPrefix(*snapshot, info.description);
  }
}

TEST_F(RocksDbBackupTest, DamageIsFoundAndNamed) {
  ASSERT_OK(Put(0, kLargeBytes));
  ASSERT_OK_AND_ASSIGN(const BackupInfo info, Create());
  const std::string table = BackupFile("shared_checksum");
  FlipByte(table);
  const auto verified = backups_->Verify(info.id);
  EXPECT_THAT(verified, FailsWith(v1::ERROR_REASON_STORAGE_CORRUPT));
  EXPECT_THAT(std::string(verified.status().message()),
              HasSubstr(fs::path(table).filename().string()));
  EXPECT_THAT(Restore(info.id, target_), FailsWith(v1::ERROR_REASON_STORAGE_CORRUPT));
  EXPECT_THAT(OpenAt(target_), FailsWith(v1::ERROR_REASON_STORAGE_FAILED));
  fs::remove(table);
  EXPECT_THAT(backups_->Verify(info.id), FailsWith(v1::ERROR_REASON_STORAGE_CORRUPT));
}

TEST_F(RocksDbBackupTest, RestoringNeverOverwrites) {
  ASSERT_OK(Put(0));
  ASSERT_OK_AND_ASSIGN(const BackupInfo info, Create());
  const auto refused = Restore(info.id, options_.path);
  EXPECT_THAT(refused, FailsWith(v1::ERROR_REASON_STORAGE_FAILED));
  EXPECT_THAT(std::string(refused.status().message()), HasSubstr("overwrites none"));
  fs::create_directory(target_);
  std::ofstream(target_ + "/thesis.odt") << "content";
  EXPECT_THAT(Restore(info.id, target_), FailsWith(v1::ERROR_REASON_STORAGE_FAILED));
  EXPECT_TRUE(fs::exists(target_ + "/thesis.odt"));
  EXPECT_FALSE(fs::exists(target_ + "/restoring"));
}

TEST_F(RocksDbBackupTest, RestoringIntoAnEmptyDirectoryOrAMountIsFine) {
  ASSERT_OK(Put(0));
  ASSERT_OK_AND_ASSIGN(const BackupInfo info, Create());
  fs::create_directories(target_ + "/lost+found");
  EXPECT_THAT(Restore(info.id, target_), IsOkAndHolds(true));
  EXPECT_TRUE(fs::exists(target_ + "/lost+found"));
  ASSERT_OK_AND_ASSIGN(const auto restored, OpenAt(target_));
  ExpectPrefix(*restored->GetSnapshot(), "0");
}

TEST_F(RocksDbBackupTest, AnInterruptedRestoreIsNoStoreAndIsRepeated) {
  ASSERT_OK(Put(0));
  ASSERT_OK_AND_ASSIGN(const BackupInfo info, Create());
  for (const char* point : {"kv.restore.move", "kv.restore.end", "kv.open.end"}) {
    SCOPED_TRACE(point);
    fs::remove_all(target_);
    {
      const failpoint::Scope scope(absl::StrCat(point, "=error"));
      EXPECT_THAT(Restore(info.id, target_), FailsWith(v1::ERROR_REASON_STORAGE_FAILED));
    }
    const auto opened = OpenAt(target_);
    EXPECT_THAT(opened, FailsWith(v1::ERROR_REASON_STORAGE_FAILED));
    EXPECT_THAT(std::string(opened.status().message()), HasSubstr("interrupted"));
    EXPECT_THAT(Restore(info.id, target_), IsOkAndHolds(true));
    ASSERT_OK_AND_ASSIGN(const auto restored, OpenAt(target_));
    ExpectPrefix(*restored->GetSnapshot(), "0");
  }
}

TEST_F(RocksDbBackupTest, TheRestoredStoreIsFinishedBeforeItIsOne) {
  ASSERT_OK(Put(0));
  ASSERT_OK_AND_ASSIGN(const BackupInfo info, Create());
  RocksDbOptions options;
  options.path = target_;
  EXPECT_THAT(RestoreBackup(backup_directory_, info.id, options, names_,
                            [](Store&) { return errors::Internal("not today"); }),
              FailsWith(v1::ERROR_REASON_INTERNAL));
  EXPECT_THAT(OpenAt(target_), FailsWith(v1::ERROR_REASON_STORAGE_FAILED));
  EXPECT_THAT(RestoreBackup(backup_directory_, info.id, options, names_,
                            [](Store& store) {
                              Batch batch;
                              batch.Put(0, "epoch", "new");
                              return store.Write(batch);
                            }),
              IsOkAndHolds(true));
  ASSERT_OK_AND_ASSIGN(const auto restored, OpenAt(target_));
  EXPECT_THAT(Dump(*restored->GetSnapshot(), 0), ElementsAre(Pair("epoch", "new")));
}

TEST_F(RocksDbBackupTest, AFailedBackupLeavesNothingAndTheStoreAsItWas) {
  ASSERT_OK(Put(0));
  for (const char* point : {"kv.backup.begin", "kv.backup.copy"}) {
    SCOPED_TRACE(point);
    ASSERT_OK(Put(0, 1 << 20));
    {
      const failpoint::Scope scope(absl::StrCat(point, "=error"));
      const auto failed = Create();
      EXPECT_THAT(failed, FailsWith(v1::ERROR_REASON_STORAGE_FAILED));
      EXPECT_THAT(std::string(failed.status().message()), HasSubstr(point));
    }
    EXPECT_THAT(backups_->List(), IsEmpty());
    EXPECT_OK(Put(0));
  }
  EXPECT_OK(Create());
  EXPECT_THAT(backups_->Create(
                  *store_, [](const Snapshot&) { return errors::Internal("not today"); }),
              FailsWith(v1::ERROR_REASON_INTERNAL));
  EXPECT_OK(Put(1));
  EXPECT_EQ(backups_->List().size(), 1u);
}

TEST_F(RocksDbBackupTest, AFullDiskFailsTheBackupAlone) {
  ASSERT_OK(Put(0, kLargeBytes));
  {
    const FileSizeLimit limit(1 << 10);
    EXPECT_THAT(Create(), FailsWith(v1::ERROR_REASON_STORAGE_FAILED));
  }
  EXPECT_OK(Put(1));
  EXPECT_OK(Create());
  EXPECT_THAT(backups_->List(), ElementsAre(Field(&BackupInfo::description, "1")));
}

TEST_F(RocksDbBackupTest, AStoreThatFailedHasNone) {
  ASSERT_OK(Put(0));
  {
    const failpoint::Scope scope("kv.write.begin=error");
    EXPECT_FALSE(Put(1).ok());
  }
  EXPECT_THAT(Create(), FailsWith(v1::ERROR_REASON_STORAGE_FAILED));
  EXPECT_THAT(backups_->List(), IsEmpty());
}

TEST_F(RocksDbBackupTest, AStoreInMemoryHasNone) {
  const auto memory = NewMemoryStore(3);
  EXPECT_THAT(backups_->Create(*memory, Describe),
              FailsWith(v1::ERROR_REASON_STORAGE_FAILED));
}

TEST_F(RocksDbBackupTest, ForeignDirectoriesAreRefused) {
  EXPECT_THAT(kv::OpenBackups(backup_directory_),
              FailsWith(v1::ERROR_REASON_STORAGE_FAILED))
      << "it is open";
  for (const std::string& path :
       {options_.path, directory_.path() + "/absent/backups", File("CURRENT")}) {
    EXPECT_THAT(kv::OpenBackups(path), FailsWith(v1::ERROR_REASON_STORAGE_FAILED))
        << path;
  }
  EXPECT_FALSE(fs::exists(File("meta")));
}

}  // namespace
}  // namespace labgraph::kv
