// Backups, verification, forgetting and erasing: over a socket.

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "server/app/restore.h"
#include "server/app/server.h"
#include "tests/conformance/served_graph.h"
#include "tests/testing/status_matchers.h"

namespace labgraph::conformance {
namespace {

using ::labgraph::testing::FailsAt;
using ::labgraph::testing::FailsWith;

class AdminCalls : public ServedGraph {
 protected:
  // The last message of a verification.
  absl::StatusOr<v1::VerifyStoreResponse> Verify(client::Connection& connection) {
    auto stream = connection.VerifyStore({});
    v1::VerifyStoreResponse last;
    while (true) {
      auto message = stream->Read();
      if (!message.ok()) return message.status();
      if (!message->has_value()) return last;
      EXPECT_EQ((*message)->findings_size(), 0) << (*message)->DebugString();
      last = **std::move(message);
    }
  }
};

TEST_P(AdminCalls, VerifyingTellsOfEachCheckAndTheContent) {
  auto stream = connection().VerifyStore({});
  uint32_t told = 0;
  bool done = false;
  while (true) {
    const auto message = stream->Read();
    ASSERT_OK(message);
    if (!message->has_value()) break;
    EXPECT_FALSE(done) << "something came after the last message";
    done = (*message)->done();
    if (done) {
      EXPECT_EQ((*message)->content_hash().size(), 64u);
      EXPECT_EQ((*message)->revision(), kFactsRevision);
      EXPECT_EQ((*message)->checks_done(), (*message)->checks());
    } else {
      EXPECT_EQ((*message)->checks_done(), ++told);
    }
  }
  EXPECT_TRUE(done);
  EXPECT_GT(told, 5u);
}

TEST_P(AdminCalls, ForgettingEndsReadsAndPagesOfWhatWas) {
  const auto page =
      connection().ListEntities(Parse<v1::ListEntitiesRequest>("page_size: 1"));
  ASSERT_OK(page);
  ASSERT_OK(Commit("mutations { put_entity { id: 'lab/x' } }"));
  const auto done = connection().CompactHistory(
      Parse<v1::CompactHistoryRequest>(absl::StrCat("before: ", kFactsRevision + 1)));
  ASSERT_OK(done);
  EXPECT_EQ(done->oldest_revision(), kFactsRevision + 1);
  auto next = Parse<v1::ListEntitiesRequest>("page_size: 1");
  next.set_page_token(page->next_page_token());
  EXPECT_THAT(connection().ListEntities(next),
              FailsWith(v1::ERROR_REASON_REVISION_COMPACTED));
  const auto info = connection().GetServerInfo({});
  ASSERT_OK(info);
  EXPECT_EQ(info->oldest_revision(), kFactsRevision + 1);
  EXPECT_THAT(connection().CompactHistory({}),
              FailsAt(v1::ERROR_REASON_FIELD_REQUIRED, "before"));
}

TEST_P(AdminCalls, ErasingLeavesNothingOnDisk) {
  ASSERT_OK(Commit(
      "mutations { put_statement { id: 'secret' subject: 'lab/a' predicate: 'works_with' "
      "object: 'lab/b' sources { document: 'doc/d' quote: 'THE-SECRET-WORDS' } } }"));
  ASSERT_OK(Commit("mutations { retract_statement { id: 'secret' } }"));
  const auto done = connection().Erase(
      Parse<v1::EraseRequest>("statement: 'secret' actor: 'ann' message: 'on request'"));
  ASSERT_OK(done);
  EXPECT_EQ(done->records(), 1u);
  EXPECT_TRUE(done->bytes_removed());
  if (!directory().empty()) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(directory())) {
      if (!entry.is_regular_file()) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      std::ostringstream bytes;
      bytes << file.rdbuf();
      EXPECT_FALSE(absl::StrContains(bytes.str(), "THE-SECRET-WORDS")) << entry.path();
    }
  }
  const auto history =
      connection().GetHistory(Parse<v1::GetHistoryRequest>("statement: 'secret'"));
  ASSERT_OK(history);
  EXPECT_EQ(history->tombstone().actor(), "ann");
  EXPECT_OK(Verify(connection()));
}

TEST_P(AdminCalls, BackupsNeedADirectoryAndAStoreOnDisk) {
  if (!directory().empty()) return;
  EXPECT_THAT(connection().CreateBackup({}), FailsWith(v1::ERROR_REASON_BACKUPS_OFF));
  EXPECT_THAT(connection().ListBackups({}), FailsWith(v1::ERROR_REASON_BACKUPS_OFF));
}

TEST_P(AdminCalls, ARestoredBackupIsTheStoreInAnEpochOfItsOwn) {
  if (directory().empty()) return;
  const auto made = connection().CreateBackup({});
  ASSERT_OK(made);
  EXPECT_EQ(made->backup().revision(), kFactsRevision);
  const auto content = Verify(connection());
  ASSERT_OK(content);
  const auto verified = connection().VerifyBackup(
      Parse<v1::VerifyBackupRequest>(absl::StrCat("id: ", made->backup().id())));
  ASSERT_OK(verified);
  EXPECT_EQ(verified->content_hash(), content->content_hash());
  const auto page =
      connection().ListEntities(Parse<v1::ListEntitiesRequest>("page_size: 1"));
  ASSERT_OK(page);
  ASSERT_OK(Commit("mutations { put_entity { id: 'lab/after' } }"));

  app::Options options;
  options.data_dir = absl::StrCat(directory(), "-restored");
  options.backup_dir = backup_directory();
  options.listen = "127.0.0.1:0";
  StopServer();  // the backups are its own while it runs
  options.restore = made->backup().id();
  ASSERT_OK(app::Restore(options));
  auto server = app::Server::Start(options);
  ASSERT_OK(server);
  const auto restored = client::Connect((*server)->address());
  const auto same = Verify(*restored);
  ASSERT_OK(same);
  EXPECT_EQ(same->content_hash(), content->content_hash());
  EXPECT_THAT(restored->GetEntity(Parse<v1::GetEntityRequest>("id: 'lab/after'")),
              FailsWith(v1::ERROR_REASON_ENTITY_NOT_FOUND));
  auto next = Parse<v1::ListEntitiesRequest>("page_size: 1");
  next.set_page_token(page->next_page_token());
  EXPECT_THAT(restored->ListEntities(next),
              FailsAt(v1::ERROR_REASON_PAGE_TOKEN_INVALID, "page_token"));
  server->reset();
  std::filesystem::remove_all(options.data_dir);
}

TEST_P(AdminCalls, ABackupThatIsNotThereIsToldSo) {
  if (directory().empty()) return;
  EXPECT_THAT(connection().VerifyBackup(Parse<v1::VerifyBackupRequest>("id: 7")),
              FailsAt(v1::ERROR_REASON_BACKUP_NOT_FOUND, "id"));
  EXPECT_THAT(connection().VerifyBackup({}),
              FailsAt(v1::ERROR_REASON_FIELD_REQUIRED, "id"));
  EXPECT_THAT(connection().DeleteBackup(Parse<v1::DeleteBackupRequest>("id: 7")),
              FailsAt(v1::ERROR_REASON_BACKUP_NOT_FOUND, "id"));
}

INSTANTIATE_TEST_SUITE_P(Stores, AdminCalls, ::testing::Bool());

}  // namespace
}  // namespace labgraph::conformance
