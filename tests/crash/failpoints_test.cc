// Whatever goes wrong at a failpoint: what was acknowledged is there afterwards, the
// store is sound, and after a write that failed none is acknowledged until it is opened
// again.

#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/base/error.h"
#include "server/base/failpoint.h"
#include "server/graph/view.h"
#include "server/keys/keyspaces.h"
#include "server/kv/backups.h"
#include "server/kv/rocksdb_store.h"
#include "tests/crash/child.h"
#include "tests/crash/journal.h"
#include "tests/testing/status_matchers.h"

namespace labgraph::crash {
namespace {

namespace fs = std::filesystem;
using testing::FailsWith;
using ::testing::HasSubstr;

class FailpointsTest : public ::testing::TestWithParam<absl::string_view> {
 protected:
  // A store with something to lose, and a backup of it.
  static void SetUpTestSuite() {
    base_ = new std::string(absl::StrCat(::testing::TempDir(), "base-", ::getpid()));
    base_journal_ = new Journal;
    fs::remove_all(*base_);
    fs::create_directory(*base_);
    ASSERT_EQ(RunInChild({*base_, "base", ""}, *base_journal_), 0);
  }
  static void TearDownTestSuite() {
    fs::remove_all(*base_);
    delete base_;
    delete base_journal_;
  }

  FailpointsTest()
      : directory_(absl::StrCat(::testing::TempDir(), "failpoints-", ::getpid())) {
    fs::remove_all(directory_);
    fs::copy(*base_, directory_, fs::copy_options::recursive);
    journal_ = *base_journal_;
  }
  ~FailpointsTest() override { fs::remove_all(directory_); }

  absl::StatusOr<std::unique_ptr<kv::Store>> Open() {
    kv::RocksDbOptions options;
    options.path = directory_ + "/store";
    options.ingest_bytes = 64 << 10;
    return kv::OpenRocksDb(options, keys::Names());
  }

  int RunChild(const std::string& prefix, absl::string_view failpoints) {
    return RunInChild({directory_, prefix, std::string(failpoints)}, journal_);
  }

  // Store and backups are sound, and what was acknowledged is there.
  void ExpectNothingLost() {
    ASSERT_OK_AND_ASSIGN(const auto store, Open());
    EXPECT_OK(journal_.Check(*store));
    uint32_t newest = 0;
    {
      ASSERT_OK_AND_ASSIGN(const auto backups, kv::OpenBackups(directory_ + "/backups"));
      for (const kv::BackupInfo& backup : backups->List()) {
        EXPECT_OK(backups->Verify(backup.id));
        newest = backup.id;
      }
    }
    ExpectRestored(newest);
  }

  // A restore is whole, or is when it is repeated.
  void ExpectRestored(uint32_t backup) {
    kv::RocksDbOptions options;
    options.path = directory_ + "/restored";
    const auto repeated =
        kv::RestoreBackup(directory_ + "/backups", backup, options, keys::Names(),
                          [](kv::Store&) { return absl::OkStatus(); });
    if (!repeated.ok()) {
      EXPECT_THAT(repeated.status().message(), HasSubstr("holds a database"));
    }
    ASSERT_OK_AND_ASSIGN(const auto store, kv::OpenRocksDb(options, keys::Names()));
    EXPECT_OK(Journal().Check(*store));
  }

  static std::string* base_;
  static Journal* base_journal_;
  const std::string directory_;
  Journal journal_;
};

std::string* FailpointsTest::base_ = nullptr;
Journal* FailpointsTest::base_journal_ = nullptr;

std::string TestName(const ::testing::TestParamInfo<absl::string_view>& info) {
  return absl::StrReplaceAll(info.param, {{".", "_"}});
}

TEST_P(FailpointsTest, DeathOfTheProcessLosesNothing) {
  EXPECT_EQ(RunChild("crash1", absl::StrCat(GetParam(), "=crash@1")), 137)
      << "it is not reached";
  ExpectNothingLost();
  // In the midst of more, where it is reached so often.
  RunChild("crash4", absl::StrCat(GetParam(), "=crash@4"));
  ExpectNothingLost();
}

TEST_P(FailpointsTest, AnErrorLosesNothing) {
  EXPECT_EQ(RunChild("error", absl::StrCat(GetParam(), "=error@1")), 1);
  ExpectNothingLost();
}

TEST_P(FailpointsTest, ADelayChangesNothing) {
  EXPECT_EQ(RunChild("delay", absl::StrCat(GetParam(), "=delay(5)")), 0);
  ExpectNothingLost();
}

INSTANTIATE_TEST_SUITE_P(All, FailpointsTest, ::testing::ValuesIn(failpoint::Names()),
                         TestName);

class FailedWriteTest : public FailpointsTest {};

TEST_P(FailedWriteTest, NothingIsAcknowledgedUntilReopenedAndReadsGoOn) {
  {
    ASSERT_OK_AND_ASSIGN(const auto store, Open());
    ASSERT_OK_AND_ASSIGN(const auto graph, OpenGraph(store.get()));
    Journal::Mix mix;
    mix.threads = 1;
    ASSERT_OK(journal_.Run(*graph, "before", mix));
    const uint64_t head = graph->head()->state.head;
    {
      const failpoint::Scope scope(absl::StrCat(GetParam(), "=error@1"));
      // One thread's first write is an import, which is large.
      EXPECT_THAT(journal_.Run(*graph, "failed", mix),
                  FailsWith(v1::ERROR_REASON_STORAGE_FAILED));
    }
    const size_t acknowledged = journal_.acknowledged();
    for (int i = 0; i < 3; ++i) {
      EXPECT_THAT(journal_.Run(*graph, absl::StrCat("refused", i), mix),
                  FailsWith(v1::ERROR_REASON_STORAGE_FAILED));
    }
    EXPECT_EQ(journal_.acknowledged(), acknowledged);
    EXPECT_EQ(graph->head()->state.head, head);
    ASSERT_OK_AND_ASSIGN(const auto view,
                         graph->Read({}, graph::ReadFilter::Mode::kList));
    ASSERT_OK_AND_ASSIGN(const auto number,
                         view->records().FindEntity("node/before_0_1_commit_2_0", "id"));
    EXPECT_TRUE(number.has_value());
  }
  ExpectNothingLost();
  ASSERT_OK_AND_ASSIGN(const auto store, Open());
  ASSERT_OK_AND_ASSIGN(const auto graph, OpenGraph(store.get()));
  EXPECT_OK(journal_.Run(*graph, "after", {1, 4}));
}

INSTANTIATE_TEST_SUITE_P(All, FailedWriteTest,
                         ::testing::Values("kv.write.begin", "kv.write.end",
                                           "kv.ingest.files", "kv.ingest.add",
                                           "kv.ingest.remove"),
                         TestName);

}  // namespace
}  // namespace labgraph::crash
