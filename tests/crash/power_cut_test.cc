// What was acknowledged outlasts a power cut at any moment, whole, and what was not is
// whole or absent.

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "rocksdb/env.h"
#include "server/keys/keyspaces.h"
#include "server/kv/rocksdb_open.h"
#include "tests/crash/journal.h"
#include "tests/crash/power_cut_files.h"
#include "tests/testing/effort.h"
#include "tests/testing/random_seed.h"
#include "tests/testing/status_matchers.h"

namespace labgraph::crash {
namespace {

namespace fs = std::filesystem;

constexpr int kLives = 2;  // of a store
// RocksDB sleeps for a second after a failed compaction: meanwhile others go on.
constexpr int kThreads = 6;

// One store and its lives.
class Story {
 public:
  // Few stores have the limits of a server, which take long to reach.
  Story(uint64_t seed, bool small)
      : random_(seed),
        small_(small),
        root_(absl::StrCat(::testing::TempDir(), "power-cut-", seed)) {
    fs::remove_all(root_);
    fs::create_directory(root_);
  }
  ~Story() {
    fs::remove_all(root_);
    fs::remove_all(root_ + ".aside");
  }

  // One life: until the cut, or as long as the work takes.
  void Live(const std::string& prefix) {
    auto files = std::make_shared<PowerCutFiles>(root_, random_());
    files->CutAt(1 + random_() % (small_ ? 2500 : 700));
    absl::Status status;
    {
      auto store = Open(files);
      status = store.status();
      if (store.ok()) {
        const auto graph = OpenGraph(store->get());
        status = graph.status();
        if (graph.ok()) status = journal_.Run(**graph, prefix, WhatIsWritten());
      }
    }
    EXPECT_TRUE(status.ok() || files->is_cut()) << status;
    files->LosePower();
  }

  // Everything is as it was acknowledged. Not cut.
  void Check() {
    ASSERT_OK_AND_ASSIGN(const auto store,
                         Open(std::make_shared<PowerCutFiles>(root_, random_())));
    EXPECT_OK(journal_.Check(*store));
  }

  const Journal& journal() const { return journal_; }

 private:
  absl::StatusOr<std::unique_ptr<kv::Store>> Open(std::shared_ptr<PowerCutFiles> files) {
    if (std::getenv("LABGRAPH_IGNORE_SYNCS") != nullptr) files->IgnoreSyncs();
    kv::RocksDbOptions options;
    options.path = root_ + "/store";
    options.cache_bytes = 8 << 20;
    if (small_) {
      options.write_buffer_bytes = 128 << 10;
      options.ingest_bytes = 64 << 10;
    }
    return kv::OpenRocksDbOn(std::move(files), options, keys::Names());
  }

  Journal::Mix WhatIsWritten() const {
    Journal::Mix mix;
    mix.writes = 8;
    if (small_) return mix;
    mix.import_entities = 2200;
    mix.writes = 5;
    return mix;
  }

  std::mt19937_64 random_;
  const bool small_;
  const std::string root_;
  Journal journal_;
};

TEST(PowerCutTest, NothingAcknowledgedIsLostAndNothingIsTorn) {
  const uint64_t first = testing::RandomSeed();
  std::cout << "LABGRAPH_SEED=" << first << std::endl;
  const int seeds = testing::Effort(100, 1000);
  // As many compactions at a time as there are stores: they race with writes, and don't
  // wait for each other's sleep.
  rocksdb::Env::Default()->SetBackgroundThreads(kThreads, rocksdb::Env::LOW);
  std::atomic<int> next = 0;
  std::atomic<size_t> acknowledged = 0;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&] {
      for (int i = next++; i < seeds && !::testing::Test::HasFailure(); i = next++) {
        SCOPED_TRACE(absl::StrCat("LABGRAPH_SEED=", first + i));
        Story story(first + i, (first + i) % 25 != 0);
        for (int life = 0; life < kLives; ++life) {
          story.Live(absl::StrCat("l", life));
          story.Check();
        }
        acknowledged += story.journal().acknowledged();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::cout << acknowledged << " acknowledged writes over " << seeds << " seeds\n";
}

}  // namespace
}  // namespace labgraph::crash
