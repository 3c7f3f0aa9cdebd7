// The record of what was synced: its form, and what it finds missing.

#include "server/kv/synced_files.h"

#include <filesystem>
#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/kv/test_stores.h"

namespace labgraph::kv {
namespace {

using testing::FailsWith;
using ::testing::HasSubstr;

Extent ExtentOf(absl::string_view data) {
  Extent extent;
  extent.Append(data);
  return extent;
}

class SyncedFilesTest : public ::testing::Test {
 protected:
  std::string Path(absl::string_view name) {
    return absl::StrCat(directory_.path(), "/", name);
  }
  void Write(absl::string_view name, const std::string& content) {
    std::ofstream(Path(name), std::ios::binary) << content;
  }
  absl::Status Check(const SyncedFiles& synced) {
    return CheckSyncedFiles(directory_.path(), synced);
  }

  TempDir directory_;
};

TEST_F(SyncedFilesTest, RecordOfAGivenForm) {
  SyncedFiles synced;
  synced.generation = 7;
  synced.extents["000004.log"] = ExtentOf("123456789");
  synced.extents["MANIFEST-000005"] = ExtentOf("");
  const std::string record = synced.Encode();
  EXPECT_EQ(record,
            "labgraph synced 7\n"
            "000004.log 9 cbf43926\n"
            "MANIFEST-000005 0 00000000\n"
            "end edbd80b7\n");
  const auto decoded = SyncedFiles::Decode(record + "what was there before\n");
  ASSERT_TRUE(decoded.has_value());
  EXPECT_EQ(decoded->generation, 7u);
  EXPECT_EQ(decoded->extents, synced.extents);
}

TEST_F(SyncedFilesTest, DamagedRecordIsNone) {
  SyncedFiles synced;
  synced.generation = 12;
  synced.extents["000004.log"] = ExtentOf("abc");
  const std::string record = synced.Encode();
  for (size_t i = 0; i < record.size(); ++i) {
    std::string damaged = record;
    damaged[i] ^= 1;
    EXPECT_FALSE(SyncedFiles::Decode(damaged).has_value()) << i;
    EXPECT_FALSE(SyncedFiles::Decode(record.substr(0, i)).has_value()) << i;
  }
}

TEST_F(SyncedFilesTest, ARecordNeverOutgrowsItsSlot) {
  SyncedFiles synced;
  for (int i = 0; i < 1000; ++i) {
    synced.extents[absl::StrCat(100000 + i, ".log")] = ExtentOf("abc");
  }
  const std::string record = synced.Encode();
  EXPECT_LE(record.size(), kSyncedSlotBytes);
  const auto decoded = SyncedFiles::Decode(record);
  ASSERT_TRUE(decoded.has_value());
  EXPECT_GT(decoded->extents.size(), 100u);
}

TEST_F(SyncedFilesTest, TheNewerWholeRecordCounts) {
  SyncedFiles older;
  older.generation = 4;
  SyncedFiles newer;
  newer.generation = 5;
  std::string content = older.Encode();
  content.resize(kSyncedSlotBytes, 'x');
  Write(kSyncedFile, content + newer.Encode());
  ASSERT_OK_AND_ASSIGN(const SyncedFiles both, ReadSyncedFiles(directory_.path()));
  EXPECT_EQ(both.generation, 5u);
  std::string torn = newer.Encode();
  Write(kSyncedFile, content + torn.substr(0, torn.size() / 2));
  ASSERT_OK_AND_ASSIGN(const SyncedFiles one, ReadSyncedFiles(directory_.path()));
  EXPECT_EQ(one.generation, 4u);
  Write(kSyncedFile, "nonsense");
  ASSERT_OK_AND_ASSIGN(const SyncedFiles none, ReadSyncedFiles(directory_.path()));
  EXPECT_TRUE(none.extents.empty());
}

TEST_F(SyncedFilesTest, WhatWasSyncedMustBeThereAndMoreMay) {
  SyncedFiles synced;
  synced.extents["000004.log"] = ExtentOf("synced");
  Write("000004.log", "synced and more");
  EXPECT_OK(Check(synced));
  for (const char* content : {"synce", "", "sYnced and more"}) {
    Write("000004.log", content);
    const absl::Status status = Check(synced);
    EXPECT_THAT(status, FailsWith(v1::ERROR_REASON_STORAGE_CORRUPT)) << content;
    EXPECT_EQ(MetaOf(status, "where"), Path("000004.log"));
    EXPECT_THAT(std::string(status.message()), HasSubstr("from a backup"));
  }
  std::filesystem::remove(Path("000004.log"));
  EXPECT_THAT(Check(synced), FailsWith(v1::ERROR_REASON_STORAGE_CORRUPT));
}

}  // namespace
}  // namespace labgraph::kv
