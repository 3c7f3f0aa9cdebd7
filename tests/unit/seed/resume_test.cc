// Loads that were broken off and go on.

#include <filesystem>
#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "seed/bulk/import_name.h"
#include "seed_fixture.h"

namespace labgraph::seed {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class ResumeTest : public SeedTest {
 protected:
  // Loads in parts of ten; the server goes away when it has taken `parts` of them.
  ExitCode LoadUntilKilled(const std::string& file, size_t parts) {
    store_.parts.clear();
    auto take = store_.connection()->import_part;
    store_.connection()->import_part =
        [&](const v1::ImportRequest& part) -> absl::StatusOr<v1::ImportResponse> {
      if (store_.parts.size() == parts) return absl::UnavailableError("gone");
      return take(part);
    };
    const ExitCode code = LoadParts(file);
    store_.connection()->import_part = take;
    return code;
  }

  ExitCode LoadParts(const std::string& file) {
    Options options;
    options.inputs = {file};
    options.batch = 10;
    return Run(options);
  }

  static std::string Labs(int from, int to) {
    std::string lines;
    for (int i = from; i < to; ++i) {
      absl::StrAppend(&lines, "{\"put_entity\": {\"id\": \"lab/l", i, "\"}}\n");
    }
    return lines;
  }
};

TEST_F(ResumeTest, TheSecondRunSendsOnlyTheRest) {
  const std::string file = Write("a.jsonl", "\n" + Labs(100, 145));
  ASSERT_EQ(LoadUntilKilled(file, 2), kFailed);
  store_.parts.clear();
  EXPECT_EQ(LoadParts(file), kOk);
  EXPECT_EQ(out(),
            "a.jsonl: going on at byte 701 (line 22)\n"
            "a.jsonl: 25 created, 0 updated, 0 unchanged; revision 5\n");
  ASSERT_EQ(store_.parts.size(), 3u);
  EXPECT_EQ(store_.parts[0].mutations(0).put_entity().id(), "lab/l120");
  EXPECT_EQ(store_.parts[0].message(), "bulk a.jsonl: lines 22 to 31");
  EXPECT_EQ(store_.size(), 45u);
}

TEST_F(ResumeTest, WhatIsDoneIsForgotten) {
  const std::string file = Write("a.jsonl", Labs(100, 145));
  ASSERT_EQ(LoadParts(file), kOk);
  EXPECT_TRUE(store_.checkpoints.empty());
  EXPECT_EQ(LoadParts(file), kOk);
  EXPECT_EQ(
      out(),
      "a.jsonl: 0 created, 0 updated, 45 unchanged; nothing changed, no revision\n");
}

TEST_F(ResumeTest, PartsSayHowFarTheyReach) {
  ASSERT_EQ(LoadParts(Write("a.jsonl", "\n" + Labs(100, 125) + "\n")), kOk);
  ASSERT_EQ(store_.parts.size(), 3u);
  for (int i = 0; i < 3; ++i) {
    const v1::ImportCheckpoint& checkpoint = store_.parts[i].checkpoint();
    EXPECT_EQ(checkpoint.name(), store_.parts[0].checkpoint().name());
    EXPECT_EQ(checkpoint.position(), i < 2 ? 1 + 350u * (i + 1) : 1 + 35u * 25);
    EXPECT_EQ(checkpoint.done(), i == 2);
  }
}

TEST_F(ResumeTest, AServerThatKeepsNothingGetsAllAgain) {
  store_.keeps_checkpoints = false;
  const std::string file = Write("a.jsonl", Labs(100, 145));
  ASSERT_EQ(LoadUntilKilled(file, 2), kFailed);
  EXPECT_EQ(LoadParts(file), kOk);
  EXPECT_EQ(out(), "a.jsonl: 25 created, 0 updated, 20 unchanged; revision 5\n");
}

TEST_F(ResumeTest, AfterCtrlCItGoesOnToo) {
  const std::string file = Write("a.jsonl", Labs(100, 145));
  auto take = store_.connection()->import_part;
  store_.connection()->import_part = [&](const v1::ImportRequest& part) {
    stop_ = store_.parts.size() == 2;
    return take(part);
  };
  ASSERT_EQ(LoadParts(file), kInterrupted);
  store_.connection()->import_part = take;
  stop_ = false;
  EXPECT_EQ(LoadParts(file), kOk);
  EXPECT_THAT(out(), HasSubstr("a.jsonl: going on at byte 1050 (line 31)\n"));
}

TEST_F(ResumeTest, WhatIsRefusedIsReportedWithItsLineInTheFile) {
  const std::string file = Write("a.jsonl", Labs(100, 145));
  ASSERT_EQ(LoadUntilKilled(file, 2), kFailed);
  store_.refused = {{"lab/l133", "id"}};
  EXPECT_EQ(LoadParts(file), kProblems);
  EXPECT_THAT(err(), HasSubstr("a.jsonl:34: "));
  EXPECT_THAT(err(), HasSubstr("10 mutations stay committed, up to line 30"));
}

TEST_F(ResumeTest, AnotherFileBeginsAtItsStart) {
  const std::string file = Write("a.jsonl", Labs(100, 145));
  ASSERT_EQ(LoadUntilKilled(file, 2), kFailed);
  EXPECT_EQ(LoadParts(Write("a.jsonl", Labs(200, 245))), kOk);
  EXPECT_THAT(out(), Not(HasSubstr("going on")));
  EXPECT_THAT(out(), HasSubstr("45 created"));
}

TEST_F(ResumeTest, RowsGoOnBehindTheirHeader) {
  std::string rows = "id,size\n";
  for (int i = 100; i < 130; ++i) absl::StrAppend(&rows, i, ",\"\n", i, "\"\n");
  Write("a.csv", rows);
  const std::string mapping =
      Write("a.map.yaml",
            "name: a\nfiles: [a.csv]\nrecords:\n"
            "  - entity: {id: 'n/{id}'}\n"
            "  - statement: {subject: 'n/{id}', predicate: size, value: {number: "
            "'{size|clean}'}}\n");
  ASSERT_EQ(LoadUntilKilled(mapping, 2), kFailed);
  store_.parts.clear();
  EXPECT_EQ(LoadParts(mapping), kOk);
  // Ten rows are two parts; a row is eleven bytes and two lines.
  EXPECT_THAT(out(), HasSubstr("a.csv: going on at byte 118 (line 22)\n"));
  EXPECT_THAT(out(), HasSubstr("40 created, 0 updated, 0 unchanged"));
  EXPECT_EQ(store_.parts[0].mutations(0).put_entity().id(), "n/110");

  ASSERT_EQ(LoadUntilKilled(mapping, 2), kFailed);
  std::ofstream(mapping, std::ios::app) << "description: another mapping\n";
  EXPECT_EQ(LoadParts(mapping), kOk);
  EXPECT_THAT(out(), Not(HasSubstr("going on")));
}

// A part may end between the records of one row; then the row is sent again.
TEST_F(ResumeTest, ARowThatWasSentInPartIsSentAgain) {
  std::string rows = "id\n";
  for (int i = 100; i < 120; ++i) absl::StrAppend(&rows, i, "\n");
  Write("a.csv", rows);
  const std::string mapping =
      Write("a.map.yaml",
            "name: a\nfiles: [a.csv]\nrecords:\n"
            "  - entity: {id: 'k/{id}'}\n  - entity: {id: 'm/{id}'}\n"
            "  - entity: {id: 'n/{id}'}\n");
  ASSERT_EQ(LoadUntilKilled(mapping, 1), kFailed);
  EXPECT_EQ(LoadParts(mapping), kOk);
  EXPECT_THAT(out(), HasSubstr("a.csv: going on at byte 15 (line 5)\n"));
  EXPECT_THAT(out(), HasSubstr("50 created, 0 updated, 1 unchanged"));
  EXPECT_EQ(store_.size(), 60u);
}

TEST_F(ResumeTest, RateAndTimeLeftAreOfWhatIsSentNow) {
  const std::string file = Write("a.jsonl", Labs(100, 200));
  ASSERT_EQ(LoadUntilKilled(file, 5), kFailed);
  store_.parts.clear();
  auto take = store_.connection()->import_part;
  store_.connection()->import_part = [this, take](const v1::ImportRequest& part) {
    if (part.mutations_size() > 0) clock_.now += absl::Seconds(2);
    return take(part);
  };
  EXPECT_EQ(LoadParts(file), kOk);
  // Four parts of two seconds each are sent when the answer of the first is seen.
  EXPECT_EQ(err(), "a.jsonl: 60%, 10 written, 1/s, 0:32 left\n");
}

class ImportNameTest : public SeedTest {
 protected:
  std::string NameOf(const std::string& path, const std::string& mapping = "") {
    absl::StatusOr<std::string> name = ImportName({path, nullptr, {}, mapping});
    return name.ok() ? *name : std::string(name.status().message());
  }
};

TEST_F(ImportNameTest, IsThatOfTheFileAndNotOfItsFolder) {
  namespace fs = std::filesystem;
  const std::string file = Write("a.jsonl", "content");
  const std::string name = NameOf(file);
  EXPECT_LE(name.size(), 128u);
  EXPECT_EQ(NameOf(file), name);
  fs::create_directory(directory() + "/other");
  fs::rename(file, directory() + "/other/a.jsonl");
  EXPECT_EQ(NameOf(directory() + "/other/a.jsonl"), name);
  EXPECT_THAT(NameOf(file), HasSubstr("cannot be opened"));
}

TEST_F(ImportNameTest, IsAnotherForAnotherFile) {
  namespace fs = std::filesystem;
  const std::string content(200 * 1024, 'x');
  const std::string file = Write("a.jsonl", content);
  const fs::file_time_type time = fs::last_write_time(file);
  const std::string name = NameOf(file);
  EXPECT_NE(NameOf(file, "mapping"), name);

  const std::string other = Write("b.jsonl", content);
  fs::last_write_time(other, time);
  EXPECT_NE(NameOf(other), name);
  for (const std::string& changed :
       {"y" + content.substr(1), content.substr(1) + "y", content + "x"}) {
    Write("a.jsonl", changed);
    fs::last_write_time(file, time);
    EXPECT_NE(NameOf(file), name);
  }
  Write("a.jsonl", content);
  fs::last_write_time(file, time);
  EXPECT_EQ(NameOf(file), name);
  fs::last_write_time(file, time + std::chrono::seconds(1));
  EXPECT_NE(NameOf(file), name);
}

}  // namespace
}  // namespace labgraph::seed
