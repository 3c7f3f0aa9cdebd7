// Random batches, snapshots and walks, compared with a std::map.

#include <array>
#include <deque>
#include <memory>
#include <string>

#include "gtest/gtest.h"
#include "server/kv/store.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/kv/model.h"
#include "tests/unit/kv/test_stores.h"

namespace labgraph::kv {
namespace {

using Models = std::array<Model, std::size(kTestKeyspaces)>;

// A snapshot, what it must show, and cursors that stay open over it.
struct Watched {
  Watched(const Store& store, const Models& models)
      : expected(models), snapshot(store.GetSnapshot()) {
    for (Keyspace keyspace = 0; keyspace < expected.size(); ++keyspace) {
      tested.push_back(snapshot->NewCursor(keyspace));
      model.emplace_back(&expected[keyspace]);
    }
  }

  const Models expected;
  const std::shared_ptr<const Snapshot> snapshot;
  std::vector<std::unique_ptr<Cursor>> tested;
  std::vector<ModelCursor> model;
};

class StoreModelTest : public ::testing::TestWithParam<Backend> {
 protected:
  Keyspace RandomKeyspace() { return random_.Below(models_.size()); }

  void WriteRandomBatch() {
    Batch batch;
    for (uint32_t i = random_.Below(12); i > 0; --i) {
      const Keyspace keyspace = RandomKeyspace();
      const std::string key = random_.Key();
      if (random_.OneIn(3)) {
        batch.Delete(keyspace, key);
        models_[keyspace].erase(key);
      } else {
        const std::string value = random_.Value();
        batch.Put(keyspace, key, value);
        models_[keyspace][key] = value;
      }
    }
    ASSERT_OK(test_store_.store->Write(batch));
  }

  void Check(Watched& watched) {
    const Keyspace keyspace = RandomKeyspace();
    for (int i = 0; i < 10; ++i) {
      StepBoth(random_, *watched.tested[keyspace], watched.model[keyspace]);
      ASSERT_EQ(At(*watched.tested[keyspace]), watched.model[keyspace].At());
    }
    const std::string key = random_.Key();
    const auto expected = watched.expected[keyspace].find(key);
    ASSERT_EQ(Value(*watched.snapshot, keyspace, key),
              expected == watched.expected[keyspace].end() ? "absent" : expected->second);
  }

  Random random_;
  Models models_;
  TestStore test_store_ = GetParam().make();
};

TEST_P(StoreModelTest, BehavesLikeAMapAtEverySnapshot) {
  SCOPED_TRACE(random_.Description());
  std::deque<std::unique_ptr<Watched>> watched;
  for (int round = 0; round < 1000; ++round) {
    WriteRandomBatch();
    if (random_.OneIn(4)) {
      watched.push_back(std::make_unique<Watched>(*test_store_.store, models_));
    }
    if (watched.size() > 6)
      watched.erase(watched.begin() + random_.Below(watched.size()));
    for (const auto& one : watched) {
      ASSERT_NO_FATAL_FAILURE(Check(*one));
    }
  }
  for (const auto& one : watched) {
    for (Keyspace keyspace = 0; keyspace < models_.size(); ++keyspace) {
      const Model& expected = one->expected[keyspace];
      EXPECT_EQ(Dump(*one->snapshot, keyspace),
                Entries(expected.begin(), expected.end()));
      EXPECT_EQ(DumpBackward(*one->snapshot, keyspace),
                Entries(expected.rbegin(), expected.rend()));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Stores, StoreModelTest, ::testing::ValuesIn(kBackends),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace labgraph::kv
