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
#include "tests/unit/kv/test_stores.h"

namespace labgraph::kv {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using testing::FailsWith;
using ::testing::HasSubstr;
using ::testing::Pair;

using Names = std::vector<const char*>;

class RocksDbStoreTest : public ::testing::Test {
 protected:
  absl::StatusOr<std::unique_ptr<Store>> Open(const Names& names = {"meta", "left",
                                                                    "right"}) {
    return OpenRocksDb(options_, names);
  }

  // Leaves a closed database with these keyspaces and, if asked for, data in the last.
  void MakeDatabase(const Names& names, bool with_data = true) {
    ASSERT_OK_AND_ASSIGN(const auto store, Open(names));
    if (!with_data) return;
    Batch batch;
    batch.Put(names.size() - 1, "key", "value");
    ASSERT_OK(store->Write(batch));
  }

  // Opening fails with this in the message and leaves the directory as it is.
  void ExpectRefused(absl::string_view text) {
    const auto before = Listing();
    const auto store = Open();
    EXPECT_THAT(store, FailsWith(v1::ERROR_REASON_STORAGE_FAILED));
    EXPECT_THAT(std::string(store.status().message()), HasSubstr(std::string(text)));
    EXPECT_THAT(std::string(store.status().message()), HasSubstr(options_.path));
    EXPECT_EQ(Listing(), before);
  }

  void Touch(const std::string& name, const std::string& content = "content") {
    std::ofstream(File(name)) << content;
  }
  std::string File(const std::string& name) const { return options_.path + "/" + name; }

  // Every file with its content.
  std::map<std::string, std::string> Listing() const {
    std::map<std::string, std::string> files;
    std::error_code error;
    for (const auto& entry : fs::recursive_directory_iterator(options_.path, error)) {
      std::ifstream file(entry.path(), std::ios::binary);
      files[entry.path()] = std::string(std::istreambuf_iterator<char>(file), {});
    }
    return files;
  }

  TempDir directory_;
  RocksDbOptions options_{directory_.path() + "/store"};
};

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

// While it lives no file can grow past this size, as on a full disk.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    EXPECT_EQ(::getrlimit(RLIMIT_FSIZE, &before_), 0);
    const rlimit limit = {bytes, before_.rlim_max};
    EXPECT_EQ(::setrlimit(RLIMIT_FSIZE, &limit), 0);
  }
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit before_;
  void (*handler_)(int);
};

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

// More than RocksDbStore takes into the log.
constexpr size_t kLargeBytes = 8 << 20;

// Puts `count` keys, in no order, that make the batch large.
void AddMany(Batch& batch, Keyspace keyspace, int count, absl::string_view word) {
  const std::string filling(kLargeBytes / count, 'x');
  for (int i = 0; i < count; ++i) {
    // 7919 is prime, so that every number comes once.
    batch.Put(keyspace, absl::StrCat("key", 100000 + i * 7919 % count),
              absl::StrCat(word, filling));
  }
}

TEST_F(RocksDbStoreTest, LargeBatchesReplaceAndDeleteWhatIsThere) {
  constexpr int kCount = 1000;
  const auto check = [&](const Reader& reader) {
    EXPECT_EQ(Value(reader, kLeft, "deleted"), "absent");
    EXPECT_EQ(Value(reader, kLeft, "kept"), "before");
    EXPECT_EQ(Value(reader, kLeft, "twice"), "second");
    EXPECT_EQ(Value(reader, kRight, "gone"), "absent");
    EXPECT_EQ(Value(reader, kLeft, "key100001").substr(0, 5), "large");
    EXPECT_EQ(Value(reader, kLeft, "key100500"), "small");
    // All of the batch, "kept" and "twice".
    EXPECT_EQ(Dump(reader, kLeft).size(), kCount + 2);
  };
  {
    ASSERT_OK_AND_ASSIGN(const auto store, Open());
    Batch before;
    for (const char* key : {"deleted", "kept", "key100001", "twice"}) {
      before.Put(kLeft, key, "before");
    }
    ASSERT_OK(store->Write(before));
    const auto old = store->GetSnapshot();
    Batch large;
    large.Put(kLeft, "twice", "first");
    AddMany(large, kLeft, kCount, "large");
    large.Delete(kLeft, "deleted");
    large.Put(kRight, "gone", "soon");
    large.Delete(kRight, "gone");
    large.Put(kLeft, "twice", "second");
    ASSERT_OK(store->Write(large));
    EXPECT_EQ(Value(*old, kLeft, "deleted"), "before") << "a snapshot does not change";
    EXPECT_EQ(Dump(*old, kLeft).size(), 4u);
    Batch after;
    after.Put(kLeft, "key100500", "small");
    ASSERT_OK(store->Write(after));
    check(*store->GetSnapshot());
  }
  ASSERT_OK_AND_ASSIGN(const auto store, Open());
  check(*store->GetSnapshot());
}

