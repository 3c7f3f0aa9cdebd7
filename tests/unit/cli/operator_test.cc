// The commands of operators that give one answer: backup, compact and erase.

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "labgraph/error.h"
#include "tests/unit/cli/cli_runner.h"

namespace labgraph::cli {
namespace {

using ::testing::HasSubstr;

class BackupTest : public ::testing::Test {
 protected:
  BackupTest() {
    cli_.server().create_backup = [this](const v1::CreateBackupRequest&) {
      v1::CreateBackupResponse response;
      *response.mutable_backup() = backup_;
      return response;
    };
    cli_.server().list_backups = [this](const v1::ListBackupsRequest&) { return list_; };
    cli_.server().verify_backup = [this](const v1::VerifyBackupRequest& request) {
      v1::VerifyBackupResponse response;
      *response.mutable_backup() = backup_;
      response.mutable_backup()->set_id(request.id());
      response.set_content_hash("cafe");
      return response;
    };
    cli_.server().delete_backup = [this](const v1::DeleteBackupRequest& request) {
      deleted_ = request.id();
      return v1::DeleteBackupResponse();
    };
    *list_.add_backups() = backup_;
    *list_.add_backups() = Proto<v1::Backup>(
        "id: 12 time { seconds: 1700000060 } store_id: 'abc' revision: 9 bytes: 80 "
        "files: 2");
  }

