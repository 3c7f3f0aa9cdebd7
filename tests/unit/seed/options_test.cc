#include "seed/options.h"

#include <sstream>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace labgraph::seed {
namespace {

struct Parsed {
  absl::optional<Options> options;
  ExitCode code = kOk;
  std::string out;
  std::string err;
};

Parsed Parse(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "labgraph-seed");
  Parsed parsed;
  std::ostringstream out;
  std::ostringstream err;
  parsed.options = ParseOptions(static_cast<int>(arguments.size()), arguments.data(), out,
                                err, &parsed.code);
  parsed.out = out.str();
  parsed.err = err.str();
  return parsed;
}

TEST(OptionsTest, HasDefaults) {
  Parsed parsed = Parse({"a.yaml", "dir"});
  ASSERT_TRUE(parsed.options.has_value()) << parsed.err;
  EXPECT_EQ(parsed.options->server, "127.0.0.1:50051");
  EXPECT_FALSE(parsed.options->dry_run);
  EXPECT_FALSE(parsed.options->check);
  EXPECT_TRUE(parsed.options->load);
  EXPECT_EQ(parsed.options->batch, 0u);
  EXPECT_THAT(parsed.options->inputs, ::testing::ElementsAre("a.yaml", "dir"));
}

TEST(OptionsTest, TakesEveryOption) {
  Parsed parsed = Parse({"--server", "h:1", "--check", "--no-load", "--message", "m",
                         "--batch", "7", "--threads", "3", "a.yaml"});
  ASSERT_TRUE(parsed.options.has_value()) << parsed.err;
  EXPECT_EQ(parsed.options->server, "h:1");
  EXPECT_TRUE(parsed.options->check);
  EXPECT_FALSE(parsed.options->load);
  EXPECT_EQ(parsed.options->message, "m");
  EXPECT_EQ(parsed.options->batch, 7u);
  EXPECT_EQ(parsed.options->threads, 3);
  EXPECT_TRUE(Parse({"--dry-run", "a.yaml"}).options->dry_run);
}

TEST(OptionsTest, RefusesWhatMakesNoSense) {
  for (const std::vector<const char*>& arguments :
       {std::vector<const char*>{},
        {"--no-load", "a"},
        {"--dry-run", "--check", "--no-load", "a"},
        {"--batch", "0", "a"},
        {"--batch", "x", "a"},
        {"--threads", "0", "a"},
        {"--threads", "100000", "a"},
        {"--message", "\xFF", "a"},
        {"--nonsense", "a"}}) {
    Parsed parsed = Parse(arguments);
    EXPECT_FALSE(parsed.options.has_value());
    EXPECT_EQ(parsed.code, kUsage);
    EXPECT_THAT(parsed.err, ::testing::StartsWith("labgraph-seed: "));
    EXPECT_THAT(parsed.err, ::testing::EndsWith("--help lists what there is\n"));
  }
}

TEST(OptionsTest, SaysWhatIsWrong) {
  EXPECT_THAT(Parse({"--batch", "0", "a"}).err,
              ::testing::HasSubstr("--batch: 0 is no whole number from 1 to 1000000\n"));
  EXPECT_THAT(Parse({"--nonsense"}).err, ::testing::HasSubstr("--nonsense"));
  EXPECT_THAT(Parse({}).err, ::testing::HasSubstr("no files or directories to load"));
}

TEST(OptionsTest, HelpShowsNothingOfHowOptionsAreParsed) {
  const std::string help = Parse({"--help"}).out;
  EXPECT_THAT(help, ::testing::HasSubstr("--no-load "));
  EXPECT_THAT(help, ::testing::HasSubstr("--batch N "));
  EXPECT_THAT(help, ::testing::Not(::testing::HasSubstr("{false}")));
  EXPECT_THAT(help, ::testing::Not(::testing::HasSubstr("POSITIVE")));
}

TEST(OptionsTest, HelpNamesTheExitCodes) {
  Parsed parsed = Parse({"--help"});
  EXPECT_FALSE(parsed.options.has_value());
  EXPECT_EQ(parsed.code, kOk);
  EXPECT_THAT(parsed.out, ::testing::HasSubstr("Exit codes:"));
  EXPECT_THAT(parsed.out, ::testing::HasSubstr("--dry-run"));
}

}  // namespace
}  // namespace labgraph::seed
