#ifndef LABGRAPH_TESTS_TESTING_TEMPORARY_NAME_H_
#define LABGRAPH_TESTS_TESTING_TEMPORARY_NAME_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gtest/gtest.h"

namespace labgraph::testing {

// A template for mkdtemp, which puts a name of its own in the place of the last letters.
inline std::string TemporaryName(absl::string_view purpose) {
  return absl::StrCat(::testing::TempDir(), "/", purpose, "-", std::string(6, 'X'));
}

}  // namespace labgraph::testing

#endif  // LABGRAPH_TESTS_TESTING_TEMPORARY_NAME_H_