  CliRunner cli_;
  const v1::Backup backup_ = Proto<v1::Backup>(
      "id: 3 time { seconds: 1700000000 } store_id: 'abc' revision: 7 bytes: 4096 files: "
      "5");
  v1::ListBackupsResponse list_;
  uint32_t deleted_ = 0;
};

TEST_F(BackupTest, CreateShowsTheBackup) {
  EXPECT_EQ(cli_.Run({"backup", "create"}).out,
            "id        3\n"
            "time      2023-11-14T22:13:20Z\n"
            "revision  7\n"
            "bytes     4096\n"
            "files     5\n"
            "store     abc\n");
  EXPECT_EQ(cli_.timeout(), absl::InfiniteDuration());
  EXPECT_EQ(cli_.Run({"backup", "create", "-o", "csv"}).out,
            "id,time,revision,bytes,files,store\r\n"
            "3,2023-11-14T22:13:20Z,7,4096,5,abc\r\n");
  EXPECT_THAT(cli_.Run({"backup", "create", "-o", "jsonl"}).out,
              ::testing::StartsWith("{\"backup\":{\"id\":3,"));
  EXPECT_THAT(cli_.Run({"backup", "create", "-o", "json"}).out, HasSubstr("\"id\": 3"));
}

TEST_F(BackupTest, ListShowsAll) {
  EXPECT_EQ(cli_.Run({"backup", "list"}).out,
            "ID  TIME                  REVISION  BYTES  FILES  STORE\n"
            "3   2023-11-14T22:13:20Z  7         4096   5      abc\n"
            "12  2023-11-14T22:14:20Z  9         80     2      abc\n");
  EXPECT_EQ(cli_.Run({"backup", "list", "-o", "csv"}).out,
            "id,time,revision,bytes,files,store\r\n"
            "3,2023-11-14T22:13:20Z,7,4096,5,abc\r\n"
            "12,2023-11-14T22:14:20Z,9,80,2,abc\r\n");
  EXPECT_THAT(cli_.Run({"backup", "list", "-o", "jsonl"}).out,
              HasSubstr("\n{\"id\":12,"));
  EXPECT_THAT(cli_.Run({"backup", "list", "-o", "json"}).out, HasSubstr("\"id\": 12"));
  list_.clear_backups();
  EXPECT_EQ(cli_.Run({"backup", "list"}).err, "labgraph: no backups\n");
}

TEST_F(BackupTest, VerifyShowsWhatItHolds) {
  const Outcome run = cli_.Run({"backup", "verify", "12"});
  EXPECT_EQ(run.code, 0);
  EXPECT_THAT(run.out, ::testing::StartsWith("id            12\n"));
  EXPECT_THAT(run.out, HasSubstr("content_hash  cafe\n"));
  EXPECT_THAT(cli_.Run({"backup", "verify", "12", "-o", "csv"}).out,
              HasSubstr("store,content_hash\r\n12,"));
  EXPECT_THAT(cli_.Run({"backup", "verify", "12", "-o", "jsonl"}).out,
              ::testing::EndsWith("\"content_hash\":\"cafe\"}\n"));
  EXPECT_THAT(cli_.Run({"backup", "verify", "12", "-o", "json"}).out,
              HasSubstr("\"content_hash\": \"cafe\""));
}

TEST_F(BackupTest, DamageHasItsExitCode) {
  cli_.server().verify_backup = [](const v1::VerifyBackupRequest&) {
    return client::MakeError(v1::ERROR_REASON_STORAGE_CORRUPT, "",
                             "Backup 3 is damaged.");
  };
  const Outcome run = cli_.Run({"backup", "verify", "3"});
  EXPECT_EQ(run.code, 5);
  EXPECT_EQ(run.err, "labgraph: DATA_LOSS STORAGE_CORRUPT: Backup 3 is damaged.\n");
}

TEST_F(BackupTest, DeleteSaysSo) {
  const Outcome run = cli_.Run({"backup", "delete", "12"});
  EXPECT_EQ(run.code, 0);
  EXPECT_EQ(run.out, "backup 12 is deleted\n");
  EXPECT_EQ(deleted_, 12u);
}

TEST_F(BackupTest, WrongCommandLinesAskNothing) {
  const Outcome missing = cli_.Run({"backup", "delete"});
  EXPECT_EQ(missing.code, 2);
  EXPECT_EQ(missing.err,
            "labgraph: the number of the backup is missing; backup list gives them\n");
  EXPECT_EQ(cli_.Run({"backup", "verify"}).code, 2);
  EXPECT_EQ(cli_.Run({"backup", "create", "3"}).code, 2);
  EXPECT_EQ(cli_.Run({"backup", "list", "3"}).code, 2);
  EXPECT_EQ(cli_.Run({"backup", "delete", "0"}).code, 2);
  EXPECT_EQ(cli_.Run({"backup"}).code, 2);
  EXPECT_EQ(cli_.Run({"backup", "restore", "3"}).code, 2);
  EXPECT_EQ(cli_.Run({"backup", "delete", "3", "-o", "csv"}).code, 2);
  EXPECT_EQ(deleted_, 0u);
}

TEST_F(BackupTest, RestoreNeedsAllOfItsArguments) {
  EXPECT_EQ(cli_.Run({"restore"}).code, 2);
  EXPECT_EQ(cli_.Run({"restore", "3"}).code, 2);
  EXPECT_EQ(cli_.Run({"restore", "3", "--data", "d"}).code, 2);
  EXPECT_EQ(cli_.Run({"restore", "3", "--backup-dir", "b"}).code, 2);
  EXPECT_EQ(cli_.Run({"restore", "0", "--backup-dir", "b", "--data", "d"}).code, 2);
  EXPECT_THAT(cli_.Run({"restore", "3", "--data", "d"}).err, HasSubstr("--backup-dir"));
}

TEST_F(BackupTest, ErrorsOfTheServerAreTold) {
  cli_.server().create_backup = [](const v1::CreateBackupRequest&) {
    return client::MakeError(v1::ERROR_REASON_BACKUPS_OFF, "", "No --backup-dir.");
  };
  const Outcome run = cli_.Run({"backup", "create"});
  EXPECT_EQ(run.code, 1);
  EXPECT_EQ(run.err, "labgraph: FAILED_PRECONDITION BACKUPS_OFF: No --backup-dir.\n");
}

class CompactTest : public ::testing::Test {
 protected:
  CompactTest() {
    cli_.server().compact_history = [this](const v1::CompactHistoryRequest& request) {
      before_ = request.before();
      return Proto<v1::CompactHistoryResponse>("oldest_revision: 5 removed_rows: 120");
    };
  }

  CliRunner cli_;
  uint64_t before_ = 0;
};

TEST_F(CompactTest, SaysWhatIsGone) {
  const Outcome run = cli_.Run({"compact", "5"});
  EXPECT_EQ(run.code, 0);
  EXPECT_EQ(run.out,
            "oldest_revision  5\n"
            "removed_rows     120\n");
  EXPECT_EQ(before_, 5u);
  EXPECT_EQ(cli_.timeout(), absl::InfiniteDuration());
  EXPECT_EQ(cli_.Run({"compact", "5", "-o", "csv"}).out,
            "oldest_revision,removed_rows\r\n5,120\r\n");
  EXPECT_EQ(cli_.Run({"compact", "5", "-o", "jsonl"}).out,
            "{\"oldest_revision\":\"5\",\"removed_rows\":\"120\"}\n");
  EXPECT_THAT(cli_.Run({"compact", "5", "-o", "json"}).out,
              HasSubstr("\"removed_rows\": \"120\""));
}

TEST_F(CompactTest, TakesARevision) {
  for (const char* revision : {"0", "x", "-1"}) {
    EXPECT_EQ(cli_.Run({"compact", revision}).code, 2) << revision;
  }
  EXPECT_EQ(cli_.Run({"compact"}).code, 2);
  EXPECT_EQ(before_, 0u);
  cli_.server().compact_history = [](const v1::CompactHistoryRequest&) {
    return client::MakeError(v1::ERROR_REASON_REVISION_IN_FUTURE, "before", "Too new.");
  };
  const Outcome run = cli_.Run({"compact", "99"});
  EXPECT_EQ(run.code, 1);
  EXPECT_EQ(run.err, "labgraph: OUT_OF_RANGE REVISION_IN_FUTURE at before: Too new.\n");
}

class EraseTest : public ::testing::Test {
 protected:
  EraseTest() {
    cli_.server().erase = [this](const v1::EraseRequest& request) {
      request_ = request.ShortDebugString();
      return response_;
    };
  }

