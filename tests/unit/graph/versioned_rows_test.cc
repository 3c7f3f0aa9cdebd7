#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/graph/versioned_reader.h"
#include "server/graph/versioned_writer.h"
#include "server/graph/write_buffer.h"
#include "server/keys/codec.h"
#include "server/keys/keyspaces.h"
#include "server/keys/rows.h"
#include "server/kv/memory_store.h"
#include "tests/testing/random_seed.h"
#include "tests/testing/status_matchers.h"

namespace labgraph::graph {
namespace {

using ::testing::Eq;
using testing::IsOkAndHolds;
using ::testing::Optional;

using Rows = std::map<std::string, std::string>;

std::string Value(keys::Revision revision, absl::string_view text) {
  std::string value;
  keys::AppendVarint(revision, &value);
  return absl::StrCat(value, text);
}

// A store written one revision at a time.
class History {
 public:
  // Calls `write` with the writer of the next revision.
  template <typename Write>
  void Commit(Write write) {
    const auto snapshot = store_->GetSnapshot();
    WriteBuffer buffer(snapshot.get());
    VersionedWriter writer(&buffer, ++head_);
    write(writer);
    ASSERT_OK_AND_ASSIGN(const kv::Batch batch, buffer.ToBatch());
    EXPECT_OK(store_->Write(batch));
  }

  keys::Revision head() const { return head_; }

  absl::StatusOr<absl::optional<std::string>> Get(kv::Keyspace keyspace,
                                                  const std::string& key,
                                                  keys::Revision revision) const {
    const auto snapshot = store_->GetSnapshot();
    return VersionedReader(snapshot.get(), revision, revision == head_)
        .Get(keyspace, key);
  }

  Rows Scan(kv::Keyspace keyspace, const std::string& prefix, const std::string& start,
            keys::Revision revision) const {
    const auto snapshot = store_->GetSnapshot();
    const VersionedReader reader(snapshot.get(), revision, revision == head_);
    Rows rows;
    std::string before;
    RowScan scan = reader.Scan(keyspace, prefix, start);
    for (; scan.Valid(); scan.Next()) {
      EXPECT_LT(before, std::string(scan.key())) << "out of order or twice";
      before = std::string(scan.key());
      rows[before] = std::string(scan.value());
    }
    EXPECT_OK(scan.status());
    return rows;
  }

