#ifndef LABGRAPH_TESTS_UNIT_CLIENT_ERROR_MATCHERS_H_
#define LABGRAPH_TESTS_UNIT_CLIENT_ERROR_MATCHERS_H_

// gMock matchers for statuses, through the client's own eyes: its tests see nothing of
// the server.

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "labgraph/error.h"

namespace labgraph::client {

inline const absl::Status& StatusOf(const absl::Status& status) { return status; }
template <typename T>
const absl::Status& StatusOf(const absl::StatusOr<T>& result) {
  return result.status();
}

MATCHER(IsOk, "is OK") {
  *result_listener << Describe(StatusOf(arg));
  return StatusOf(arg).ok();
}

MATCHER_P(HasCode, code, "has code " + absl::StatusCodeToString(code)) {
  *result_listener << Describe(StatusOf(arg));
  return StatusOf(arg).code() == code;
}

MATCHER_P2(FailsAt, reason, field,
           "fails with " + v1::ErrorReason_Name(reason) + " at \"" + field + "\"") {
  *result_listener << Describe(StatusOf(arg));
  const ErrorDetails details = DetailsOf(StatusOf(arg));
  return details.reason == reason && details.field == field;
}

}  // namespace labgraph::client

#endif  // LABGRAPH_TESTS_UNIT_CLIENT_ERROR_MATCHERS_H_
