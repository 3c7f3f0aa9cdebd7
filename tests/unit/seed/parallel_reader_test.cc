// Large files in chunks and on several threads: nothing is lost, doubled or out of order.

#include "seed/bulk/parallel_reader.h"

#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "labgraph/v1/editor_service.pb.h"

namespace labgraph::seed {
namespace {

// Each line is a number: of how many mutations it makes; "bad" is a problem. The ids are
// line and number of the mutation.
class CountFormat final : public BulkFormat {
 public:
  class Parser final : public RecordParser {
   public:
    void ParseOne(Chunk& chunk, RunWriter& run) override {
      const absl::string_view rest = chunk.rest();
      const size_t end = rest.find('\n');
      const absl::string_view text = rest.substr(0, end);
      const int line = chunk.position().line;
      chunk.Consume(std::min(rest.size(), text.size() + 1), 1);
      int count = 0;
      if (text.size() > kMaxRecordBytes) return run.Complain({line, 0}, "too long");
      if (!absl::SimpleAtoi(text, &count)) return run.Complain({line, 0}, "bad");
      for (int i = 0; i < count; ++i) {
        v1::Mutation mutation;
        mutation.mutable_put_entity()->set_id(absl::StrCat(line, ".", i));
        run.wire().Text(v1::ImportRequest::kMutationsFieldNumber,
                        mutation.SerializeAsString());
        run.Add(line, false);
      }
    }
  };

  size_t LastRecordEnd(absl::string_view text) const override {
    return text.rfind('\n') + 1;
  }
  std::unique_ptr<RecordParser> NewParser() const override {
    return std::make_unique<Parser>();
  }
};

class ParallelReaderTest : public ::testing::TestWithParam<int> {
 protected:
  BulkFile Write(const std::string& text) {
    const std::string path = ::testing::TempDir() + "/parallel";
    std::ofstream(path, std::ios::binary) << text;
    return {path, std::make_shared<CountFormat>(), {}, ""};
  }

  // Reads all from `begin` on.
  void Read(const BulkFile& file, FilePosition begin = {}) {
    ids_.clear();
    problems_.clear();
    ParallelReader reader(file, begin, GetParam());
    while (absl::optional<EncodedRun> run = reader.Next()) {
      v1::ImportRequest request;
      ASSERT_TRUE(request.ParseFromString(run->bytes));
      ASSERT_EQ(static_cast<size_t>(request.mutations_size()), run->mutations.size());
      for (size_t i = 0; i < run->mutations.size(); ++i) {
        v1::ImportRequest one;
        ASSERT_TRUE(one.ParseFromString(std::string(run->BytesOf(i))));
        EXPECT_EQ(one.mutations(0).put_entity().id(),
                  request.mutations(static_cast<int>(i)).put_entity().id());
        ids_.push_back(one.mutations(0).put_entity().id());
        mutations_.push_back(run->mutations[i]);
      }
      for (const Problem& problem : run->problems) problems_.push_back(ToString(problem));
      ++runs_;
    }
    EXPECT_FALSE(reader.Next().has_value());
  }

