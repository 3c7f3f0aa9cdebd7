// Damage to the files of a RocksDB store is reported, with its place, and never read
// over.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/base/error.h"
#include "server/kv/overlay.h"
#include "server/kv/rocksdb_store.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/kv/test_stores.h"

namespace labgraph::kv {
namespace {

namespace fs = std::filesystem;
using testing::FailsWith;
using ::testing::HasSubstr;

class RocksDbDamageTest : public ::testing::Test {
 protected:
  static constexpr int kKeys = 1000;
  static constexpr int kKeysPerBatch = 20;

  RocksDbDamageTest() {
    auto store = Open();
    EXPECT_OK(store);
    for (int i = 0; i < kKeys; i += kKeysPerBatch) {
      Batch batch;
      for (int key = i; key < i + kKeysPerBatch; ++key) {
        batch.Put(kLeft, Key(key), ValueOf(key));
      }
      EXPECT_OK((*store)->Write(batch));
    }
  }

  static std::string Key(int i) { return absl::StrCat("key", i); }
  static std::string ValueOf(int i) { return std::string(30, 'a' + i % 26); }

  absl::StatusOr<std::unique_ptr<Store>> Open() {
    return OpenRocksDb({directory_.path()}, kTestKeyspaces);
  }

  // Opening replays the log into a table file.
  void MoveLogIntoTable() { ASSERT_OK(Open()); }

  // The largest file whose name contains `part`.
  std::string File(absl::string_view part) {
    std::string largest;
    for (const auto& entry : fs::directory_iterator(directory_.path())) {
      const std::string path = entry.path();
      if (!absl::StrContains(entry.path().filename().string(), part)) continue;
      if (largest.empty() || fs::file_size(path) > fs::file_size(largest)) largest = path;
    }
    EXPECT_FALSE(largest.empty()) << "no file like " << part;
    return largest;
  }

  // `where`: 0 is the start of the file, 1 its end.
  void FlipByte(const std::string& path, double where) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    const auto offset = static_cast<std::streamoff>(fs::file_size(path) * where);
    file.seekg(offset);
    const char flipped = static_cast<char>(file.get() ^ 0x55);
    file.seekp(offset);
    file.put(flipped);
    ASSERT_TRUE(file.good());
  }

  // Opening fails as corrupt, naming `text`.
  void ExpectCorrupt(absl::string_view text) {
    const auto store = Open();
    ASSERT_THAT(store, FailsWith(v1::ERROR_REASON_STORAGE_CORRUPT));
    EXPECT_THAT(std::string(store.status().message()), HasSubstr(std::string(text)));
    EXPECT_THAT(MetaOf(store.status(), "where"), HasSubstr(directory_.path()));
  }

