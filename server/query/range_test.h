#ifndef LABGRAPH_SERVER_QUERY_RANGE_TEST_H_
#define LABGRAPH_SERVER_QUERY_RANGE_TEST_H_

#include "absl/status/statusor.h"
#include "server/query/comparison.h"

namespace labgraph::query {

// Compares something known to lie within bounds with a range: amounts, dates by their
// days, and plain numbers as bounds that are equal. All comparisons are certain: they
// hold for each value that the bounds allow. kHas asks whether it may lie within the
// range; so does the test for kNotEqual, which holds where no value's test does.
struct RangeTest {
  Comparator comparator;
  double low;
  double high;

  bool operator()(double least, double most) const {
    switch (comparator) {
      case Comparator::kEqual:
        return low <= least && most <= high;
      case Comparator::kLess:
        return most < low;
      case Comparator::kLessEqual:
        return most <= high;
      case Comparator::kGreater:
        return least > high;
      case Comparator::kGreaterEqual:
        return least >= low;
      case Comparator::kNotEqual:
      case Comparator::kHas:
        return least <= high && low <= most;
    }
    return false;
  }
};

// For a comparison with a number. Errors: FILTER_MALFORMED at the value.
absl::StatusOr<RangeTest> MakeNumberTest(const Comparison& comparison,
                                         const FilterSource& source);
// For a comparison with a date. Errors: FILTER_MALFORMED at the value.
absl::StatusOr<RangeTest> MakeDateTest(const Comparison& comparison,
                                       const FilterSource& source);

// A bare word that is a finite number.
bool ParseNumber(const FilterToken& token, double* out);

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_RANGE_TEST_H_
