#ifndef LABGRAPH_TESTS_TESTING_STATUS_MATCHERS_H_
#define LABGRAPH_TESTS_TESTING_STATUS_MATCHERS_H_

// gMock matchers for absl::Status and StatusOr, under Abseil's own names, and one for
// labgraph's errors.

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/base/error.h"

namespace labgraph::testing {

inline const absl::Status& StatusOf(const absl::Status& status) { return status; }
template <typename T>
const absl::Status& StatusOf(const absl::StatusOr<T>& result) {
  return result.status();
}

MATCHER(IsOk, "is OK") {
  *result_listener << StatusOf(arg).ToString();
  return StatusOf(arg).ok();
}

MATCHER_P(IsOkAndHolds, inner, "is OK and holds a value that matches") {
  if (!arg.ok()) {
    *result_listener << arg.status().ToString();
    return false;
  }
  return ::testing::ExplainMatchResult(inner, *arg, result_listener);
}

MATCHER_P(StatusIs, code, "has the code") {
  *result_listener << StatusOf(arg).ToString();
  return StatusOf(arg).code() == code;
}

// An error with this reason, whatever its field.
MATCHER_P(FailsWith, reason, "fails with " + ReasonName(reason)) {
  *result_listener << StatusOf(arg).ToString();
  return ReasonOf(StatusOf(arg)) == reason;
}

// An error with this reason at this field.
MATCHER_P2(FailsAt, reason, field, "fails with " + ReasonName(reason) + " at " + field) {
  *result_listener << StatusOf(arg).ToString() << " at field \"" << FieldOf(StatusOf(arg))
                   << "\"";
  return ReasonOf(StatusOf(arg)) == reason && FieldOf(StatusOf(arg)) == field;
}

}  // namespace labgraph::testing

#define ASSERT_OK(expr) ASSERT_THAT((expr), ::labgraph::testing::IsOk())
#define EXPECT_OK(expr) EXPECT_THAT((expr), ::labgraph::testing::IsOk())

// Fails the test, or gives the value to `lhs`.
#define ASSERT_OK_AND_ASSIGN(lhs, expr) \
  LABGRAPH_ASSERT_OK_AND_ASSIGN_(LABGRAPH_TEST_CONCAT_(result_, __LINE__), lhs, expr)
#define LABGRAPH_TEST_CONCAT_INNER_(a, b) a##b
#define LABGRAPH_TEST_CONCAT_(a, b) LABGRAPH_TEST_CONCAT_INNER_(a, b)
#define LABGRAPH_ASSERT_OK_AND_ASSIGN_(var, lhs, expr) \
  auto var = (expr);                                   \
  ASSERT_THAT(var, ::labgraph::testing::IsOk());       \
  lhs = *std::move(var)

#endif  // LABGRAPH_TESTS_TESTING_STATUS_MATCHERS_H_