 private:
  std::unique_ptr<kv::Store> store_ = kv::NewMemoryStore(keys::Names().size());
  keys::Revision head_ = 0;
};

TEST(VersionedRowsTest, EveryRevisionReadsAsItWasWritten) {
  History history;
  const std::string key = keys::StatementIdKey("s");
  history.Commit([&](VersionedWriter& writer) {
    EXPECT_OK(writer.Put(keys::kStatementId, key, Value(1, "one")));
  });
  history.Commit([&](VersionedWriter& writer) {
    EXPECT_OK(writer.Put(keys::kStatementId, key, Value(2, "two")));
  });
  history.Commit([&](VersionedWriter& writer) {
    EXPECT_OK(writer.Delete(keys::kStatementId, key));
  });
  EXPECT_THAT(history.Get(keys::kStatementId, key, 0), IsOkAndHolds(Eq(absl::nullopt)));
  EXPECT_THAT(history.Get(keys::kStatementId, key, 1),
              IsOkAndHolds(Optional(Value(1, "one"))));
  EXPECT_THAT(history.Get(keys::kStatementId, key, 2),
              IsOkAndHolds(Optional(Value(2, "two"))));
  EXPECT_THAT(history.Get(keys::kStatementId, key, 3), IsOkAndHolds(Eq(absl::nullopt)));
}

TEST(VersionedRowsTest, WhatARevisionUndoesItselfWasNeverThere) {
  History history;
  const std::string key = keys::StatementIdKey("s");
  history.Commit([&](VersionedWriter& writer) {
    EXPECT_OK(writer.Put(keys::kStatementId, key, Value(1, "first")));
    EXPECT_OK(writer.Put(keys::kStatementId, key, Value(1, "second")));
    EXPECT_OK(writer.Put(keys::kStatementId, keys::StatementIdKey("t"), Value(1, "")));
    EXPECT_OK(writer.Delete(keys::kStatementId, keys::StatementIdKey("t")));
    EXPECT_OK(writer.Delete(keys::kStatementId, keys::StatementIdKey("never there")));
  });
  history.Commit([](VersionedWriter&) {});
  for (const keys::Revision revision : {1, 2}) {
    EXPECT_EQ(history.Scan(keys::kStatementId, "", "", revision),
              (Rows{{key, Value(1, "second")}}));
  }
  EXPECT_EQ(history.Scan(keys::kPast, "", "", history.head()), Rows());
}

// A page of a list began with the last row of the page before, where a commit in between
// had replaced that row.
TEST(VersionedRowsTest, ScansFromRightBehindAKeyPassOverItsPastRows) {
  History history;
  const std::string first = keys::StatementIdKey("a");
  const std::string second = keys::StatementIdKey("b");
  history.Commit([&](VersionedWriter& writer) {
    EXPECT_OK(writer.Put(keys::kStatementId, first, Value(1, "one")));
    EXPECT_OK(writer.Put(keys::kStatementId, second, Value(1, "one")));
  });
  history.Commit([&](VersionedWriter& writer) {
    EXPECT_OK(writer.Put(keys::kStatementId, first, Value(2, "two")));
    EXPECT_OK(writer.Put(keys::kStatementId, second, Value(2, "two")));
  });
  EXPECT_EQ(history.Scan(keys::kStatementId, "", first + '\0', 1),
            (Rows{{second, Value(1, "one")}}));
  EXPECT_EQ(history.Scan(keys::kStatementId, "", second + '\0', 1), Rows());
}

// Random puts and deletes of two keyspaces against a copy of every revision.
TEST(VersionedRowsTest, AgreeWithANaiveHistory) {
  const uint64_t seed = testing::RandomSeed();
  SCOPED_TRACE(absl::StrCat("LABGRAPH_SEED=", seed));
  std::mt19937_64 random(seed);
  const kv::Keyspace keyspaces[] = {keys::kStatementId, keys::kText};
  const auto random_key = [&] {
    return keys::StatementIdKey(
        std::string(1 + random() % 3, static_cast<char>('a' + random() % 4)));
  };
  History history;
  std::map<kv::Keyspace, Rows> now;
  std::vector<std::map<kv::Keyspace, Rows>> model = {now};
  for (int i = 0; i < 60; ++i) {
    history.Commit([&](VersionedWriter& writer) {
      for (uint64_t n = random() % 8; n > 0; --n) {
        const kv::Keyspace keyspace = keyspaces[random() % 2];
        const std::string key = random_key();
        if (random() % 3 == 0) {
          EXPECT_OK(writer.Delete(keyspace, key));
          now[keyspace].erase(key);
        } else {
          const std::string value =
              Value(writer.revision(), absl::StrCat(random() % 100));
          EXPECT_OK(writer.Put(keyspace, key, value));
          now[keyspace][key] = value;
        }
      }
    });
    model.push_back(now);
  }
  for (keys::Revision revision = 0; revision <= history.head(); ++revision) {
    SCOPED_TRACE(absl::StrCat("revision ", revision));
    for (const kv::Keyspace keyspace : keyspaces) {
      const Rows& expected = model[revision][keyspace];
      EXPECT_EQ(history.Scan(keyspace, "", "", revision), expected);
      const std::string prefix(1, static_cast<char>('a' + random() % 4));
      const std::string start = random_key();
      Rows part;
      for (const auto& [key, value] : expected) {
        if (absl::StartsWith(key, prefix) && key >= start) part[key] = value;
      }
      EXPECT_EQ(history.Scan(keyspace, prefix, start, revision), part) << prefix << start;
      for (int i = 0; i < 5; ++i) {
        const std::string key = random_key();
        const auto it = expected.find(key);
        EXPECT_THAT(history.Get(keyspace, key, revision),
                    IsOkAndHolds(Eq(it == expected.end()
                                        ? absl::optional<std::string>()
                                        : absl::optional<std::string>(it->second))));
      }
    }
  }
}

}  // namespace
}  // namespace labgraph::graph
