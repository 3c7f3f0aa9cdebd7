#ifndef LABGRAPH_TESTS_UNIT_SCHEMA_PARSE_PROTO_H_
#define LABGRAPH_TESTS_UNIT_SCHEMA_PARSE_PROTO_H_

#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"

namespace labgraph::schema {

// A message in protobuf's text format. A test that gives a malformed one fails.
template <typename Message>
Message ParseText(absl::string_view text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(std::string(text), &message))
      << text;
  return message;
}

// A value written as JSON. A test that gives malformed JSON fails.
inline google::protobuf::Value ParseJson(absl::string_view json) {
  google::protobuf::Value value;
  EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(std::string(json), &value).ok())
      << json;
  return value;
}

}  // namespace labgraph::schema

#endif  // LABGRAPH_TESTS_UNIT_SCHEMA_PARSE_PROTO_H_
