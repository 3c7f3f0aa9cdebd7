#ifndef LABGRAPH_TESTS_UNIT_SEED_SEED_FIXTURE_H_
#define LABGRAPH_TESTS_UNIT_SEED_SEED_FIXTURE_H_

#include <sstream>
#include <string>

#include "fake_store.h"
#include "gtest/gtest.h"
#include "labgraph/retry_policy.h"
#include "seed/console.h"
#include "seed/exit_code.h"
#include "seed/options.h"
#include "seed/stop_flag.h"

namespace labgraph::seed {

// A clock that stands still unless moved.
class FakeClock final : public client::Clock {
 public:
  absl::Time Now() override { return now; }
  void Sleep(absl::Duration duration) override { now += duration; }

  absl::Time now = absl::FromUnixSeconds(1000);
};

// Runs the whole program on files in a directory of the test's own, with a fake store in
// the place of a server. File names in the output are without that directory.
class SeedTest : public ::testing::Test {
 protected:
  SeedTest();

  // Writes a file and gives its path.
  std::string Write(const std::string& name, const std::string& text);
  std::string directory() const { return directory_; }

  // Runs the program; out() and err() are of the last run.
  ExitCode Run(Options options);
  // The same with nothing but inputs.
  ExitCode Load(std::vector<std::string> inputs);
  std::string out() const;
  std::string err() const;

  FakeStore store_;
  FakeClock clock_;
  StopFlag stop_{false};
  bool err_is_terminal_ = false;

 private:
  std::string WithoutDirectory(const std::string& text) const;

  std::string directory_;
  std::ostringstream out_;
  std::ostringstream err_;
};

}  // namespace labgraph::seed

#endif  // LABGRAPH_TESTS_UNIT_SEED_SEED_FIXTURE_H_