  std::vector<std::string> ids_;
  std::vector<EncodedMutation> mutations_;
  std::vector<std::string> problems_;
  int runs_ = 0;
};

TEST_P(ParallelReaderTest, GivesEveryRecordInItsOrder) {
  std::string text;
  std::vector<std::string> ids;
  // Some chunks' worth of lines; every seventh makes two mutations, others one or none.
  for (int line = 1; line <= 600000; ++line) {
    const int count = line % 7 == 0 ? 2 : line % 3 == 0 ? 0 : 1;
    absl::StrAppend(&text, count, "\n");
    for (int i = 0; i < count; ++i) ids.push_back(absl::StrCat(line, ".", i));
  }
  Read(Write(text));
  EXPECT_EQ(ids_, ids);
  EXPECT_GT(runs_, 3);
  for (size_t i = 0; i < ids_.size(); i += 1000) {
    const std::vector<std::string> parts = absl::StrSplit(ids_[i], '.');
    EXPECT_EQ(absl::StrCat(mutations_[i].line), parts[0]);
  }
}

TEST_P(ParallelReaderTest, APositionIsThatOfTheLastRecordOfWhichAllIsWritten) {
  Read(Write("1\n0\n3\n1"));
  std::vector<uint64_t> positions;
  for (const EncodedMutation& mutation : mutations_) {
    positions.push_back(mutation.position);
  }
  EXPECT_THAT(positions, ::testing::ElementsAre(2, 4, 4, 6, 7));
}

TEST_P(ParallelReaderTest, GoesOnInTheMiddle) {
  std::string text;
  for (int line = 1; line <= 300000; ++line) absl::StrAppend(&text, "1\n");
  const BulkFile file = Write(text);
  const absl::StatusOr<FilePosition> begin = LocateByte(file.path, 2 * 123456);
  ASSERT_TRUE(begin.ok());
  EXPECT_EQ(begin->line, 123457);
  Read(file, *begin);
  ASSERT_EQ(ids_.size(), 300000u - 123456u);
  EXPECT_EQ(ids_.front(), "123457.0");
  EXPECT_EQ(ids_.back(), "300000.0");
  EXPECT_FALSE(LocateByte(file.path, text.size() + 1).ok());
}

// Much made of few bytes comes in pieces, so that memory stays bounded.
TEST_P(ParallelReaderTest, ARunIsLimitedInSize) {
  Read(Write("200000\n200000\n200000\n1\n"));
  EXPECT_EQ(ids_.size(), 600001u);
  EXPECT_EQ(ids_.back(), "4.0");
  EXPECT_GE(runs_, 2u);
}

TEST_P(ParallelReaderTest, ARecordThatIsTooLongIsReportedOnce) {
  const std::string longest(kMaxRecordBytes, ' ');
  Read(Write(absl::StrCat("1\n", longest.substr(1), "2\n", longest, "3\n1\n",
                          std::string(5 * kMaxRecordBytes, 'x'), "\nbad\n1")));
  EXPECT_THAT(ids_, ::testing::ElementsAre("1.0", "2.0", "2.1", "4.0", "7.0"));
  EXPECT_THAT(problems_, ::testing::ElementsAre(::testing::EndsWith(":3: too long"),
                                                ::testing::EndsWith(":5: too long"),
                                                ::testing::EndsWith(":6: bad")));
}

TEST_P(ParallelReaderTest, AFileThatCannotBeReadIsAProblem) {
  Read({::testing::TempDir() + "/no-such-file", std::make_shared<CountFormat>(), {}, ""});
  EXPECT_THAT(problems_,
              ::testing::ElementsAre(::testing::EndsWith(": the file cannot be opened")));
  Read({::testing::TempDir(), std::make_shared<CountFormat>(), {}, ""});
  EXPECT_THAT(problems_, ::testing::ElementsAre(::testing::EndsWith(
                             ": the file cannot be read to its end")));
}

TEST_P(ParallelReaderTest, AnEmptyFileHasNothing) {
  Read(Write(""));
  EXPECT_THAT(ids_, ::testing::IsEmpty());
  EXPECT_EQ(runs_, 0);
}

TEST_P(ParallelReaderTest, MayBeAbandoned) {
  std::string text;
  for (int line = 1; line <= 600000; ++line) absl::StrAppend(&text, "1\n");
  const BulkFile file = Write(text);
  for (int runs = 0; runs < 3; ++runs) {
    ParallelReader reader(file, {}, GetParam());
    for (int i = 0; i < runs; ++i) EXPECT_TRUE(reader.Next().has_value());
  }
}

INSTANTIATE_TEST_SUITE_P(Threads, ParallelReaderTest, ::testing::Values(1, 2, 7));

}  // namespace
}  // namespace labgraph::seed
