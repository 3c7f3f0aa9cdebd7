// Files of a closed store are damaged at random. Reading everything then gives what was
// written, or an error that names the place; never something else.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/base/error.h"
#include "server/keys/keyspaces.h"
#include "server/kv/rocksdb_store.h"
#include "tests/crash/journal.h"
#include "tests/testing/effort.h"
#include "tests/testing/random_seed.h"
#include "tests/testing/status_matchers.h"

namespace labgraph::crash {
namespace {

namespace fs = std::filesystem;
using ::testing::AnyOf;
using testing::FailsWith;

class DamageTest : public ::testing::Test {
 protected:
  // Tables of several levels, ingested ones, and logs with what is in no table yet.
  static void SetUpTestSuite() {
    root_ = new std::string(
        absl::StrCat(::testing::TempDir(), "damage-", testing::RandomSeed()));
    journal_ = new Journal;
    fs::remove_all(*root_);
    fs::create_directory(*root_);
    for (const char* prefix : {"one", "two"}) {
      ASSERT_OK_AND_ASSIGN(const auto store, Open("/whole"));
      ASSERT_OK_AND_ASSIGN(const auto graph, OpenGraph(store.get()));
      ASSERT_OK(journal_->Run(*graph, prefix, {}));
    }
  }
  static void TearDownTestSuite() {
    fs::remove_all(*root_);
    delete root_;
    delete journal_;
  }

  static absl::StatusOr<std::unique_ptr<kv::Store>> Open(absl::string_view name) {
    kv::RocksDbOptions options;
    options.path = absl::StrCat(*root_, name);
    options.cache_bytes = 8 << 20;
    options.ingest_bytes = 64 << 10;
    options.write_buffer_bytes = 256 << 10;
    return kv::OpenRocksDb(options, keys::Names());
  }

  // Opens the damaged store and reads all of it.
  static absl::Status ReadAll() {
    const auto store = Open("/damaged");
    return store.ok() ? journal_->Check(**store) : store.status();
  }

  static std::string* root_;
  static Journal* journal_;
};

std::string* DamageTest::root_ = nullptr;
Journal* DamageTest::journal_ = nullptr;

// A file of each sort comes up as often as any other, whatever their numbers.
fs::path ChooseFile(const std::string& directory, std::mt19937_64& random) {
  std::map<std::string, std::vector<fs::path>> by_sort;
  for (const auto& entry : fs::directory_iterator(directory)) {
    const std::string name = entry.path().filename();
    if (!entry.is_regular_file() || entry.file_size() == 0) continue;
    for (const char* sort : {".sst", ".log", "MANIFEST", "CURRENT"}) {
      if (absl::StrContains(name, sort)) by_sort[sort].push_back(entry.path());
    }
  }
  EXPECT_EQ(by_sort.size(), 4u);
  std::vector<fs::path>& files = std::next(by_sort.begin(), random() % 4)->second;
  std::sort(files.begin(), files.end());
  return files[random() % files.size()];
}

void FlipBits(const fs::path& path, std::mt19937_64& random) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  const uint64_t size = fs::file_size(path);
  // Near the end as often as elsewhere: there a log or manifest may look torn.
  const uint64_t range = random() % 2 == 0 ? size : std::min<uint64_t>(size, 300);
  for (uint64_t flips = 1 + random() % 3; flips > 0; --flips) {
    const auto offset = static_cast<std::streamoff>(size - 1 - random() % range);
    file.seekg(offset);
    const char flipped = static_cast<char>(file.get() ^ (1 << random() % 8));
    file.seekp(offset);
    file.put(flipped);
  }
  ASSERT_TRUE(file.good());
}

// What was done, in words.
std::string Damage(const fs::path& path, std::mt19937_64& random) {
  const uint64_t size = fs::file_size(path);
  switch (random() % 4) {
    case 0:
      fs::remove(path);
      return "removed ";
    case 1: {
      const uint64_t cut = random() % 2 == 0 ? size : std::min<uint64_t>(size, 300);
      fs::resize_file(path, size - 1 - random() % cut);
      return "shortened ";
    }
    default:
      FlipBits(path, random);
      return "bits flipped in ";
  }
}

// CURRENT only names another file; where it names a wrong one, that one is missing.
std::string WhatIsMissedWithout(const fs::path& file) {
  return file.filename() == "CURRENT" ? "MANIFEST-" : file.filename().string();
}

TEST_F(DamageTest, IsReportedOrWithoutEffect) {
  const uint64_t first = testing::RandomSeed();
  std::cout << "LABGRAPH_SEED=" << first << std::endl;
  const int seeds = testing::Effort(100, 1000);
  int reported = 0;
  for (int i = 0; i < seeds && !HasFailure(); ++i) {
    std::mt19937_64 random(first + i);
    const std::string damaged = *root_ + "/damaged";
    fs::remove_all(damaged);
    fs::copy(*root_ + "/whole", damaged, fs::copy_options::recursive);
    const fs::path file = ChooseFile(damaged, random);
    const std::string what = absl::StrCat(Damage(file, random), file.string());
    SCOPED_TRACE(absl::StrCat("LABGRAPH_SEED=", first + i, ", ", what));
    const absl::Status status = ReadAll();
    if (status.ok()) continue;
    ++reported;
    EXPECT_THAT(status, AnyOf(FailsWith(v1::ERROR_REASON_STORAGE_CORRUPT),
                              FailsWith(v1::ERROR_REASON_STORAGE_FAILED)));
    EXPECT_TRUE(absl::StrContains(status.message(), file.filename().string()) ||
                absl::StrContains(status.message(), WhatIsMissedWithout(file)))
        << status;
    const std::string where = MetaOf(status, "where");
    EXPECT_TRUE(absl::StartsWith(where, damaged) ||
                absl::c_linear_search(keys::Names(), where))
        << status;
  }
  std::cout << reported << " of " << seeds << " damages reported\n";
  EXPECT_GT(reported, seeds / 2);
}

TEST_F(DamageTest, TheWholeStoreIsSound) {
  fs::remove_all(*root_ + "/damaged");
  fs::copy(*root_ + "/whole", *root_ + "/damaged", fs::copy_options::recursive);
  EXPECT_OK(ReadAll());
}

}  // namespace
}  // namespace labgraph::crash
