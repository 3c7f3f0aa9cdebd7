#include "seed/reader/input_files.h"

#include <filesystem>
#include <fstream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace labgraph::seed {
namespace {

namespace fs = std::filesystem;

class InputFilesTest : public ::testing::Test {
 protected:
  InputFilesTest()
      : directory_(fs::path(::testing::TempDir()) /
                   ::testing::UnitTest::GetInstance()->current_test_info()->name()) {
    fs::remove_all(directory_);
    fs::create_directories(directory_);
  }

  std::string Write(const std::string& name, const std::string& text = "") {
    std::ofstream(directory_ / name) << text;
    return (directory_ / name).string();
  }

  // Names of the files found, without the directory.
  std::vector<std::string> Find(const std::vector<std::string>& arguments) {
    problems_.clear();
    std::vector<std::string> names;
    for (const InputFile& file : FindInputFiles(arguments, &problems_)) {
      names.push_back(fs::path(file.path).filename());
    }
    return names;
  }

  const fs::path directory_;
  Problems problems_;
};

TEST_F(InputFilesTest, ListsADirectoryInTheOrderOfNames) {
  Write("2.yaml");
  Write("10.yaml");
  Write("1.jsonl");
  Write("3.yml");
  Write("notes.md");
  fs::create_directory(directory_ / "deeper.yaml");
  EXPECT_THAT(Find({directory_.string()}),
              ::testing::ElementsAre("1.jsonl", "10.yaml", "2.yaml", "3.yml"));
  EXPECT_TRUE(problems_.empty());
}

TEST_F(InputFilesTest, KeepsTheOrderOfArguments) {
  EXPECT_THAT(Find({Write("b.yaml"), Write("a.yaml")}),
              ::testing::ElementsAre("b.yaml", "a.yaml"));
}

TEST_F(InputFilesTest, ReportsWhatCannotBeLoaded) {
  const std::string empty = (directory_ / "empty").string();
  fs::create_directory(empty);
  EXPECT_THAT(Find({empty, Write("a.csv"), (directory_ / "gone.yaml").string()}),
              ::testing::IsEmpty());
  ASSERT_EQ(problems_.size(), 3u);
  EXPECT_THAT(ToString(problems_[0]),
              ::testing::EndsWith("empty: a directory without *.yaml or *.jsonl"));
  EXPECT_THAT(ToString(problems_[1]), ::testing::HasSubstr("a.csv: of no known format"));
  EXPECT_THAT(ToString(problems_[2]),
              ::testing::EndsWith("gone.yaml: no such file or directory"));
}

TEST_F(InputFilesTest, ReadsAFileUpToItsLimit) {
  const std::string path = Write("a.yaml", "12345");
  EXPECT_EQ(*ReadFile(path, 5), "12345");
  EXPECT_FALSE(ReadFile(path, 4).ok());
  EXPECT_FALSE(ReadFile(path + ".gone", 5).ok());
}

}  // namespace
}  // namespace labgraph::seed
