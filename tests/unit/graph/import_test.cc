// Parts of an import: committed in order, each for itself, written together.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/base/limits.h"
#include "server/keys/keyspaces.h"
#include "server/keys/rows.h"
#include "server/kv/memory_store.h"
#include "tests/testing/faulty_store.h"
#include "tests/testing/parse_proto.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_graph.h"
#include "tests/unit/graph/crime_schema.h"

namespace labgraph::graph {
namespace {

using testing::FailsAt;
using testing::FailsWith;
using testing::FaultyStore;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using testing::TestGraph;

v1::ImportRequest Part(const std::string& text) {
  return testing::ParseText<v1::ImportRequest>(text);
}

// A part with one new entity, and more fields.
v1::ImportRequest Lab(const std::string& id, const std::string& rest = "") {
  return Part(absl::StrCat("mutations { put_entity { id: 'lab/", id, "' } } ", rest));
}

class ImportTest : public ::testing::Test {
 protected:
  absl::Status Import(std::vector<v1::ImportRequest> parts) {
    answers_.clear();
    return graph_.graph().Import(absl::MakeSpan(parts), &answers_);
  }

  // The position kept under a name.
  uint64_t Kept(const std::string& name) {
    EXPECT_OK(Import({Part(absl::StrCat("checkpoint { name: '", name, "' }"))}));
    return answers_.empty() ? 0 : answers_.front().checkpoint();
  }

  // Opens the graph anew with these counters.
  void Replace(const keys::State& state) {
    kv::Batch batch;
    batch.Put(keys::kMeta, keys::kMetaState, state.Encode());
    ASSERT_OK(graph_.store().Write(batch));
    graph_.Reopen();
  }

  FaultyStore* const store_ =
      new FaultyStore(kv::NewMemoryStore(keys::Names().size()));  // owned by graph_
  TestGraph graph_{std::unique_ptr<kv::Store>(store_), kCrimeSchema};
  std::vector<v1::ImportResponse> answers_;
};

TEST_F(ImportTest, EveryPartIsARevisionAndAllAreOneWrite) {
  const int writes = store_->writes();
  ASSERT_OK(Import({Lab("a", "message: 'first'"), Lab("b"), Lab("b"),
                    Part("mutations { put_statement { subject: 'lab/a' predicate: "
                         "'part_of' object: 'lab/b' } }")}));
  EXPECT_EQ(store_->writes() - writes, 1);
  ASSERT_THAT(answers_, SizeIs(4));
  EXPECT_EQ(answers_[0].revision(), 2u);
  EXPECT_EQ(answers_[0].created(), 1u);
  EXPECT_EQ(answers_[1].revision(), 3u);
  EXPECT_EQ(answers_[2].revision(), 3u) << "it changed nothing";
  EXPECT_EQ(answers_[2].unchanged(), 1u);
  EXPECT_EQ(answers_[3].revision(), 4u);
  EXPECT_EQ(graph_.head(), 4u);
  EXPECT_THAT(graph_.Verify(), IsEmpty());
}

TEST_F(ImportTest, TheFirstRefusedPartEndsIt) {
  EXPECT_THAT(Import({Lab("a"),
                      Part("mutations { put_entity { id: 'lab/b' } } "
                           "mutations { put_entity { id: 'lob/x' } }"),
                      Lab("c")}),
              FailsAt(v1::ERROR_REASON_KIND_UNKNOWN, "mutations[1].put_entity.id"));
  EXPECT_THAT(answers_, SizeIs(1));
  EXPECT_EQ(graph_.Entity("lab/a").id(), "lab/a");
  EXPECT_EQ(graph_.Entity("lab/b").id(), "");
  EXPECT_EQ(graph_.Entity("lab/c").id(), "");
  EXPECT_THAT(graph_.Verify(), IsEmpty());
}

TEST_F(ImportTest, AFailedWriteAnswersNothing) {
  store_->FailWrites(true);
  EXPECT_THAT(Import({Lab("a"), Lab("b")}), FailsWith(v1::ERROR_REASON_STORAGE_FAILED));
  EXPECT_THAT(answers_, IsEmpty());
  EXPECT_EQ(graph_.head(), 1u);
}

TEST_F(ImportTest, AnEntityDeletedOnTheWayIsAnotherAfterwards) {
  ASSERT_OK(Import({Lab("a"), Lab("b")}));
  const std::string statement =
      "mutations { put_statement { id: 'x' subject: 'lab/a' predicate: 'part_of' "
      "object: 'lab/b' } }";
  ASSERT_OK(Import({Part(statement), Part("mutations { retract_statement { id: 'x' } }"),
                    Part("mutations { delete_entity { id: 'lab/a' } }"), Lab("a"),
                    Part(statement)}));
  EXPECT_EQ(answers_.back().created(), 1u);
  EXPECT_THAT(graph_.Verify(), IsEmpty());
}

TEST_F(ImportTest, PartsHaveTheLimitOfCommits) {
  v1::ImportRequest part;
  for (uint64_t i = 0; i < limits::kMutations.value; ++i) {
    part.add_mutations()->mutable_put_entity()->set_id(absl::StrCat("lab/l", i));
  }
  EXPECT_OK(Import({part}));
  part.add_mutations()->mutable_put_entity()->set_id("lab/more");
  EXPECT_THAT(Import({part}), FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "mutations"));
}

TEST_F(ImportTest, StoresHaveALimitOfEntities) {
  keys::State state = graph_.graph().head()->state;
  state.next_entity = limits::kEntities.value;
  Replace(state);
  ASSERT_OK(Import({Lab("last")}));
  EXPECT_EQ(graph_.Entity("lab/last").id(), "lab/last");
  EXPECT_THAT(Import({Lab("more")}),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "mutations[0].put_entity.id"));
  EXPECT_OK(Import({Lab("last")})) << "it is there already";
}

