#include "server/adjacency/cache.h"

#include <string>

#include "gtest/gtest.h"
#include "server/adjacency/card_entry.h"
#include "server/keys/keyspaces.h"

namespace labgraph::adjacency {
namespace {

constexpr size_t kBudget = 1 << 20;

// An entry of about `bytes`, read at `revision`.
EntryPtr<Entry> Read(keys::Revision revision, size_t bytes = 100) {
  const std::string id(bytes, 'x');
  return EntryPtr<Entry>(CardEntry::Make({1, id, "public"}, revision).release());
}

bool Insert(Cache& cache, keys::EntityNumber node, keys::Revision revision,
            size_t bytes = 100) {
  EntryPtr<Entry> entry = Read(revision, bytes);
  const bool kept = cache.Insert(Part::kCard, node, entry);
  EXPECT_EQ(kept, entry == nullptr) << "what is kept is taken, and nothing else";
  return kept;
}

kv::Batch Touching(kv::Keyspace keyspace, keys::EntityNumber node) {
  kv::Batch batch;
  batch.Put(keyspace, keys::EntityKey(node), "");
  return batch;
}

TEST(CacheTest, ServesRevisionsFromTheOneReadOn) {
  Cache cache(kBudget);
  ASSERT_TRUE(Insert(cache, 7, 10));
  EXPECT_EQ(cache.Find(Part::kCard, 7, 9), nullptr);
  ASSERT_NE(cache.Find(Part::kCard, 7, 10), nullptr);
  EXPECT_NE(cache.Find(Part::kCard, 7, 11), nullptr);
  EXPECT_EQ(cache.Find(Part::kCard, 8, 11), nullptr);
  EXPECT_EQ(cache.Find(Part::kOut, 7, 11), nullptr);
}

TEST(CacheTest, AWriteDropsWhatItTouchesAndNothingElse) {
  Cache cache(kBudget);
  ASSERT_TRUE(Insert(cache, 7, 10));
  ASSERT_TRUE(Insert(cache, 8, 10));
  cache.OnWritten(Touching(keys::kOut, 7), 11);
  EXPECT_NE(cache.Find(Part::kCard, 7, 11), nullptr);
  cache.OnWritten(Touching(keys::kEntity, 7), 12);
  EXPECT_EQ(cache.Find(Part::kCard, 7, 12), nullptr);
  EXPECT_NE(cache.Find(Part::kCard, 8, 12), nullptr);
  EXPECT_EQ(cache.stats().entries, 1u);
}

TEST(CacheTest, WhatWasReadBeforeTheLatestWriteDoesNotGetIn) {
  Cache cache(kBudget);
  cache.OnWritten(Touching(keys::kEntity, 7), 12);
  EXPECT_FALSE(Insert(cache, 7, 11));
  EXPECT_EQ(cache.Find(Part::kCard, 7, 99), nullptr);
  EXPECT_TRUE(Insert(cache, 7, 12));
}

TEST(CacheTest, TheFirstOfTwoReadersFillsTheSlot) {
  Cache cache(kBudget);
  ASSERT_TRUE(Insert(cache, 7, 10));
  EXPECT_FALSE(Insert(cache, 7, 11));
  EXPECT_EQ(cache.Find(Part::kCard, 7, 99)->read_at, 10u);
}

TEST(CacheTest, StaysWithinItsBudget) {
  Cache cache(kBudget);
  for (keys::EntityNumber node = 1; node <= 50000; ++node) {
    ASSERT_TRUE(Insert(cache, node, 1));
    ASSERT_LE(cache.stats().bytes, kBudget);
  }
  const Cache::Stats stats = cache.stats();
  EXPECT_GT(stats.bytes, kBudget / 2);
  EXPECT_EQ(stats.entries + stats.evicted, 50000u);
}

TEST(CacheTest, WhatIsReadAgainOutlivesWhatIsNot) {
  Cache cache(kBudget);
  for (keys::EntityNumber node = 1; node <= 50000; ++node) {
    ASSERT_TRUE(Insert(cache, node, 1));
    if (node < 10) continue;
    ASSERT_NE(cache.Find(Part::kCard, 10, 1), nullptr) << node;
  }
  EXPECT_EQ(cache.Find(Part::kCard, 11, 1), nullptr);
}

TEST(CacheTest, AnEntryMayNotFillTheCacheAlone) {
  Cache cache(kBudget);
  EXPECT_FALSE(Insert(cache, 1, 1, kBudget / 4));
  EXPECT_EQ(cache.stats().bytes, 0u);
}

TEST(CacheTest, WithoutABudgetNothingIsKept) {
  Cache cache(0);
  EXPECT_FALSE(Insert(cache, 1, 1));
  cache.OnWritten(Touching(keys::kEntity, 1), 2);
  EXPECT_EQ(cache.stats().entries, 0u);
}

TEST(CacheTest, EntitiesBeyondThirtyTwoBitsAreNotKept) {
  Cache cache(kBudget);
  EXPECT_FALSE(Insert(cache, keys::EntityNumber{1} << 32, 1));
  EXPECT_TRUE(Insert(cache, UINT32_MAX, 1));
  cache.OnWritten(Touching(keys::kEntity, keys::EntityNumber{1} << 32), 2);
  EXPECT_NE(cache.Find(Part::kCard, UINT32_MAX, 1), nullptr);
}

// Run under AddressSanitizer this finds memory that is freed too early.
TEST(CacheTest, APinKeepsWhatWasFoundThroughWritesAndEvictions) {
  Cache cache(kBudget);
  ASSERT_TRUE(Insert(cache, 7, 1));
  const Retired::Pin pin = cache.NewPin();
  const auto* found = static_cast<const CardEntry*>(cache.Find(Part::kCard, 7, 1));
  cache.OnWritten(Touching(keys::kEntity, 7), 2);
  for (keys::EntityNumber node = 8; node <= 50000; ++node) Insert(cache, node, 2);
  EXPECT_EQ(found->card().visibility, "public");
  EXPECT_EQ(found->read_at, 1u);
}

}  // namespace
}  // namespace labgraph::adjacency
