// SYNCED as it is kept: never more than what a power cut leaves.

#include "server/kv/rocksdb_synced_files.h"

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/kv/synced_files.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/kv/test_stores.h"

namespace labgraph::kv {
namespace {

using rocksdb::IOStatus;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Key;
using ::testing::Pair;

constexpr char kManifest[] = "MANIFEST-000005";

// Where it is told to, another thread's sync of a directory comes just before a file is
// made, which then fails.
class UnluckyFiles final : public rocksdb::FileSystemWrapper {
 public:
  UnluckyFiles() : FileSystemWrapper(rocksdb::FileSystem::Default()) {}

  const char* Name() const override { return "labgraph.UnluckyFiles"; }
  void SyncInsteadOfMaking(rocksdb::FSDirectory* directory) { directory_ = directory; }

  IOStatus NewWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                           std::unique_ptr<rocksdb::FSWritableFile>* file,
                           rocksdb::IODebugContext* dbg) override {
    if (directory_ == nullptr) {
      return target_->NewWritableFile(path, options, file, dbg);
    }
    EXPECT_TRUE(directory_->Fsync({}, nullptr).ok());
    return IOStatus::NoSpace("full");
  }

 private:
  rocksdb::FSDirectory* directory_ = nullptr;
};

class RocksDbSyncedFilesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(noting_, NoteSyncedFiles(files_, directory_.path(), {}));
    ASSERT_TRUE(noting_->NewDirectory(directory_.path(), {}, &handle_, nullptr).ok());
  }

  IOStatus Make(absl::string_view name, std::unique_ptr<rocksdb::FSWritableFile>* file) {
    return noting_->NewWritableFile(absl::StrCat(directory_.path(), "/", name), {}, file,
                                    nullptr);
  }
  void SyncDirectory() { ASSERT_TRUE(handle_->Fsync({}, nullptr).ok()); }
  std::map<std::string, Extent> Noted() {
    auto synced = ReadSyncedFiles(directory_.path());
    EXPECT_OK(synced);
    return synced.ok() ? std::move(synced->extents) : std::map<std::string, Extent>();
  }

  TempDir directory_;
  const std::shared_ptr<UnluckyFiles> files_ = std::make_shared<UnluckyFiles>();
  std::shared_ptr<rocksdb::FileSystem> noting_;
  std::unique_ptr<rocksdb::FSDirectory> handle_;
};

TEST_F(RocksDbSyncedFilesTest, AFileCountsOnceItsNameIsSyncedAndUntilItIsDeleted) {
  std::unique_ptr<rocksdb::FSWritableFile> file;
  ASSERT_TRUE(Make(kManifest, &file).ok());
  ASSERT_TRUE(file->Append("synced", {}, nullptr).ok());
  ASSERT_TRUE(file->Sync({}, nullptr).ok());
  ASSERT_TRUE(file->Append(" and more", {}, nullptr).ok());
  EXPECT_THAT(Noted(), IsEmpty());
  SyncDirectory();
  Extent extent;
  extent.Append("synced");
  EXPECT_THAT(Noted(), ElementsAre(Pair(kManifest, extent)));
  const std::string path = absl::StrCat(directory_.path(), "/", kManifest);
  ASSERT_TRUE(noting_->DeleteFile(path, {}, nullptr).ok());
  EXPECT_THAT(Noted(), IsEmpty());
}

TEST_F(RocksDbSyncedFilesTest, ASyncBeforeAFileIsMadeDoesNotNameIt) {
  files_->SyncInsteadOfMaking(handle_.get());
  std::unique_ptr<rocksdb::FSWritableFile> file;
  ASSERT_FALSE(Make(kManifest, &file).ok());
  EXPECT_THAT(Noted(), IsEmpty());
  files_->SyncInsteadOfMaking(nullptr);
  SyncDirectory();
  EXPECT_THAT(Noted(), IsEmpty());
}

TEST_F(RocksDbSyncedFilesTest, OnlyLogsAndManifestsAreNoted) {
  for (const char* name : {"000004.log", "000006.sst", "OPTIONS-000007"}) {
    std::unique_ptr<rocksdb::FSWritableFile> file;
    ASSERT_TRUE(Make(name, &file).ok());
    ASSERT_TRUE(file->Sync({}, nullptr).ok());
  }
  SyncDirectory();
  EXPECT_THAT(Noted(), ElementsAre(Key("000004.log")));
}

}  // namespace
}  // namespace labgraph::kv
