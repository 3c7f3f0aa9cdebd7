// kill -9 in the middle of writing, over and over, on one directory. What was
// acknowledged is there, whole and at its revision; what was not is there whole or not at
// all, and sending it again leaves it there exactly once.

#include <iostream>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/faults/items.h"
#include "tests/faults/load.h"
#include "tests/faults/server_process.h"
#include "tests/testing/effort.h"
#include "tests/testing/random_seed.h"
#include "tests/testing/status_matchers.h"

namespace labgraph::faults {
namespace {

using testing::Effort;
using ::testing::IsEmpty;

// Created and last changed, as answers give it.
using Revisions = std::pair<uint64_t, uint64_t>;

// The server after a kill, asked about writes of before.
class Aftermath {
 public:
  explicit Aftermath(std::shared_ptr<client::Connection> connection)
      : connection_(std::move(connection)) {}

  // The revision that made all records of the write, or nothing where there are none.
  // Fails the test where there are some and others not.
  absl::optional<uint64_t> RevisionOf(const SentWrite& write) {
    std::set<Revisions> revisions;
    size_t found = 0;
    for (const Revisions& record : RecordsOf(write.request)) {
      ++found;
      revisions.insert(record);
    }
    if (found == 0) return absl::nullopt;
    const std::string& name = write.request.request_id();
    EXPECT_EQ(found, static_cast<size_t>(write.request.mutations_size()))
        << name << " is torn";
    EXPECT_EQ(revisions.size(), 1) << name << " is of several revisions";
    EXPECT_EQ(revisions.begin()->first, revisions.begin()->second)
        << name << " was written twice";
    return revisions.begin()->first;
  }

  uint64_t Head() {
    const auto info = connection_->GetServerInfo({});
    EXPECT_OK(info);
    return info.ok() ? info->head_revision() : 0;
  }

  uint64_t CheckpointOf(const std::string& name) {
    client::ImportSession session(connection_);
    const auto position = session.FindCheckpoint(name);
    EXPECT_OK(position);
    EXPECT_OK(session.Finish());
    return position.value_or(0);
  }

 private:
  std::vector<Revisions> RecordsOf(const v1::CommitRequest& request) {
    v1::BatchGetEntitiesRequest entities;
    v1::ListStatementsRequest statements;
    for (const v1::Mutation& mutation : request.mutations()) {
      if (mutation.has_put_entity()) {
        entities.add_ids(mutation.put_entity().id());
      } else {
        statements.add_ids(mutation.put_statement().id());
      }
    }
    std::vector<Revisions> revisions;
    const auto found = connection_->BatchGetEntities(entities);
    EXPECT_OK(found);
    if (!found.ok()) return revisions;
    for (const v1::Entity& entity : found->entities()) {
      revisions.emplace_back(entity.created_revision(), entity.updated_revision());
    }
    if (statements.ids().empty()) return revisions;
    const auto listed = connection_->ListStatements(statements);
    EXPECT_OK(listed);
    if (!listed.ok()) return revisions;
    for (const v1::Statement& statement : listed->statements()) {
      revisions.emplace_back(statement.created_revision(), statement.updated_revision());
    }
    return revisions;
  }

  const std::shared_ptr<client::Connection> connection_;
};

class KillTest : public ::testing::Test {
 protected:
  KillTest() : seed_(testing::RandomSeed()), random_(seed_) {
    std::cout << "LABGRAPH_SEED=" << seed_ << std::endl;
  }

  uint64_t Below(uint64_t bound) { return random_() % bound; }

  // Starts the server again, at times only after it was killed while it started.
  void Restart() {
    for (int i = 0; i < 2 && Below(3) == 0; ++i) {
      server_.StartAndKill(absl::Milliseconds(Below(150)));
    }
    ASSERT_OK(server_.Start());
    connection_ = ConnectOnce(server_.address());
  }

  // Finds every write that is there, of which there are as many as revisions, and gives
  // those that are not answered by their revisions, 0 where they are not there.
  void FindWrites(const std::vector<SentWrite>& writes) {
    Aftermath aftermath(connection_);
    std::set<uint64_t> revisions;
    found_.clear();
    for (const SentWrite& write : writes) {
      const absl::optional<uint64_t> revision = aftermath.RevisionOf(write);
      found_.push_back(revision);
      if (write.revision.has_value()) {
        ++acknowledged_;
        EXPECT_EQ(revision, write.revision) << write.request.request_id() << " is lost";
      } else {
        ++unanswered_;
        unanswered_there_ += revision.has_value();
      }
      if (!revision.has_value()) continue;
      EXPECT_TRUE(revisions.insert(*revision).second) << "two writes in " << *revision;
      EXPECT_GT(*revision, head_);
    }
    const uint64_t head = aftermath.Head();
    EXPECT_EQ(revisions.size(), head - head_) << "revisions that nobody asked for";
    head_ = head;
  }

