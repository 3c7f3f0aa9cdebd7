#ifndef LABGRAPH_TESTS_TESTING_PARSE_PROTO_H_
#define LABGRAPH_TESTS_TESTING_PARSE_PROTO_H_

#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

namespace labgraph::testing {

// A message in protobuf's text format. A test that gives a malformed one fails.
template <typename Message>
Message ParseText(absl::string_view text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(std::string(text), &message))
      << text;
  return message;
}

}  // namespace labgraph::testing

#endif  // LABGRAPH_TESTS_TESTING_PARSE_PROTO_H_
