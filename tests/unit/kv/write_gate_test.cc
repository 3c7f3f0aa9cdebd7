// The gate by which a backup keeps batches out.

#include "server/kv/write_gate.h"

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include "gtest/gtest.h"

namespace labgraph::kv {
namespace {

TEST(WriteGateTest, LetsWritesPassSideBySide) {
  WriteGate gate;
  const WriteGate::Pass one(&gate);
  const WriteGate::Pass two(&gate);
}

TEST(WriteGateTest, ClosingWaitsForThoseInside) {
  WriteGate gate;
  auto pass = std::make_unique<WriteGate::Pass>(&gate);
  std::atomic<bool> inside = true;
  std::thread closing([&] {
    gate.Close();
    EXPECT_FALSE(inside);
    gate.Open();
  });
  inside = false;
  pass.reset();
  closing.join();
}

TEST(WriteGateTest, NobodyPassesWhileItIsClosed) {
  WriteGate gate;
  gate.Close();
  std::atomic<bool> closed = true;
  std::vector<std::thread> writers;
  for (int i = 0; i < 4; ++i) {
    writers.emplace_back([&] {
      const WriteGate::Pass pass(&gate);
      EXPECT_FALSE(closed);
    });
  }
  // By another thread than closed it.
  std::thread opening([&] {
    closed = false;
    gate.Open();
  });
  opening.join();
  for (std::thread& writer : writers) writer.join();
  gate.Open();
  const WriteGate::Pass pass(&gate);
}

}  // namespace
}  // namespace labgraph::kv
