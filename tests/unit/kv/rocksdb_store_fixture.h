#ifndef LABGRAPH_TESTS_UNIT_KV_ROCKSDB_STORE_FIXTURE_H_
#define LABGRAPH_TESTS_UNIT_KV_ROCKSDB_STORE_FIXTURE_H_

#include <sys/resource.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/kv/rocksdb_store.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/kv/test_stores.h"

namespace labgraph::kv {

namespace fs = std::filesystem;
using testing::FailsWith;
using ::testing::HasSubstr;

// More than RocksDbStore takes into the log.
inline constexpr size_t kLargeBytes = 8 << 20;

using Names = std::vector<const char*>;

// A data directory of a test's own.
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
      if (entry.is_directory()) {
        files[entry.path()] = "";
        continue;
      }
      std::ifstream file(entry.path(), std::ios::binary);
      files[entry.path()] = std::string(std::istreambuf_iterator<char>(file), {});
    }
    return files;
  }

  TempDir directory_;
  RocksDbOptions options_{directory_.path() + "/store"};
};

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

// Puts `count` keys, in no order, that make the batch large.
inline void AddMany(Batch& batch, Keyspace keyspace, int count, absl::string_view word) {
  const std::string filling(kLargeBytes / count, 'x');
  for (int i = 0; i < count; ++i) {
    // 7919 is prime, so that every number comes once.
    batch.Put(keyspace, absl::StrCat("key", 100000 + i * 7919 % count),
              absl::StrCat(word, filling));
  }
}

}  // namespace labgraph::kv

#endif  // LABGRAPH_TESTS_UNIT_KV_ROCKSDB_STORE_FIXTURE_H_