  CliRunner cli_;
  std::string request_;
  v1::EraseResponse response_ =
      Proto<v1::EraseResponse>("revision: 14 records: 3 versions: 8 bytes_removed: true");
};

TEST_F(EraseTest, SaysWhatIsGone) {
  const Outcome run = cli_.Run(
      {"erase", "lab/exit", "--cascade", "-m", "By law", "--actor", "ann", "--yes"});
  EXPECT_EQ(run.code, 0);
  EXPECT_EQ(run.err, "");
  EXPECT_EQ(run.out,
            "revision       14\n"
            "records        3\n"
            "versions       8\n"
            "bytes_removed  yes\n");
  EXPECT_EQ(request_,
            R"(entity: "lab/exit" cascade: true actor: "ann" message: "By law")");
}

TEST_F(EraseTest, ForPrograms) {
  const auto run_as = [this](const char* format) {
    return cli_.Run({"erase", "--statement", "s-1", "-m", "why", "--yes", "-o", format});
  };
  EXPECT_EQ(run_as("csv").out,
            "revision,records,versions,bytes_removed\r\n14,3,8,yes\r\n");
  EXPECT_EQ(request_, R"(statement: "s-1" message: "why")");
  EXPECT_EQ(run_as("jsonl").out,
            "{\"revision\":\"14\",\"records\":\"3\",\"versions\":\"8\","
            "\"bytes_removed\":true}\n");
  EXPECT_THAT(run_as("json").out, HasSubstr("\"records\": \"3\""));
}

TEST_F(EraseTest, SaysWhenBytesAreStillThere) {
  response_.set_bytes_removed(false);
  const Outcome run = cli_.Run({"erase", "lab/exit", "-m", "why", "--yes"});
  EXPECT_EQ(run.code, 0);
  EXPECT_THAT(run.out, HasSubstr("bytes_removed  no\n"));
  EXPECT_THAT(run.err, HasSubstr("give the same command again\n"));
}

TEST_F(EraseTest, MustBeMeant) {
  const Outcome run = cli_.Run({"erase", "lab/exit", "-m", "why"});
  EXPECT_EQ(run.code, 2);
  EXPECT_EQ(run.err,
            "labgraph: what is erased cannot be brought back; --yes says that it is "
            "meant\n");
  EXPECT_EQ(request_, "");
}

TEST_F(EraseTest, WrongCommandLinesAskNothing) {
  EXPECT_EQ(cli_.Run({"erase", "lab/exit", "--yes"}).code, 2);
  for (const char* blank : {"", " ", "\t\n"}) {
    EXPECT_EQ(cli_.Run({"erase", "lab/exit", "-m", blank, "--yes"}).code, 2) << blank;
  }
  EXPECT_EQ(cli_.Run({"erase", "-m", "why", "--yes"}).code, 2);
  EXPECT_EQ(cli_.Run({"erase", "s-1", "--cascade", "-m", "why", "--yes"}).code, 2);
  EXPECT_EQ(request_, "");
}

TEST_F(EraseTest, ARefusalIsTheCallersMistake) {
  cli_.server().erase = [](const v1::EraseRequest&) {
    return client::MakeError(v1::ERROR_REASON_ENTITY_IN_USE, "entity", "In use.");
  };
  const Outcome run = cli_.Run({"erase", "lab/exit", "-m", "why", "--yes"});
  EXPECT_EQ(run.code, 1);
  EXPECT_EQ(run.err, "labgraph: FAILED_PRECONDITION ENTITY_IN_USE at entity: In use.\n");
}

}  // namespace
}  // namespace labgraph::cli
