#include "server/graph/history.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/graph/diff_revisions.h"
#include "server/keys/keyspaces.h"
#include "server/kv/store.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_graph.h"
#include "tests/unit/graph/crime_schema.h"

namespace labgraph::graph {
namespace {

using ::testing::ElementsAre;
using testing::FailsAt;
using ::testing::IsEmpty;
using testing::TestGraph;

// A snapshot that counts the rows of the past that its cursors come to.
class CountingSnapshot final : public kv::Snapshot {
 public:
  explicit CountingSnapshot(std::shared_ptr<const kv::Snapshot> snapshot)
      : snapshot_(std::move(snapshot)) {}
  int rows() const { return rows_; }

  absl::StatusOr<absl::optional<std::string>> Get(kv::Keyspace keyspace,
                                                  absl::string_view key) const override {
    return snapshot_->Get(keyspace, key);
  }
  std::unique_ptr<kv::Cursor> NewCursor(kv::Keyspace keyspace) const override {
    std::unique_ptr<kv::Cursor> cursor = snapshot_->NewCursor(keyspace);
    if (keyspace != keys::kPast) return cursor;
    return std::make_unique<CountingCursor>(std::move(cursor), &rows_);
  }

 private:
  class CountingCursor final : public kv::Cursor {
   public:
    CountingCursor(std::unique_ptr<kv::Cursor> cursor, int* rows)
        : cursor_(std::move(cursor)), rows_(*rows) {}
    void Seek(absl::string_view key) override { ++rows_, cursor_->Seek(key); }
    void SeekForPrev(absl::string_view key) override {
      ++rows_, cursor_->SeekForPrev(key);
    }
    void Next() override { ++rows_, cursor_->Next(); }
    void Prev() override { ++rows_, cursor_->Prev(); }
    bool Valid() const override { return cursor_->Valid(); }
    absl::Status status() const override { return cursor_->status(); }
    absl::string_view key() const override { return cursor_->key(); }
    absl::string_view value() const override { return cursor_->value(); }

   private:
    const std::unique_ptr<kv::Cursor> cursor_;
    int& rows_;
  };

  const std::shared_ptr<const kv::Snapshot> snapshot_;
  mutable int rows_ = 0;
};

class HistoryTest : public ::testing::Test {
 protected:
  void Commit(absl::string_view mutations, absl::string_view actor = "") {
    ASSERT_OK(graph_.Commit(
        absl::StrCat(mutations, "actor: '", actor, "' message: 'by ", actor, "'")));
  }
  void PutNote(absl::string_view fields, absl::string_view actor = "") {
    Commit(absl::StrCat("mutations { put_statement { id: 'n' subject: 'lab/a' predicate: "
                        "'note' value { string_value: 'x' }",
                        fields, "} }"),
           actor);
  }
  absl::StatusOr<HistoryPage> Read(absl::string_view entity, absl::string_view statement,
                                   keys::Revision below = 0, size_t size = 100) {
    v1::GetHistoryRequest request;
    if (!entity.empty()) request.set_entity(std::string(entity));
    if (!statement.empty()) request.set_statement(std::string(statement));
    const std::unique_ptr<View> view = graph_.Read();
    return ReadHistory(request, *view, below, size);
  }
  // Each version as "5 UPDATED field: before > after".
  std::vector<std::string> Told(absl::string_view entity, absl::string_view statement) {
    std::vector<std::string> told;
    const auto page = Read(entity, statement);
    EXPECT_OK(page);
    if (!page.ok()) return told;
    for (const v1::Version& version : page->response.versions()) {
      std::string line =
          absl::StrCat(version.revision(), " ", v1::Outcome_Name(version.outcome()));
      for (const v1::FieldDifference& difference : version.differences()) {
        absl::StrAppend(&line, " ", difference.field(), ": ", difference.before(), " > ",
                        difference.after());
      }
      told.push_back(line);
    }
    return told;
  }

