#include "seed_fixture.h"

#include <filesystem>
#include <fstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "seed/seed.h"

namespace labgraph::seed {

SeedTest::SeedTest() {
  const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
  directory_ = absl::StrCat(::testing::TempDir(), "seed-", info->test_suite_name(), "-",
                            info->name());
  std::filesystem::remove_all(directory_);
  std::filesystem::create_directories(directory_);
}

std::string SeedTest::Write(const std::string& name, const std::string& text) {
  const std::string path = absl::StrCat(directory_, "/", name);
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

ExitCode SeedTest::Run(Options options) {
  out_.str("");
  err_.str("");
  Console console(out_, err_, /*out_is_terminal=*/false, err_is_terminal_);
  return Seed(options, store_.connection(), &console, &clock_, stop_);
}

ExitCode SeedTest::Load(std::vector<std::string> inputs) {
  Options options;
  options.inputs = std::move(inputs);
  return Run(options);
}

std::string SeedTest::out() const { return WithoutDirectory(out_.str()); }
std::string SeedTest::err() const { return WithoutDirectory(err_.str()); }

std::string SeedTest::WithoutDirectory(const std::string& text) const {
  return absl::StrReplaceAll(text, {{directory_ + "/", ""}});
}

}  // namespace labgraph::seed
