#include "server/graph/verify.h"

#include <set>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/keys/codec.h"
#include "server/keys/keyspaces.h"
#include "server/keys/rows.h"
#include "server/keys/segment.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_graph.h"
#include "tests/unit/graph/crime_schema.h"

namespace labgraph::graph {
namespace {

using ::testing::Contains;
using testing::FailsWith;
using ::testing::IsEmpty;
using testing::TestGraph;

// One row per letter of an entity's key.
class LetterIndex final : public EntityIndex {
 public:
  std::set<std::string> Keys(keys::EntityNumber number,
                             const v1::Entity& entity) const override {
    std::set<std::string> keys;
    for (const char letter : entity.id()) {
      keys.insert(keys::TextKey(std::string(1, letter), number));
    }
    return keys;
  }
};

// A store with something of everything, current and past, and then damaged.
class VerifyTest : public ::testing::Test {
 protected:
  VerifyTest() {
    graph_.PutEntities(
        {"lab/a", "lab/b", "lab/gone", "document/d"});  // 1 to 4, revision 2
    graph_.Do("put_entity { id: 'lab/a' sources { document: 'document/d' } }");
    Put("id: 'edge' subject: 'lab/a' predicate: 'part_of' object: 'lab/b' "
        "sources { document: 'document/d' }");
    Put("id: 'note' subject: 'lab/a' predicate: 'note' value { string_value: 'n' }");
    Put("id: 'past' subject: 'lab/gone' predicate: 'part_of' object: 'lab/b'");
    Put("id: 'past' subject: 'lab/gone' predicate: 'part_of' object: 'lab/b' "
        "rank: RANK_PREFERRED");
    graph_.Do("delete_entity { id: 'lab/gone' cascade: true }");
    part_of_ = graph_.Read()->ontology().FindPredicate("part_of").predicate->number;
    note_ = graph_.Read()->ontology().FindPredicate("note").predicate->number;
  }

  void Put(absl::string_view statement) {
    graph_.Do(absl::StrCat("put_statement {", statement, "}"));
  }

  // Changes one row behind the graph's back; an absent value deletes it.
  void Damage(kv::Keyspace keyspace, const std::string& key,
              absl::optional<std::string> value) {
    kv::Batch batch;
    if (value.has_value()) {
      batch.Put(keyspace, key, *value);
    } else {
      batch.Delete(keyspace, key);
    }
    ASSERT_OK(graph_.store().Write(batch));
  }

  std::string Row(kv::Keyspace keyspace, const std::string& key) {
    const auto row = graph_.store().GetSnapshot()->Get(keyspace, key);
    EXPECT_TRUE(row.ok() && row->has_value()) << keys::kNames[keyspace];
    return row->value_or("");
  }

  // The invariants that are found broken.
  std::set<std::string> Broken() {
    std::set<std::string> invariants;
    for (const std::string& finding : graph_.Verify()) {
      invariants.insert(finding.substr(0, finding.find(' ')));
    }
    return invariants;
  }

  std::string EdgeRow(uint64_t facet, keys::Revision revision) {
    return keys::EncodeSegment({{2, 1, static_cast<keys::FacetNumber>(facet), revision}});
  }