  TestGraph graph_{kCrimeSchema};
};

TEST_F(HistoryTest, EveryVersionIsToldWithWhatDiffers) {
  graph_.PutEntities({"lab/a", "document/d"});
  PutNote("", "ann");
  PutNote("valid { start: '2021' } sources { document: 'document/d' locator: 'p. 1' }");
  PutNote("valid { start: '2022' } sources { document: 'document/d' locator: 'p. 2' }");
  Commit("mutations { retract_statement { id: 'n' } }", "ben");
  EXPECT_THAT(Told("", "n"),
              ElementsAre("6 OUTCOME_RETRACTED",
                          "5 OUTCOME_UPDATED sources[0].locator: \"p. 1\" > \"p. 2\" "
                          "valid.start: \"2021\" > \"2022\"",
                          "4 OUTCOME_UPDATED sources[0].document:  > \"document/d\" "
                          "sources[0].locator:  > \"p. 1\" valid.start:  > \"2021\"",
                          "3 OUTCOME_CREATED"));
  const auto page = Read("", "n");
  EXPECT_EQ(page->response.versions(0).actor(), "ben");
  EXPECT_EQ(page->response.versions(0).message(), "by ben");
  EXPECT_FALSE(page->response.versions(0).has_statement());
  EXPECT_EQ(page->response.versions(3).actor(), "ann");
  EXPECT_EQ(page->response.versions(3).statement().id(), "n");
  EXPECT_TRUE(page->response.versions(3).has_commit_time());
}

TEST_F(HistoryTest, AnIdThatCameBackHasBothLives) {
  graph_.Do("put_entity { id: 'lab/a' names { key: 'en' value: 'A' } }");
  graph_.Do("delete_entity { id: 'lab/a' }");
  graph_.Do("put_entity { id: 'lab/a' names { key: 'en' value: 'B' } }");
  EXPECT_THAT(Told("lab/a", ""), ElementsAre("4 OUTCOME_CREATED", "3 OUTCOME_RETRACTED",
                                             "2 OUTCOME_CREATED"));
}

TEST_F(HistoryTest, PagesFollowOneAnother) {
  graph_.PutEntities({"lab/a"});
  for (int i = 0; i < 5; ++i) PutNote(absl::StrCat("valid { text: '", i, "' }"));
  std::vector<uint64_t> revisions;
  keys::Revision below = 0;
  do {
    const auto page = Read("", "n", below, 2);
    ASSERT_OK(page);
    for (const v1::Version& version : page->response.versions()) {
      revisions.push_back(version.revision());
    }
    below = page->more_below;
  } while (below != 0);
  EXPECT_THAT(revisions, ElementsAre(7, 6, 5, 4, 3));
}

TEST_F(HistoryTest, PagesOfAnySizeTellTheSame) {
  graph_.PutEntities({"lab/a"});
  for (int life = 0; life < 3; ++life) {
    for (int i = 0; i < 3; ++i) PutNote(absl::StrCat("valid { text: '", i, "' }"));
    if (life != 1) Commit("mutations { retract_statement { id: 'n' } }");
    graph_.PutEntities({absl::StrCat("lab/between", life)});
  }
  const auto whole = Read("", "n");
  ASSERT_OK(whole);
  EXPECT_EQ(whole->response.versions_size(), 11);
  for (const size_t size : {1, 2, 3, 10, 11}) {
    v1::GetHistoryResponse joined;
    keys::Revision below = 0;
    do {
      const auto page = Read("", "n", below, size);
      ASSERT_OK(page);
      joined.MergeFrom(page->response);
      below = page->more_below;
    } while (below != 0);
    EXPECT_EQ(joined.ShortDebugString(), whole->response.ShortDebugString()) << size;
  }
}

TEST_F(HistoryTest, APageReadsNoMoreThanItGives) {
  graph_.PutEntities({"lab/a"});
  for (int i = 0; i < 300; ++i) PutNote(absl::StrCat("valid { text: '", i, "' }"));
  v1::GetHistoryRequest request;
  request.set_statement("n");
  for (const keys::Revision below : {0, 150}) {
    const auto head = std::make_shared<Head>(*graph_.graph().head());
    const auto counting = std::make_shared<CountingSnapshot>(head->snapshot);
    head->snapshot = counting;
    const auto view = graph_.graph().ReadIn(head, {}, ReadFilter::Mode::kList);
    ASSERT_OK(view);
    const auto page = ReadHistory(request, **view, below, 5);
    ASSERT_OK(page);
    EXPECT_EQ(page->response.versions_size(), 5);
    EXPECT_LT(counting->rows(), 20) << below;
  }
}

TEST_F(HistoryTest, WhatWasForgottenIsSaidToBe) {
  graph_.PutEntities({"lab/a"});
  PutNote("");
  PutNote("valid { text: '1' }", "ann");
  PutNote("valid { text: '2' }");
  ASSERT_OK(graph_.graph().CompactHistory(4));
  EXPECT_THAT(Told("", "n"), ElementsAre("5 OUTCOME_UPDATED valid.text: \"1\" > \"2\"",
                                         "4 OUTCOME_UPDATED"));
  const auto page = Read("", "n");
  EXPECT_TRUE(page->response.compacted());
  EXPECT_EQ(page->response.oldest_revision(), 4u);
  EXPECT_EQ(page->response.versions(1).actor(), "ann");
  EXPECT_FALSE(Read("lab/a", "")->response.compacted());
}

TEST_F(HistoryTest, MistakesAreToldAtTheirFields) {
  EXPECT_THAT(Read("", ""), FailsAt(v1::ERROR_REASON_FIELD_REQUIRED, "entity"));
  EXPECT_THAT(Read("lab/none", ""), FailsAt(v1::ERROR_REASON_ENTITY_NOT_FOUND, "entity"));
  EXPECT_THAT(Read("lab", ""), FailsAt(v1::ERROR_REASON_ID_MALFORMED, "entity"));
  EXPECT_THAT(Read("", "none"),
              FailsAt(v1::ERROR_REASON_STATEMENT_NOT_FOUND, "statement"));
}

class DiffRevisionsTest : public HistoryTest {
 protected:
  // Each difference as "lab/a UPDATED", from pages of `size`.
  std::vector<std::string> Diff(keys::Revision from, keys::Revision to, size_t size = 100,
                                const v1::RecordFilter& given = {}) {
    const std::unique_ptr<View> earlier = graph_.Read(absl::StrCat("revision: ", from));
    const std::unique_ptr<View> later = graph_.Read(absl::StrCat("revision: ", to));
    const auto filter = RecordFilter::Make(given, later->records());
    EXPECT_OK(filter);
    std::vector<std::string> told;
    DiffPosition at{from + 1, 0};
    for (bool more = true; more;) {
      const auto page = graph::DiffRevisions(*earlier, *later, *filter, at, size);
      EXPECT_OK(page);
      if (!page.ok()) break;
      for (const v1::RecordDifference& found : page->response.differences()) {
        const std::string& id =
            found.has_entity() ? found.entity().id() : found.statement().id();
        told.push_back(
            absl::StrCat(id, " ", v1::Outcome_Name(found.outcome()).substr(8)));
      }
      more = page->more;
      at = page->next;
    }
    return told;
  }
};

TEST_F(DiffRevisionsTest, TellsWhatBecameDifferentOnce) {
  graph_.PutEntities({"lab/a", "lab/b", "lab/c"});
  PutNote("");
  const keys::Revision from = graph_.head();
  PutNote("valid { text: '1' }");
  PutNote("valid { text: '2' }");                    // told at its last change
  graph_.PutEntities({"lab/new", "lab/passing"});    // created
  graph_.Do("delete_entity { id: 'lab/passing' }");  // came and went
  graph_.Do("delete_entity { id: 'lab/b' }");        // gone
  graph_.Do("put_entity { id: 'lab/c' placeholder: true }");
  graph_.Do("put_entity { id: 'lab/c' }");  // back to what it was
  const keys::Revision to = graph_.head();
  graph_.Do("delete_entity { id: 'lab/new' }");  // later
  EXPECT_THAT(Diff(from, to),
              ElementsAre("n UPDATED", "lab/new CREATED", "lab/b RETRACTED"));
  EXPECT_THAT(Diff(to, to), IsEmpty());
}

TEST_F(DiffRevisionsTest, AnIdThatCameBackIsTheSameRecord) {
  graph_.PutEntities({"lab/a", "lab/b"});
  const keys::Revision from = graph_.head();
  graph_.Do("delete_entity { id: 'lab/a' }");
  graph_.Do("put_entity { id: 'lab/a' placeholder: true }");
  graph_.Do("delete_entity { id: 'lab/b' }");
  graph_.PutEntities({"lab/b"});
  graph_.Do("delete_entity { id: 'lab/b' }");
  EXPECT_THAT(Diff(from, graph_.head()), ElementsAre("lab/a UPDATED", "lab/b RETRACTED"));
}

TEST_F(DiffRevisionsTest, PagesOfAnySizeTellTheSame) {
  for (int commit = 0; commit < 4; ++commit) {
    std::string mutations;
    for (int i = 0; i < 7; ++i) {
      absl::StrAppend(&mutations, "mutations { put_entity { id: 'lab/", commit, "-", i,
                      "' } }");
    }
    Commit(mutations);
  }
  const std::vector<std::string> whole = Diff(1, graph_.head());
  EXPECT_EQ(whole.size(), 28u);
  for (const size_t size : {1, 2, 5, 7}) EXPECT_EQ(Diff(1, graph_.head(), size), whole);
}

TEST_F(DiffRevisionsTest, OnlyWhatTheFilterLetsPass) {
  graph_.PutEntities({"lab/a", "person/p"});
  PutNote("");
  v1::RecordFilter filter;
  filter.add_kinds("person");
  EXPECT_THAT(Diff(1, graph_.head(), 100, filter), ElementsAre("person/p CREATED"));
}

TEST_F(DiffRevisionsTest, WhatLeftTheFilterIsToldToo) {
  graph_.PutEntities({"lab/a", "document/d", "document/other"});
  PutNote("sources { document: 'document/d' }");
  const keys::Revision from = graph_.head();
  PutNote("");
  v1::RecordFilter filter;
  filter.add_entities("document/d");
  EXPECT_THAT(Diff(from, graph_.head(), 100, filter), ElementsAre("n UPDATED"));
  filter.set_entities(0, "document/other");
  EXPECT_THAT(Diff(from, graph_.head(), 100, filter), IsEmpty());
}

}  // namespace
}  // namespace labgraph::graph
