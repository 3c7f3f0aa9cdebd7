// Opening a RocksDB store: what is taken, what is refused, and that nothing is written
// where it is refused.

#include "server/kv/rocksdb_store.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/kv/rocksdb_store_fixture.h"

namespace labgraph::kv {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

TEST_F(RocksDbStoreTest, ReopeningKeepsWhatWasWritten) {
  {
    ASSERT_OK_AND_ASSIGN(const auto store, Open());
    Batch batch;
    batch.Put(kLeft, "kept", "1");
    batch.Put(kLeft, "deleted", "1");
    batch.Put(kRight, std::string("\0\xff", 2), std::string("\0", 1));
    ASSERT_OK(store->Write(batch));
    Batch later;
    later.Delete(kLeft, "deleted");
    ASSERT_OK(store->Write(later));
  }
  for (int times = 0; times < 3; ++times) {
    ASSERT_OK_AND_ASSIGN(const auto store, Open());
    const auto snapshot = store->GetSnapshot();
    EXPECT_THAT(Dump(*snapshot, kLeft), ElementsAre(Pair("kept", "1")));
    EXPECT_THAT(Dump(*snapshot, kRight),
                ElementsAre(Pair(std::string("\0\xff", 2), std::string("\0", 1))));
  }
}

TEST_F(RocksDbStoreTest, AbsentDirectoryIsCreatedOnlyIfAsked) {
  options_.create_if_missing = false;
  ExpectRefused("There is no database");
  EXPECT_FALSE(fs::exists(options_.path));
  fs::create_directory(options_.path);
  ExpectRefused("There is no database");
  options_.create_if_missing = true;
  MakeDatabase({"meta"});
  options_.create_if_missing = false;
  EXPECT_OK(Open());
}

TEST_F(RocksDbStoreTest, ParentMustBeThere) {
  options_.path = directory_.path() + "/absent/store";
  ExpectRefused("there is no directory");
}

TEST_F(RocksDbStoreTest, PathMayEndInASlash) {
  options_.path += "/";
  MakeDatabase({"meta"});
  EXPECT_OK(Open());
}

TEST_F(RocksDbStoreTest, FileIsNoDirectory) {
  std::ofstream(options_.path) << "a file";
  ExpectRefused("is a file");
  options_.path += "/below";
  ExpectRefused("cannot be");
}

TEST_F(RocksDbStoreTest, DirectoryOfSomethingElseIsRefused) {
  fs::create_directory(options_.path);
  Touch("thesis.odt");
  ExpectRefused("thesis.odt");
}

TEST_F(RocksDbStoreTest, LogsOfSomethingElseAreRefused) {
  fs::create_directory(options_.path);
  Touch("mail.log");
  ExpectRefused("mail.log");
}

TEST_F(RocksDbStoreTest, RootOfAFileSystemCountsAsEmpty) {
  fs::create_directories(File("lost+found"));
  EXPECT_OK(Open());
}

TEST_F(RocksDbStoreTest, UnknownColumnFamilyIsRefused) {
  MakeDatabase({"meta", "left", "right", "invented later"});
  ExpectRefused("invented later");
}

TEST_F(RocksDbStoreTest, DatabaseWithoutTheFirstKeyspaceIsRefused) {
  MakeDatabase({"left"});
  ExpectRefused("\"meta\"");
}

TEST_F(RocksDbStoreTest, OlderDatabaseGetsItsMissingKeyspaces) {
  MakeDatabase({"meta", "left"});
  for (int times = 0; times < 2; ++times) {
    ASSERT_OK_AND_ASSIGN(const auto store, Open());
    EXPECT_EQ(Value(*store->GetSnapshot(), kLeft, "key"), "value");
    Batch batch;
    batch.Put(kRight, "new", "value");
    EXPECT_OK(store->Write(batch));
  }
}

TEST_F(RocksDbStoreTest, OrderOfNamesDoesNotMatterToTheData) {
  MakeDatabase({"meta", "right", "left"});
  ASSERT_OK_AND_ASSIGN(const auto store, Open());
  EXPECT_EQ(Value(*store->GetSnapshot(), kLeft, "key"), "value");
  EXPECT_EQ(Value(*store->GetSnapshot(), kRight, "key"), "absent");
}

TEST_F(RocksDbStoreTest, InterruptedCreationIsTakenUp) {
  fs::create_directory(options_.path);
  for (const char* name :
       {"LOCK", "IDENTITY", "LOG", "MANIFEST-000001", "000001.dbtmp"}) {
    Touch(name);
  }
  EXPECT_OK(Open());
}

TEST_F(RocksDbStoreTest, CreationInterruptedBeforeTheFirstKeyspaceIsTakenUp) {
  MakeDatabase({"left"}, /*with_data=*/false);
  EXPECT_OK(Open());
}

TEST_F(RocksDbStoreTest, OneProcessOpensItOnce) {
  ASSERT_OK_AND_ASSIGN(auto store, Open());
  const auto again = Open();
  EXPECT_THAT(again, FailsWith(v1::ERROR_REASON_STORAGE_FAILED));
  EXPECT_THAT(std::string(again.status().message()),
              HasSubstr("Another labgraphd uses this directory"));
  store.reset();
  EXPECT_OK(Open());
}

// Another process that holds the lock as a server would, until it's destroyed.
class LockHolder {
 public:
  explicit LockHolder(const std::string& file) {
    int ready[2];
    EXPECT_EQ(::pipe(ready), 0);
    child_ = ::fork();
    if (child_ == 0) Hold(file.c_str(), ready[1]);
    char byte = 0;
    EXPECT_EQ(::read(ready[0], &byte, 1), 1);
    ::close(ready[0]);
    ::close(ready[1]);
  }
  ~LockHolder() {
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
  }