TEST_F(RocksDbStoreTest, LargeBatchesOfManyThreadsAreEachSeenWhole) {
  constexpr int kThreads = 4;
  ASSERT_OK_AND_ASSIGN(const auto store, Open());
  std::atomic<bool> done = false;
  std::thread reader([&] {
    while (!done) {
      const auto snapshot = store->GetSnapshot();
      EXPECT_EQ(Dump(*snapshot, kLeft).size(), Dump(*snapshot, kRight).size());
    }
  });
  std::vector<std::thread> writers;
  for (int thread = 0; thread < kThreads; ++thread) {
    writers.emplace_back([&, thread] {
      for (int round = 0; round < 3; ++round) {
        Batch batch;
        for (int i = 0; i < 8; ++i) {
          const std::string key = absl::StrCat(thread, "/", round, "/", i);
          batch.Put(kLeft, key, std::string(kLargeBytes / 16, 'l'));
          batch.Put(kRight, key, std::string(kLargeBytes / 16, 'r'));
        }
        EXPECT_OK(store->Write(batch));
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  done = true;
  reader.join();
  EXPECT_EQ(Dump(*store->GetSnapshot(), kLeft).size(), kThreads * 3 * 8);
}

TEST_F(RocksDbStoreTest, FailedLargeWriteStopsWritingUntilReopened) {
  {
    ASSERT_OK_AND_ASSIGN(const auto store, Open());
    Batch acknowledged;
    acknowledged.Put(kLeft, "acknowledged", "value");
    ASSERT_OK(store->Write(acknowledged));
    Batch large;
    large.Put(kLeft, "first", "value");
    std::mt19937 random(1);  // what cannot be compressed below the limit
    for (int i = 0; i < 100; ++i) {
      std::string value(kLargeBytes / 100, '\0');
      for (char& byte : value) byte = static_cast<char>(random());
      large.Put(kRight, absl::StrCat(i), value);
    }
    absl::Status failure;
    {
      const FileSizeLimit limit(16 << 10);
      failure = store->Write(large);
    }
    EXPECT_THAT(failure, FailsWith(v1::ERROR_REASON_STORAGE_FAILED));
    EXPECT_THAT(std::string(failure.message()), HasSubstr("File too large"));
    EXPECT_THAT(std::string(failure.message()), HasSubstr("restart the server"));
    EXPECT_EQ(store->Write(acknowledged), failure);
    EXPECT_THAT(Dump(*store->GetSnapshot(), kLeft),
                ElementsAre(Pair("acknowledged", "value")));
  }
  ASSERT_OK_AND_ASSIGN(const auto store, Open());
  EXPECT_THAT(Dump(*store->GetSnapshot(), kLeft),
              ElementsAre(Pair("acknowledged", "value")));
  Batch large;
  AddMany(large, kRight, 1000, "later");
  ASSERT_OK(store->Write(large));
  EXPECT_EQ(Dump(*store->GetSnapshot(), kRight).size(), 1000u);
}

TEST_F(RocksDbStoreTest, LargeBatchWithoutRoomForItsFilesFails) {
  ASSERT_OK_AND_ASSIGN(const auto store, Open());
  Touch("ingest");  // where the directory should be
  Batch large;
  AddMany(large, kLeft, 1000, "large");
  EXPECT_THAT(store->Write(large), FailsWith(v1::ERROR_REASON_STORAGE_FAILED));
  EXPECT_THAT(Dump(*store->GetSnapshot(), kLeft), ::testing::IsEmpty());
}

TEST_F(RocksDbStoreTest, FilesOfAnInterruptedLargeWriteAreRemoved) {
  MakeDatabase({"meta", "left", "right"});
  fs::create_directory(File("ingest"));
  Touch("ingest/1-2.sst");
  ASSERT_OK_AND_ASSIGN(const auto store, Open());
  EXPECT_FALSE(fs::exists(File("ingest/1-2.sst")));
  Batch large;
  AddMany(large, kLeft, 1000, "large");
  ASSERT_OK(store->Write(large));
  EXPECT_TRUE(fs::is_empty(File("ingest")));
}

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
