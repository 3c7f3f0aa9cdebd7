// What a watch tells: where it begins, commit by commit, in parts, and what its filter
// lets pass.

#include "server/watch/watcher.h"

#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/base/limits.h"
#include "tests/testing/parse_proto.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/watch/watched_graph.h"
#include "tests/unit/watch/watcher_fixture.h"

namespace labgraph::watch {
namespace {

using ::testing::ElementsAre;
using testing::FailsAt;
using testing::FailsWith;
using ::testing::IsEmpty;
using testing::ParseText;

using WatcherTest = WatcherFixture;

TEST_F(WatcherTest, FromHeadSaysWhereItBegins) {
  graph_.PutEntities({"lab/a"});
  Begin("");
  EXPECT_THAT(Told(), ElementsAre("2 heartbeat"));
  graph_.PutEntities({"lab/b"});
  graph_.PutEntities({"lab/c"});
  EXPECT_THAT(Told(), ElementsAre("3: put lab/b", "4: put lab/c"));
  EXPECT_THAT(Told(), IsEmpty());
}

TEST_F(WatcherTest, AfterARevisionTellsEveryCommitSince) {
  graph_.PutEntities({"lab/a", "lab/b"});
  graph_.Relate("s", "lab/a", "lab/b");
  graph_.Retract("s");
  graph_.Do("delete_entity { id: 'lab/b' }");
  EXPECT_THAT(ToldAfter(0, ""),
              ElementsAre("1: schema", "2: put lab/a, put lab/b", "3: put s",
                          "4: retract s", "5: delete lab/b"));
  EXPECT_THAT(ToldAfter(4, ""), ElementsAre("5: delete lab/b"));
  EXPECT_THAT(ToldAfter(5, ""), IsEmpty());
}

TEST_F(WatcherTest, AChangeSaysWhoWhenAndWhy) {
  ASSERT_OK(
      graph_.Commit("message: 'because' actor: 'me' mutations { put_entity { id: "
                    "'lab/a' } }"));
  Begin("after_revision: 1");
  const std::vector<v1::WatchResponse> messages = Messages();
  ASSERT_EQ(messages.size(), 1u);
  EXPECT_EQ(messages[0].change().revision(), 2u);
  EXPECT_EQ(messages[0].change().message(), "because");
  EXPECT_EQ(messages[0].change().actor(), "me");
  EXPECT_EQ(messages[0].change().commit_time().seconds(),
            absl::ToUnixSeconds(graph_.clock().Now()));
}

TEST_F(WatcherTest, ATokenLeadsOnFromItsMessage) {
  graph_.PutEntities({"lab/a"});
  graph_.PutEntities({"lab/b"});
  Begin("after_revision: 1");
  const std::vector<v1::WatchResponse> messages = Messages();
  ASSERT_EQ(messages.size(), 2u);
  Begin(absl::StrCat("resume_token: '", messages[0].resume_token(), "'"));
  EXPECT_THAT(Told(), ElementsAre("3: put lab/b"));
  Begin(absl::StrCat("resume_token: '", messages[1].resume_token(), "'"));
  EXPECT_THAT(Told(), IsEmpty());
  EXPECT_EQ(watcher_->resume_token(), messages[1].resume_token());
}

TEST_F(WatcherTest, ASnapshotIsOfOneRevisionAndChangesFollowIt) {
  graph_.PutEntities({"lab/a", "lab/b"});
  graph_.Relate("s", "lab/a", "lab/b");
  Begin("snapshot: true");
  EXPECT_EQ(watcher_->resume_token(), "");
  graph_.Retract("s");
  graph_.PutEntities({"lab/c"});
  EXPECT_THAT(Told(), ElementsAre("3 snapshot: schema, lab/a, lab/b, s", "4: retract s",
                                  "5: put lab/c"));
}

TEST_F(WatcherTest, ALargeSnapshotComesInParts) {
  constexpr int kLabs = 100;
  graph_.PutLabs("x", kLabs, 1000);
  Begin("snapshot: true");
  const std::vector<v1::WatchResponse> messages = Messages();
  ASSERT_EQ(messages.size(), 4u);
  int labs = 0;
  for (const v1::WatchResponse& message : messages) {
    labs += message.snapshot().entities_size();
    const bool is_last = &message == &messages.back();
    EXPECT_EQ(message.more(), !is_last);
    EXPECT_EQ(message.resume_token().empty(), !is_last);
    EXPECT_EQ(message.snapshot().has_schema(), &message == &messages.front());
    EXPECT_LT(message.ByteSizeLong(), limits::kStreamMessageBytes + 2000);
    EXPECT_EQ(message.revision(), 2u);
  }
  EXPECT_EQ(labs, kLabs);
}

TEST_F(WatcherTest, ASnapshotTellsWhatWasMerged) {
  graph_.PutEntities({"lab/a", "lab/b"});
  graph_.Do("merge_entities { from: 'lab/a' into: 'lab/b' }");
  Begin("snapshot: true");
  EXPECT_THAT(Told(), ElementsAre("3 snapshot: schema, lab/b, lab/a leads to lab/b"));
}

TEST_F(WatcherTest, ALargeCommitComesInParts) {
  constexpr int kLabs = 100;
  graph_.PutLabs("x", kLabs, 1000);
  Begin("after_revision: 1");
  const std::vector<v1::WatchResponse> messages = Messages();
  ASSERT_EQ(messages.size(), 4u);
  std::vector<std::string> ids;
  for (const v1::WatchResponse& message : messages) {
    for (const v1::ChangeEvent& event : message.change().events()) {
      ids.push_back(event.put_entity().id());
    }
    const bool is_last = &message == &messages.back();
    EXPECT_EQ(message.more(), !is_last);
    EXPECT_EQ(message.resume_token().empty(), !is_last);
    EXPECT_EQ(message.change().revision(), 2u);
    EXPECT_TRUE(message.change().has_commit_time());
    EXPECT_LT(message.ByteSizeLong(), limits::kStreamMessageBytes + 2000);
  }
  ASSERT_EQ(ids.size(), static_cast<size_t>(kLabs));
  for (int i = 0; i < kLabs; ++i) EXPECT_EQ(ids[i], absl::StrCat("lab/x", i));
}

TEST_F(WatcherTest, NoPartIsLeftEmptyByTheFilter) {
  v1::CommitRequest request;
  for (int i = 0; i < 30; ++i) {
    v1::Entity* lab = request.add_mutations()->mutable_put_entity();
    lab->set_id(absl::StrCat("lab/y", i));
    (*lab->mutable_descriptions())["en"] = std::string(1100, 'x');
  }
  request.add_mutations()->mutable_put_entity()->set_id("team/t");
  ASSERT_OK(graph_.graph().Commit(request));
  Begin("after_revision: 1 filter { kinds: 'lab' }");
  const std::vector<v1::WatchResponse> messages = Messages();
  ASSERT_EQ(messages.size(), 1u) << "the team is no reason for another part";
  EXPECT_FALSE(messages[0].more());
  EXPECT_EQ(messages[0].change().events_size(), 30);
  EXPECT_GT(messages[0].change().ByteSizeLong(), limits::kStreamMessageBytes);
}

TEST_F(WatcherTest, WhatTheFilterLeavesNothingOfIsPassedOver) {
  graph_.PutEntities({"lab/a"});
  for (int i = 0; i < 3000; ++i) graph_.PutEntities({absl::StrCat("team/", i)});
  Begin("after_revision: 1 filter { kinds: 'lab' }");
  EXPECT_THAT(Told(), ElementsAre("2: put lab/a"));
  v1::WatchResponse heartbeat;
  ASSERT_TRUE(watcher_->Heartbeat(&heartbeat));
  EXPECT_EQ(Describe(heartbeat), "3002 heartbeat");
  Begin(absl::StrCat("resume_token: '", heartbeat.resume_token(),
                     "' filter { kinds: 'lab' }"));
  EXPECT_EQ(watcher_->told(), 3002u);
}

TEST_F(WatcherTest, NoHeartbeatInTheMiddleOfACommit) {
  graph_.PutLabs("x", 100, 1000);
  Begin("after_revision: 1");
  v1::WatchResponse part;
  ASSERT_OK(watcher_->Next(graph_.graph().head(), &changes_, &part));
  ASSERT_TRUE(part.more());
  v1::WatchResponse heartbeat;
  EXPECT_FALSE(watcher_->Heartbeat(&heartbeat));
  EXPECT_EQ(watcher_->told(), 1u);
}

TEST_F(WatcherTest, ASnapshotIsKeptAliveByParts) {
  Begin("snapshot: true");
  v1::WatchResponse message;
  ASSERT_TRUE(watcher_->Heartbeat(&message));
  EXPECT_EQ(Describe(message), "1 snapshot ...");
  EXPECT_THAT(Told(), ElementsAre("1 snapshot: schema"));
}

TEST_F(WatcherTest, FiltersByKind) {
  graph_.PutEntities({"lab/a", "team/t", "team/u"});
  graph_.Relate("at", "lab/a", "team/t");
  graph_.Relate("tu", "team/t", "team/u");
  graph_.Retract("at");
  graph_.Retract("tu");
  graph_.Do("delete_entity { id: 'team/u' }");
  graph_.Do("delete_entity { id: 'lab/a' }");
  EXPECT_THAT(
      ToldAfter(1, "kinds: 'lab'"),
      ElementsAre("2: put lab/a", "3: put at", "5: retract at", "8: delete lab/a"));
  EXPECT_THAT(ToldAfter(7, "kinds: 'doc'"), IsEmpty());
}

TEST_F(WatcherTest, FiltersByPredicate) {
  graph_.PutEntities({"lab/a", "lab/b"});
  graph_.Relate("k", "lab/a", "lab/b", "knows");
  graph_.Relate("l", "lab/a", "lab/b", "likes");
  graph_.Retract("l");
  graph_.Retract("k");
  EXPECT_THAT(ToldAfter(1, "predicates: 'known_by'"),
              ElementsAre("3: put k", "6: retract k"));
}

TEST_F(WatcherTest, FiltersByEntity) {
  graph_.PutEntities({"lab/a", "lab/b", "lab/c", "doc/d"});
  graph_.Relate("bc", "lab/b", "lab/c");
  graph_.Relate("ca", "lab/c", "lab/a");
  graph_.Do(
      "put_statement { id: 'size' subject: 'lab/b' predicate: 'size' value { "
      "number_value: 6 } sources { document: 'doc/d' } }");
  graph_.Retract("bc");
  graph_.Retract("ca");
  graph_.Retract("size");
  EXPECT_THAT(ToldAfter(1, "entities: 'lab/a' entities: 'doc/d'"),
              ElementsAre("2: put lab/a, put doc/d", "4: put ca", "5: put size",
                          "7: retract ca", "8: retract size"));
}

TEST_F(WatcherTest, AStatementThatLeavesTheFilterIsToldOnce) {
  graph_.PutEntities({"lab/a", "lab/b", "doc/d", "doc/e", "doc/f"});
  for (const char* source : {"doc/d", "doc/e", "doc/f"}) {
    graph_.Do(
        absl::StrCat("put_statement { id: 's' subject: 'lab/a' predicate: 'knows' "
                     "object: 'lab/b' sources { document: '",
                     source, "' } }"));
  }
  graph_.Retract("s");
  EXPECT_THAT(ToldAfter(2, "predicates: 'knows' entities: 'doc/d'"),
              ElementsAre("3: put s", "4: put s"));
}

TEST_F(WatcherTest, AllThatACommitDoesToAStatementIsTold) {
  graph_.PutEntities({"lab/a", "lab/b"});
  ASSERT_OK(graph_.Commit(R"(
    mutations { put_statement { id: 'n' subject: 'lab/a' predicate: 'knows'
                                object: 'lab/b' } }
    mutations { delete_entity { id: 'lab/a' cascade: true } })"));
  EXPECT_THAT(ToldAfter(2, "entities: 'lab/b'"), ElementsAre("3: put n, retract n"));
}

TEST_F(WatcherTest, AStatementThatIsPutAgainAtOnceWasThereBefore) {
  graph_.PutEntities({"lab/a", "lab/b", "doc/d", "doc/e"});
  graph_.Do(
      "put_statement { id: 's' subject: 'lab/a' predicate: 'knows' object: 'lab/b' "
      "sources { document: 'doc/d' } sources { document: 'doc/e' } }");
  ASSERT_OK(graph_.Commit(R"(
    mutations { delete_entity { id: 'doc/d' cascade: true } }
    mutations { put_statement { id: 's' subject: 'lab/a' predicate: 'knows'
                                object: 'lab/b' } })"));
  EXPECT_THAT(ToldAfter(3, "entities: 'doc/e'"), ElementsAre("4: retract s, put s"));
}

TEST_F(WatcherTest, TheSchemaIsToldToAll) {
  v1::ApplySchemaRequest request;
  *request.mutable_schema() = ParseText<v1::Schema>(kSchema);
  request.mutable_schema()->add_kinds()->set_name("boat");
  graph_.PutEntities({"lab/a"});
  ASSERT_OK(graph_.graph().ApplySchema(request));
  EXPECT_THAT(ToldAfter(1, "predicates: 'knows'"), ElementsAre("3: schema"));
}

TEST_F(WatcherTest, AKindPutUnderTheOneAskedForCounts) {
  Begin("filter { kinds: 'lab' }");
  EXPECT_THAT(Told(), ElementsAre("1 heartbeat"));
  v1::ApplySchemaRequest request;
  *request.mutable_schema() = ParseText<v1::Schema>(kSchema);
  v1::Kind* kind = request.mutable_schema()->add_kinds();
  kind->set_name("field_lab");
  kind->set_parent("lab");
  ASSERT_OK(graph_.graph().ApplySchema(request));
  graph_.PutEntities({"field_lab/x"});
  EXPECT_THAT(Told(), ElementsAre("2: schema", "3: put field_lab/x"));
}

TEST_F(WatcherTest, AResumedFilterMayNameWhatIsGone) {
  graph_.PutEntities({"lab/a"});
  Begin("filter { entities: 'lab/a' }");
  const std::string token = watcher_->resume_token();
  graph_.Do("delete_entity { id: 'lab/a' }");
  EXPECT_THAT(Make("filter { entities: 'lab/a' }"),
              FailsAt(v1::ERROR_REASON_ENTITY_NOT_FOUND, "filter.entities[0]"));
  Begin(absl::StrCat("resume_token: '", token, "' filter { entities: 'lab/a' }"));
  EXPECT_THAT(Told(), ElementsAre("3: delete lab/a"));
}

TEST_F(WatcherTest, ATokenIsLookedAtBeforeTheFilterThatItVouchesFor) {
  EXPECT_THAT(Make("resume_token: 'x' filter { entities: 'lab' }"),
              FailsAt(v1::ERROR_REASON_RESUME_TOKEN_INVALID, "resume_token"));
  v1::WatchRequest request;
  for (uint64_t i = 0; i <= limits::kBatchIds.value; ++i) {
    request.mutable_filter()->add_kinds("lab");
  }
  EXPECT_THAT(Watcher::Make(graph_.graph(), request),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "filter.kinds"));
  request.set_resume_token("x");
  EXPECT_THAT(Watcher::Make(graph_.graph(), request),
              FailsAt(v1::ERROR_REASON_RESUME_TOKEN_INVALID, "resume_token"));
}

TEST_F(WatcherTest, BadRequestsAreRefusedAtTheirField) {
  EXPECT_THAT(Make("after_revision: 2"),
              FailsAt(v1::ERROR_REASON_REVISION_IN_FUTURE, "after_revision"));
  EXPECT_THAT(Make("resume_token: 'x'"),
              FailsAt(v1::ERROR_REASON_RESUME_TOKEN_INVALID, "resume_token"));
  EXPECT_THAT(Make("filter { kinds: 'lob' }"),
              FailsAt(v1::ERROR_REASON_KIND_UNKNOWN, "filter.kinds[0]"));
  EXPECT_THAT(Make("filter { predicates: 'lob' }"),
              FailsAt(v1::ERROR_REASON_PREDICATE_UNKNOWN, "filter.predicates[0]"));
  EXPECT_THAT(Make("heartbeat_seconds: 301"),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "heartbeat_seconds"));
  EXPECT_OK(Make("heartbeat_seconds: 300"));
}

TEST_F(WatcherTest, HistoryThatWasForgottenCannotBeTold) {
  for (const char* id : {"lab/a", "lab/b", "lab/c"}) graph_.PutEntities({id});
  Begin("after_revision: 1");
  const std::string token = watcher_->resume_token();
  v1::WatchResponse message;
  ASSERT_OK(watcher_->Next(graph_.graph().head(), &changes_, &message));
  ASSERT_OK(graph_.graph().CompactHistory(3));
  message.Clear();
  const auto next = watcher_->Next(graph_.graph().head(), &changes_, &message);
  EXPECT_THAT(next, FailsWith(v1::ERROR_REASON_REVISION_COMPACTED));
  EXPECT_EQ(MetaOf(next.status(), "oldest"), "3");
  EXPECT_THAT(Make("after_revision: 2"),
              FailsAt(v1::ERROR_REASON_REVISION_COMPACTED, "after_revision"));
  EXPECT_THAT(Make(absl::StrCat("resume_token: '", token, "'")),
              FailsAt(v1::ERROR_REASON_REVISION_COMPACTED, "resume_token"));
  EXPECT_THAT(ToldAfter(3, ""), ElementsAre("4: put lab/c"));
}

}  // namespace
}  // namespace labgraph::watch