 private:
  [[noreturn]] static void Hold(const char* file, int ready) {
    struct flock lock = {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    const int descriptor = ::open(file, O_RDWR | O_CREAT, 0644);
    if (::fcntl(descriptor, F_SETLK, &lock) != 0) ::_exit(1);
    if (::write(ready, "x", 1) != 1) ::_exit(1);
    while (true) ::pause();
  }

  pid_t child_ = -1;
};

TEST_F(RocksDbStoreTest, DirectoryInUseByAnotherProcessIsRefused) {
  MakeDatabase({"meta", "left", "right"});
  {
    const LockHolder holder(File("LOCK"));
    ExpectRefused("Another labgraphd uses this directory");
  }
  EXPECT_OK(Open());
}

TEST_F(RocksDbStoreTest, MissingRightsAreNamed) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may do everything";
  MakeDatabase({"meta"});
  fs::permissions(File("CURRENT"), fs::perms::owner_write);
  ExpectRefused("CURRENT: Permission denied");
  fs::permissions(File("CURRENT"), fs::perms::owner_all);
  fs::permissions(options_.path, fs::perms::owner_read | fs::perms::owner_exec);
  ExpectRefused("change its rights");
  fs::permissions(options_.path, fs::perms::owner_all);
  EXPECT_OK(Open());
}

TEST_F(RocksDbStoreTest, FailedWriteStopsWritingUntilReopened) {
  {
    ASSERT_OK_AND_ASSIGN(const auto store, Open());
    Batch acknowledged;
    acknowledged.Put(kLeft, "acknowledged", "value");
    ASSERT_OK(store->Write(acknowledged));
    Batch large;
    large.Put(kLeft, "large", std::string(1 << 20, 'x'));
    absl::Status failure;
    {
      const FileSizeLimit limit(64 << 10);
      failure = store->Write(large);
    }
    EXPECT_THAT(failure, FailsWith(v1::ERROR_REASON_STORAGE_FAILED));
    EXPECT_THAT(std::string(failure.message()), HasSubstr("File too large"));
    EXPECT_THAT(std::string(failure.message()), HasSubstr("restart the server"));
    // There is room again, yet only opening makes sure of what the disk holds.
    EXPECT_EQ(store->Write(acknowledged), failure);
    EXPECT_THAT(Dump(*store->GetSnapshot(), kLeft),
                ElementsAre(Pair("acknowledged", "value")));
  }
  ASSERT_OK_AND_ASSIGN(const auto store, Open());
  EXPECT_EQ(Value(*store->GetSnapshot(), kLeft, "acknowledged"), "value");
  Batch batch;
  batch.Put(kLeft, "later", "value");
  ASSERT_OK(store->Write(batch));
  EXPECT_EQ(Value(*store->GetSnapshot(), kLeft, "later"), "value");
}

// --- Large batches, which are ingested as sorted files ------------------------

TEST_F(RocksDbStoreTest, FiltersDoNotHideWhatIsThere) {
  options_.filtered = {kLeft};
  ASSERT_OK_AND_ASSIGN(const auto store, Open());
  for (int round = 0; round < 3; ++round) {
    Batch large;
    AddMany(large, kLeft, 1000, absl::StrCat("round", round));
    ASSERT_OK(store->Write(large));
  }
  const auto snapshot = store->GetSnapshot();
  for (int i = 0; i < 1000; ++i) {
    EXPECT_EQ(Value(*snapshot, kLeft, absl::StrCat("key", 100000 + i)).substr(0, 6),
              "round2");
    EXPECT_EQ(Value(*snapshot, kLeft, absl::StrCat("kez", i)), "absent");
  }
}

TEST_F(RocksDbStoreTest, SmallBuffersAndManyFilesLoseNothing) {
  options_.write_buffer_bytes = 1 << 20;
  options_.cache_bytes = 1 << 20;
  {
    ASSERT_OK_AND_ASSIGN(const auto store, Open());
    for (int batch_number = 0; batch_number < 40; ++batch_number) {
      Batch batch;
      for (int i = 0; i < 500; ++i) {
        batch.Put(i % 3, absl::StrCat("key", batch_number, "/", i),
                  std::string(300, 'v'));
      }
      ASSERT_OK(store->Write(batch));
    }
  }
  ASSERT_OK_AND_ASSIGN(const auto store, Open());
  size_t count = 0;
  for (Keyspace keyspace = 0; keyspace < 3; ++keyspace) {
    count += Dump(*store->GetSnapshot(), keyspace).size();
  }
  EXPECT_EQ(count, 40 * 500);
}

}  // namespace
}  // namespace labgraph::kv
