#ifndef LABGRAPH_TESTS_FUZZ_CHECK_H_
#define LABGRAPH_TESTS_FUZZ_CHECK_H_

#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace labgraph::fuzz {

// Ends the program where something does not hold, which is how a fuzzer is told.
inline void Check(bool holds, absl::string_view what) {
  if (holds) return;
  std::fprintf(stderr, "CHECK failed: %.*s\n", static_cast<int>(what.size()),
               what.data());
  std::abort();
}

// Whether an answer is one that a caller may get for whatever was asked: OK, or what is
// wrong with the request. Never that the server itself is at fault.
inline void CheckAnswer(const absl::Status& status, absl::string_view call) {
  switch (status.code()) {
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kUnknown:
    case absl::StatusCode::kDataLoss:
    case absl::StatusCode::kUnavailable:
      return Check(false, absl::StrCat(call, " failed: ", status.ToString()));
    default:
      return;
  }
}

// The input as text.
inline absl::string_view Text(const uint8_t* data, size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

}  // namespace labgraph::fuzz

#endif  // LABGRAPH_TESTS_FUZZ_CHECK_H_