  LetterIndex index_;
  TestGraph graph_{kCrimeSchema, &index_};
  uint32_t part_of_ = 0;
  uint32_t note_ = 0;
};

TEST_F(VerifyTest, ASoundStoreHasNoFindings) { EXPECT_THAT(graph_.Verify(), IsEmpty()); }

TEST_F(VerifyTest, EveryMissingRowIsFound) {
  const auto snapshot = graph_.store().GetSnapshot();
  int rows = 0;
  for (kv::Keyspace keyspace = keys::kEntity; keyspace <= keys::kChange; ++keyspace) {
    const auto cursor = snapshot->NewCursor(keyspace);
    for (cursor->Seek(""); cursor->Valid(); cursor->Next()) {
      ++rows;
      Damage(keyspace, std::string(cursor->key()), absl::nullopt);
      // Without the replay, which finds whatever differs.
      const auto findings = VerifyStore(*graph_.store().GetSnapshot(), &index_,
                                        {.limit = 1, .replay = false});
      // A facet is in use as long as history is, so that none may go either.
      EXPECT_TRUE(findings.ok() && !findings->empty())
          << keys::kNames[keyspace] << "/" << absl::BytesToHexString(cursor->key());
      EXPECT_THAT(Broken(), ::testing::Not(IsEmpty()));
      Damage(keyspace, std::string(cursor->key()), std::string(cursor->value()));
    }
  }
  EXPECT_GT(rows, 40);
  EXPECT_THAT(graph_.Verify(), IsEmpty());
}

TEST_F(VerifyTest, EveryInvariantIsSeenBroken) {
  const std::string out_key = keys::EdgeKey{1, part_of_, 0, 0}.Encode();
  const std::string in_key = keys::EdgeKey{2, part_of_, 0, 0}.Encode();
  const std::string in_row = keys::EncodeSegment({{1, 1, 1, 4}});
  ASSERT_EQ(Row(keys::kOut, out_key), EdgeRow(1, 4));
  ASSERT_EQ(Row(keys::kIn, in_key), in_row);
  keys::State state = graph_.graph().head()->state;
  ++state.entities;
  std::string overlap;
  keys::AppendVarint(3, &overlap);  // revision 3 to 4, and the current row is of 3
  const struct {
    const char* invariant;
    kv::Keyspace keyspace;
    std::string key;
    std::string value;
  } cases[] = {
      {"I1", keys::kIn, in_key, keys::EncodeSegment({{1, 1, 1, 5}})},
      {"I3", keys::kIn, in_key, keys::EncodeSegment({{1, 1, 2, 4}})},
      {"I3", keys::kValue, keys::ValueKey(1, note_, 99), keys::IndexRow{2, 1}.Encode()},
      {"I3", keys::kText, keys::TextKey("zzz", 1), keys::IndexRow{2}.Encode()},
      {"I3", keys::kSourceIndex, keys::SourceEntityKey(4, 2), keys::IndexRow{2}.Encode()},
      {"I3", keys::kEntityId, keys::EntityIdKey(1, "other"),
       keys::IndexRow{2, 1}.Encode()},
      {"I3", keys::kFacet, keys::FacetKey(77), "?"},
      {"I4", keys::kPast, keys::PastKey(keys::kEntity, keys::EntityKey(1), 5), overlap},
      {"I9", keys::kChange, keys::ChangeKey(state.head + 1), ""},
      {"I9", keys::kText, keys::TextKey("l", 1), keys::IndexRow{state.head + 1}.Encode()},
      {"I10", keys::kOut, out_key, keys::EncodeSegment({})},
      {"I10", keys::kOut, out_key, "?"},
      {"I10", keys::kOut, keys::EdgeKey{1, part_of_, 3, 0}.Encode(), EdgeRow(1, 4)},
      {"I11", keys::kMeta, keys::kMetaState, state.Encode()},
  };
  for (const auto& test : cases) {
    const auto before = graph_.store().GetSnapshot()->Get(test.keyspace, test.key);
    ASSERT_OK(before);
    Damage(test.keyspace, test.key, test.value);
    EXPECT_THAT(Broken(), Contains(test.invariant)) << keys::kNames[test.keyspace];
    Damage(test.keyspace, test.key, *before);
  }
  EXPECT_THAT(graph_.Verify(), IsEmpty());
}

// Damage within a record, which keeps its length.
TEST_F(VerifyTest, DamagedRecordsAreFound) {
  const struct {
    const char* invariant;
    kv::Keyspace keyspace;
    uint64_t number;
    const char* from;
    const char* to;
  } cases[] = {
      {"I2", keys::kStatement, 1, "lab/b", "lab/x"},
      {"I2", keys::kStatement, 1, "document/d", "document/x"},
      {"I3", keys::kStatement, 1, "edge", "egde"},
      {"I7", keys::kStatement, 1, "public", "a & &b"},
      {"I7", keys::kEntity, 1, "public", "b & aa"},
      {"I8", keys::kEntity, 1, "lab/a", "lap/a"},
      {"I5", keys::kStatement, 2, "n", "m"},
  };
  for (const auto& test : cases) {
    const std::string key = keys::EntityKey(test.number);
    const std::string before = Row(test.keyspace, key);
    std::string after = before;
    const size_t at = after.rfind(test.from);
    ASSERT_NE(at, std::string::npos) << test.from;
    after.replace(at, std::string(test.from).size(), test.to);
    Damage(test.keyspace, key, after);
    EXPECT_THAT(Broken(), Contains(test.invariant)) << test.from << " to " << test.to;
    Damage(test.keyspace, key, before);
  }
}

TEST_F(VerifyTest, FactsThatDoNotFitTheSchemaAreFound) {
  const std::string key = keys::SchemaVersionKey(1);
  v1::Schema schema;
  ASSERT_TRUE(schema.ParseFromString(Row(keys::kSchema, key)));
  for (v1::Predicate& predicate : *schema.mutable_predicates()) {
    if (predicate.name() == "note") predicate.set_source_required(true);
  }
  Damage(keys::kSchema, key, schema.SerializeAsString());
  EXPECT_THAT(graph_.Verify(),
              Contains("I8 statement/2: SOURCE_REQUIRED at \"sources\": \"note\" needs a "
                       "source: give at least one document."));
}

TEST_F(VerifyTest, StopsAtTheLimit) {
  for (uint64_t i = 100; i < 120; ++i) {
    Damage(keys::kValue, keys::ValueKey(1, note_, i), keys::IndexRow{2, 1}.Encode());
  }
  const auto findings = VerifyStore(*graph_.store().GetSnapshot(), &index_, {.limit = 5});
  ASSERT_OK(findings);
  EXPECT_EQ(findings->size(), 5u);
}

TEST_F(VerifyTest, WithoutCountersThereIsNothingToVerify) {
  Damage(keys::kMeta, keys::kMetaState, "?");
  EXPECT_THAT(VerifyStore(*graph_.store().GetSnapshot(), &index_),
              FailsWith(v1::ERROR_REASON_STORAGE_CORRUPT));
}

}  // namespace
}  // namespace labgraph::graph
