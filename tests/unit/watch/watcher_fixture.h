#ifndef LABGRAPH_TESTS_UNIT_WATCH_WATCHER_FIXTURE_H_
#define LABGRAPH_TESTS_UNIT_WATCH_WATCHER_FIXTURE_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "server/watch/watcher.h"
#include "tests/testing/parse_proto.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/watch/watched_graph.h"

namespace labgraph::watch {

// One watcher at a time, over a graph of its own, and what it tells.
class WatcherFixture : public ::testing::Test {
 protected:
  absl::StatusOr<std::unique_ptr<Watcher>> Make(const std::string& request) {
    return Watcher::Make(graph_.graph(), testing::ParseText<v1::WatchRequest>(request));
  }
  void Begin(const std::string& request) {
    auto watcher = Make(request);
    ASSERT_OK(watcher);
    watcher_ = *std::move(watcher);
  }

  // All that there is to tell, message by message; the error that ended it is in status_.
  std::vector<v1::WatchResponse> Messages() {
    std::vector<v1::WatchResponse> messages;
    v1::WatchResponse message;
    while (true) {
      const auto progress = watcher_->Next(graph_.graph().head(), &changes_, &message);
      status_ = progress.status();
      if (!progress.ok() || *progress == Watcher::Progress::kUpToDate) break;
      if (*progress == Watcher::Progress::kWorking) continue;
      messages.push_back(std::move(message));
      message.Clear();
    }
    EXPECT_EQ(message.ByteSizeLong(), 0u) << "something was begun and not told";
    return messages;
  }
  std::vector<std::string> Told() {
    std::vector<std::string> told;
    for (const v1::WatchResponse& message : Messages()) told.push_back(Describe(message));
    EXPECT_OK(status_);
    return told;
  }
  std::vector<std::string> ToldAfter(uint64_t revision, const std::string& filter) {
    Begin(absl::StrCat("after_revision: ", revision, " filter { ", filter, " }"));
    return Told();
  }

  WatchedGraph graph_;
  ChangeCache changes_{1 << 20};
  std::unique_ptr<Watcher> watcher_;
  absl::Status status_;
};

}  // namespace labgraph::watch

#endif  // LABGRAPH_TESTS_UNIT_WATCH_WATCHER_FIXTURE_H_
