#include "labgraph/range.h"

#include <iterator>
#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "labgraph/summary_range.h"
#include "tests/unit/client/error_matchers.h"

namespace labgraph::client {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

static_assert(std::input_iterator<Range<int>::Iterator>);
static_assert(std::sentinel_for<std::default_sentinel_t, Range<int>::Iterator>);

// 1, 2, ... up to `last`, then `end`, and then a mistake if it is asked again.
Range<int>::Source Count(int last, absl::Status end = absl::OkStatus()) {
  return [n = 0, last, end]() mutable -> absl::optional<absl::StatusOr<int>> {
    EXPECT_LE(n, last) << "asked again after the end";
    if (++n <= last) return absl::StatusOr<int>(n);
    if (!end.ok()) return absl::StatusOr<int>(end);
    return absl::nullopt;
  };
}

TEST(RangeTest, GivesEveryElementInOrder) {
  Range<int> range(Count(3));
  std::vector<int> seen;
  for (absl::StatusOr<int>& element : range) {
    ASSERT_THAT(element, IsOk());
    seen.push_back(*element);
  }
  EXPECT_THAT(seen, ElementsAre(1, 2, 3));
}

TEST(RangeTest, EmptyRangeHasNoElement) {
  Range<int> range(Count(0));
  EXPECT_TRUE(range.begin() == range.end());
}

TEST(RangeTest, ErrorIsTheLastElement) {
  Range<int> range(Count(2, absl::UnavailableError("lost")));
  std::vector<bool> ok;
  for (const auto& element : range) ok.push_back(element.ok());
  EXPECT_THAT(ok, ElementsAre(true, true, false));
  EXPECT_FALSE(range.Next().has_value());
}

TEST(RangeTest, AsksNothingBeforeTheFirstElementIsWanted) {
  int asked = 0;
  Range<int> range([&asked]() -> absl::optional<absl::StatusOr<int>> {
    return absl::StatusOr<int>(++asked);
  });
  EXPECT_EQ(asked, 0);
  EXPECT_TRUE(range.Next().has_value());
  EXPECT_EQ(asked, 1);
}

TEST(RangeTest, NextAndIteratorGoOnWhereTheOtherWas) {
  Range<int> range(Count(3));
  EXPECT_EQ(**range.Next(), 1);
  EXPECT_EQ(**range.begin(), 2);
  EXPECT_EQ(**range.Next(), 3);
  EXPECT_FALSE(range.Next().has_value());
}

TEST(RangeTest, CollectGivesAllOrTheError) {
  absl::StatusOr<std::vector<int>> all = Range<int>(Count(3)).Collect();
  ASSERT_THAT(all, IsOk());
  EXPECT_THAT(*all, ElementsAre(1, 2, 3));
  EXPECT_THAT(Range<int>(Count(2, absl::UnavailableError("lost"))).Collect(),
              HasCode(absl::StatusCode::kUnavailable));
}

TEST(RangeTest, ElementsMayBeMovedOut) {
  Range<std::unique_ptr<int>> range(
      [n = 0]() mutable -> absl::optional<absl::StatusOr<std::unique_ptr<int>>> {
        if (++n > 2) return absl::nullopt;
        return absl::StatusOr<std::unique_ptr<int>>(std::make_unique<int>(n));
      });
  absl::StatusOr<std::vector<std::unique_ptr<int>>> all = range.Collect();
  ASSERT_THAT(all, IsOk());
  EXPECT_EQ(*all->at(1), 2);
}

TEST(RangeTest, SourceGoesWithTheRange) {
  auto held = std::make_shared<int>(0);
  {
    Range<int> range([held]() -> absl::optional<absl::StatusOr<int>> {
      return absl::StatusOr<int>(*held);
    });
    Range<int> moved = std::move(range);
    EXPECT_EQ(held.use_count(), 2);
  }
  EXPECT_EQ(held.use_count(), 1);
}

TEST(SummaryRangeTest, FinishReadsTheRest) {
  auto summary = std::make_shared<absl::StatusOr<int>>();
  int asked = 0;
  SummaryRange<int, int> range(
      [&asked, summary]() -> absl::optional<absl::StatusOr<int>> {
        if (++asked <= 3) return absl::StatusOr<int>(asked);
        *summary = 30;
        return absl::nullopt;
      },
      summary);
  EXPECT_EQ(**range.begin(), 1);
  EXPECT_EQ(*range.Finish(), 30);
  EXPECT_EQ(asked, 4);
  EXPECT_EQ(*range.Finish(), 30);
}

}  // namespace
}  // namespace labgraph::client