TEST_F(ImportTest, StoresHaveALimitOfStatements) {
  ASSERT_OK(Import({Lab("a"), Lab("b"), Lab("c")}));
  keys::State state = graph_.graph().head()->state;
  state.next_statement = limits::kStatements.value;
  Replace(state);
  const auto put = [](absl::string_view object) {
    return Part(
        absl::StrCat("mutations { put_statement { subject: 'lab/a' predicate: "
                     "'part_of' object: 'lab/",
                     object, "' } }"));
  };
  EXPECT_OK(Import({put("b")}));
  EXPECT_THAT(Import({put("c")}),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "mutations[0].put_statement.id"));
  EXPECT_OK(Import({put("b")})) << "it is there already";
}

// --- Checkpoints --------------------------------------------------------------

TEST_F(ImportTest, ACheckpointIsKeptWithItsPart) {
  EXPECT_EQ(Kept("file"), 0u);
  ASSERT_OK(Import({Lab("a", "checkpoint { name: 'file' position: 10 }"),
                    Lab("b", "checkpoint { name: 'file' position: 20 }"),
                    Lab("c", "checkpoint { name: 'other' position: 5 }")}));
  EXPECT_EQ(answers_[0].checkpoint(), 10u);
  EXPECT_EQ(answers_[1].checkpoint(), 20u);
  graph_.Reopen();
  EXPECT_EQ(Kept("file"), 20u);
  EXPECT_EQ(Kept("other"), 5u);
}

TEST_F(ImportTest, ACheckpointOfARefusedPartIsNotKept) {
  ASSERT_OK(Import({Lab("a", "checkpoint { name: 'file' position: 10 }")}));
  EXPECT_FALSE(Import({Part("mutations { put_entity { id: 'lob/x' } } "
                            "checkpoint { name: 'file' position: 20 }")})
                   .ok());
  EXPECT_EQ(Kept("file"), 10u);
}

TEST_F(ImportTest, ACheckpointIsKeptThoughThePartChangesNothing) {
  ASSERT_OK(Import({Lab("a")}));
  ASSERT_OK(Import({Lab("a", "checkpoint { name: 'file' position: 10 }")}));
  EXPECT_EQ(answers_[0].unchanged(), 1u);
  EXPECT_EQ(answers_[0].revision(), 2u);
  graph_.Reopen();
  EXPECT_EQ(Kept("file"), 10u);
  EXPECT_EQ(graph_.head(), 2u);
}

TEST_F(ImportTest, TheLastPartForgetsTheCheckpoint) {
  ASSERT_OK(Import({Lab("a", "checkpoint { name: 'file' position: 10 }")}));
  ASSERT_OK(Import({Lab("b", "checkpoint { name: 'file' position: 20 done: true }")}));
  EXPECT_EQ(answers_[0].checkpoint(), 0u);
  EXPECT_EQ(Kept("file"), 0u);
  EXPECT_THAT(graph_.Verify(), IsEmpty());
}

TEST_F(ImportTest, NamesOfCheckpointsAreChecked) {
  EXPECT_THAT(Import({Lab("a", "checkpoint { position: 10 }")}),
              FailsAt(v1::ERROR_REASON_FIELD_REQUIRED, "checkpoint.name"));
  EXPECT_THAT(Import({Part("checkpoint { }")}),
              FailsAt(v1::ERROR_REASON_FIELD_REQUIRED, "checkpoint.name"));
  EXPECT_THAT(Import({Part("checkpoint { name: 'a\\000b' }")}),
              FailsAt(v1::ERROR_REASON_TEXT_MALFORMED, "checkpoint.name"));
  const std::string longest(limits::kRequestIdBytes.value, 'n');
  EXPECT_OK(Import({Lab("a", absl::StrCat("checkpoint { name: '", longest, "' }"))}));
  EXPECT_THAT(Import({Lab("b", absl::StrCat("checkpoint { name: '", longest, "x' }"))}),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "checkpoint.name"));
  EXPECT_EQ(graph_.Entity("lab/b").id(), "");
}

}  // namespace
}  // namespace labgraph::graph