  // The parts of an import that are there are the first ones, as far as its checkpoint.
  void CheckImport(const std::vector<SentWrite>& writes, const std::string& checkpoint) {
    const uint64_t position = Aftermath(connection_).CheckpointOf(checkpoint);
    for (size_t i = 0; i < writes.size(); ++i) {
      if (writes[i].import_part == 0) continue;
      EXPECT_EQ(found_[i].has_value(), writes[i].import_part <= position)
          << "part " << writes[i].import_part << " with a checkpoint at " << position;
    }
  }

  // Sends every commit again: one that is there gets its first answer, any other is made.
  void SendAgain(const std::vector<SentWrite>& writes) {
    for (size_t i = 0; i < writes.size(); ++i) {
      const SentWrite& write = writes[i];
      if (write.import_part != 0) continue;
      SCOPED_TRACE(write.request.request_id());
      const uint64_t expected = found_[i].has_value() ? *found_[i] : ++head_;
      for (const bool again : {false, true}) {
        ASSERT_OK_AND_ASSIGN(const v1::CommitResponse response,
                             connection_->Commit(write.request));
        EXPECT_EQ(response.revision(), expected);
        EXPECT_EQ(response.replayed(), again || found_[i].has_value());
        EXPECT_EQ(response.results_size(), write.request.mutations_size());
        for (const v1::MutationResult& result : response.results()) {
          EXPECT_EQ(result.outcome(), v1::OUTCOME_CREATED);
        }
      }
      EXPECT_EQ(Aftermath(connection_).RevisionOf(write), expected);
    }
    EXPECT_EQ(Aftermath(connection_).Head(), head_);
  }

  // Writes to be looked for once more at the end.
  void KeepSome(const std::vector<SentWrite>& writes) {
    for (size_t i = 0; i < writes.size(); ++i) {
      if (!found_[i].has_value() || Below(10) != 0) continue;
      kept_.push_back(writes[i]);
      kept_.back().revision = found_[i];
    }
  }
  void CheckKept() {
    for (const SentWrite& write : kept_) {
      EXPECT_EQ(Aftermath(connection_).RevisionOf(write), write.revision);
    }
  }

  const uint64_t seed_;
  std::mt19937_64 random_;
  ServerProcess server_;
  std::shared_ptr<client::Connection> connection_;
  uint64_t head_ = kSchemaRevision;
  // By place in the writes of the last load.
  std::vector<absl::optional<uint64_t>> found_;
  std::vector<SentWrite> kept_;

  // For the record.
  size_t acknowledged_ = 0;
  size_t unanswered_ = 0;
  size_t unanswered_there_ = 0;
};

TEST_F(KillTest, AcknowledgedWritesSurviveAndOthersAreWholeOrNotThere) {
  constexpr size_t kMostAcknowledged = 250;
  SCOPED_TRACE(absl::StrCat("LABGRAPH_SEED=", seed_));
  const int kills = Effort(10, 200);
  ASSERT_OK(server_.Start());
  connection_ = ConnectOnce(server_.address());
  ApplySchema(*connection_);
  for (int kill = 0; kill < kills && !HasFailure(); ++kill) {
    SCOPED_TRACE(absl::StrCat("kill ", kill));
    Load load(connection_, absl::StrCat("k", kill));
    EXPECT_TRUE(load.AwaitAcknowledged(1 + Below(kMostAcknowledged)));
    server_.Kill();
    const std::vector<SentWrite> writes = load.Finish();
    Restart();
    if (HasFatalFailure()) return;
    FindWrites(writes);
    CheckImport(writes, load.checkpoint());
    SendAgain(writes);
    KeepSome(writes);
  }
  CheckKept();
  EXPECT_EQ(server_.Stop(), 0);
  EXPECT_THAT(VerifyDirectory(server_.data_directory()), IsEmpty());
  std::cout << kills << " kills, " << acknowledged_ << " acknowledged writes, "
            << unanswered_ << " unanswered ones of which " << unanswered_there_
            << " are there" << std::endl;
  EXPECT_GT(unanswered_, 0) << "no kill met a write on its way";
}

}  // namespace
}  // namespace labgraph::faults
