// A connection that breaks while it is made is made again in the time that the client
// library takes to repeat a call.

#include <memory>

#include "gtest/gtest.h"
#include "tests/faults/items.h"
#include "tests/faults/proxy.h"
#include "tests/faults/server_process.h"
#include "tests/testing/status_matchers.h"

namespace labgraph::faults {
namespace {

// It was not: between two attempts nobody read from the new connection's socket, so all
// of them failed, and calls went on to fail for up to five seconds.
TEST(RedialTest, CallsRepeatedAfterABrokenDialFindTheNextOne) {
  ServerProcess server;
  ASSERT_OK(server.Start());
  Proxy line(server.address(), {.bad_connections = 1}, 0);
  const auto connection = client::Connect(line.address());
  EXPECT_OK(connection->GetServerInfo({}));
  EXPECT_EQ(line.counts().connections, 2);
}

}  // namespace
}  // namespace labgraph::faults