  TempDir directory_;
};

TEST_F(RocksDbDamageTest, CurrentFile) {
  MoveLogIntoTable();
  const std::string current = File("CURRENT");
  for (const char* content : {"", "MANIFEST-000001", "nonsense\n", "MANIFEST-999999\n"}) {
    SCOPED_TRACE(content);
    std::ofstream(current, std::ios::trunc) << content;
    ExpectCorrupt(directory_.path());
  }
  fs::remove(current);
  ExpectCorrupt("CURRENT");
}

TEST_F(RocksDbDamageTest, Manifest) {
  MoveLogIntoTable();
  const std::string manifest = File("MANIFEST");
  FlipByte(manifest, 0.5);
  ExpectCorrupt(directory_.path());
  fs::remove(manifest);
  ExpectCorrupt("MANIFEST");
}

TEST_F(RocksDbDamageTest, MissingTable) {
  MoveLogIntoTable();
  const std::string table = File(".sst");
  fs::remove(table);
  ExpectCorrupt(fs::path(table).stem().string());
}

TEST_F(RocksDbDamageTest, ShortenedTable) {
  MoveLogIntoTable();
  const std::string table = File(".sst");
  fs::resize_file(table, fs::file_size(table) - 10);
  ExpectCorrupt(fs::path(table).filename().string());
}

TEST_F(RocksDbDamageTest, FlippedByteInATableIsFoundOnReading) {
  MoveLogIntoTable();
  const std::string table = File(".sst");
  FlipByte(table, 0.1);
  ASSERT_OK_AND_ASSIGN(const auto store, Open());
  const auto snapshot = store->GetSnapshot();
  const Overlay overlay(snapshot.get());
  for (const Reader* reader : {static_cast<const Reader*>(snapshot.get()),
                               static_cast<const Reader*>(&overlay)}) {
    const auto cursor = reader->NewCursor(kLeft);
    int seen = 0;
    for (cursor->Seek(""); cursor->Valid(); cursor->Next()) ++seen;
    EXPECT_LT(seen, kKeys);
    EXPECT_THAT(cursor->status(), FailsWith(v1::ERROR_REASON_STORAGE_CORRUPT));
    EXPECT_THAT(std::string(cursor->status().message()), HasSubstr(table));
    EXPECT_EQ(MetaOf(cursor->status(), "where"), "left");
  }
  int failures = 0;
  for (int i = 0; i < kKeys; ++i) {
    const auto value = snapshot->Get(kLeft, Key(i));
    if (value.ok()) {
      EXPECT_EQ(*value, ValueOf(i));
      continue;
    }
    ++failures;
    EXPECT_THAT(value, FailsWith(v1::ERROR_REASON_STORAGE_CORRUPT));
    EXPECT_EQ(MetaOf(value.status(), "where"), "left");
  }
  EXPECT_GT(failures, 0);
  EXPECT_LT(failures, kKeys);
}

// RocksDB 7.8 passed over such a table when walking, and said nothing.
TEST_F(RocksDbDamageTest, UnreadableTableOfALowerLevelIsNotPassedOver) {
  {
    ASSERT_OK_AND_ASSIGN(const auto store, Open());
    // Three tables side by side at the lowest level, each ingested.
    std::mt19937 random(1);  // what cannot be compressed
    for (const char* key : {"a", "b", "c"}) {
      std::string value(8 << 20, '\0');
      for (char& byte : value) byte = static_cast<char>(random());
      Batch batch;
      batch.Put(kRight, key, value);
      ASSERT_OK(store->Write(batch));
    }
  }
  std::set<std::string> tables;
  for (const auto& entry : fs::directory_iterator(directory_.path())) {
    if (entry.path().extension() == ".sst" && entry.file_size() > 1 << 20) {
      tables.insert(entry.path());
    }
  }
  ASSERT_EQ(tables.size(), 3u);
  FlipByte(*std::next(tables.begin()), 0.0001);
  ASSERT_OK_AND_ASSIGN(const auto store, Open());
  const auto snapshot = store->GetSnapshot();
  const auto cursor = snapshot->NewCursor(kRight);
  cursor->Seek("");
  ASSERT_TRUE(cursor->Valid());
  EXPECT_EQ(cursor->key(), "a");
  cursor->Next();
  EXPECT_FALSE(cursor->Valid()) << cursor->key();
  EXPECT_THAT(cursor->status(), FailsWith(v1::ERROR_REASON_STORAGE_CORRUPT));
  // Nor may a compaction leave it out.
  EXPECT_THAT(store->Purge({kRight}, *snapshot),
              FailsWith(v1::ERROR_REASON_STORAGE_CORRUPT));
}

TEST_F(RocksDbDamageTest, FlippedByteInTheLogLosesNothingSilently) {
  const std::string log = File(".log");
  FlipByte(log, 0.5);
  ExpectCorrupt(log);
  fs::remove(directory_.path() + "/SYNCED");
  ExpectCorrupt("server's log");
}

TEST_F(RocksDbDamageTest, LostEndOfTheLogIsNotTakenForATornOne) {
  const std::string log = File(".log");
  fs::resize_file(log, fs::file_size(log) - 3);
  ExpectCorrupt(log);
  fs::remove(log);
  ExpectCorrupt(log);
}

TEST_F(RocksDbDamageTest, LostEndOfTheManifestIsFound) {
  MoveLogIntoTable();
  const std::string manifest = File("MANIFEST");
  fs::resize_file(manifest, fs::file_size(manifest) - 3);
  ExpectCorrupt(manifest);
}

// RocksDB takes a length beyond the end for a record that was not written to its end.
TEST_F(RocksDbDamageTest, DamagedLengthOfTheLastRecordIsFound) {
  const std::string log = File(".log");
  // The record takes up the last 701 bytes, its length is in its fifth and sixth.
  std::fstream file(log, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(static_cast<std::streamoff>(fs::file_size(log) - 701 + 4));
  file.put('\x7f').put('\x7f');
  file.close();
  ExpectCorrupt(log);
}

TEST_F(RocksDbDamageTest, TornEndOfTheLogLosesOnlyTheTornBatch) {
  const std::string log = File(".log");
  fs::resize_file(log, fs::file_size(log) - 3);
  // As after a power cut, with a record from before the batch.
  fs::remove(directory_.path() + "/SYNCED");
  ASSERT_OK_AND_ASSIGN(const auto store, Open());
  EXPECT_EQ(Dump(*store->GetSnapshot(), kLeft).size(), kKeys - kKeysPerBatch);
  const int last_whole = kKeys - kKeysPerBatch - 1;
  EXPECT_EQ(Value(*store->GetSnapshot(), kLeft, Key(last_whole)), ValueOf(last_whole));
}

}  // namespace
}  // namespace labgraph::kv
