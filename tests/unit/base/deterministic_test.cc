#include "server/base/deterministic.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "google/protobuf/struct.pb.h"
#include "gtest/gtest.h"

namespace labgraph {
namespace {

google::protobuf::Struct Fields(int count, bool backward) {
  google::protobuf::Struct fields;
  for (int i = 0; i < count; ++i) {
    const int key = backward ? count - 1 - i : i;
    (*fields.mutable_fields())[absl::StrCat("field", key)].set_number_value(key);
  }
  return fields;
}

TEST(DeterministicTest, MapsHaveOneForm) {
  const std::string forward = DeterministicBytes(Fields(100, /*backward=*/false));
  EXPECT_EQ(forward, DeterministicBytes(Fields(100, /*backward=*/true)));
  google::protobuf::Struct parsed;
  ASSERT_TRUE(parsed.ParseFromString(forward));
  EXPECT_EQ(parsed.fields_size(), 100);
  EXPECT_NE(forward, DeterministicBytes(Fields(99, /*backward=*/false)));
}

TEST(DeterministicTest, AnEmptyMessageHasNoBytes) {
  EXPECT_EQ(DeterministicBytes(google::protobuf::Struct()), "");
}

}  // namespace
}  // namespace labgraph
