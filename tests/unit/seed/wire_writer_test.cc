#include "seed/bulk/wire_writer.h"

#include <limits>
#include <string>

#include "google/protobuf/struct.pb.h"
#include "gtest/gtest.h"
#include "labgraph/v1/editor_service.pb.h"

namespace labgraph::seed {
namespace {

TEST(WireWriterTest, WritesWhatProtobufReads) {
  WireWriter wire;
  const size_t put = wire.Open(v1::Mutation::kPutStatementFieldNumber);
  wire.Text(v1::Statement::kSubjectFieldNumber, "lab/exit");
  wire.Varint(v1::Statement::kRankFieldNumber, v1::RANK_PREFERRED);
  const size_t value = wire.Open(v1::Statement::kValueFieldNumber);
  wire.Double(google::protobuf::Value::kNumberValueFieldNumber, -1.5e300);
  wire.Close(value);
  wire.Close(put);

  v1::Mutation expected;
  expected.mutable_put_statement()->set_subject("lab/exit");
  expected.mutable_put_statement()->set_rank(v1::RANK_PREFERRED);
  expected.mutable_put_statement()->mutable_value()->set_number_value(-1.5e300);
  v1::Mutation read;
  ASSERT_TRUE(read.ParseFromString(std::string(wire.bytes())));
  EXPECT_EQ(read.DebugString(), expected.DebugString());
}

// Lengths of one, two, three and four bytes, and just below and at each border.
TEST(WireWriterTest, MessagesOfEveryLengthAreClosed) {
  for (const size_t size : {0, 1, 122, 123, 124, 125, 126, 127, 128, 16379, 16380, 16384,
                            2097147, 2097148, 2097152}) {
    WireWriter wire;
    wire.Text(v1::ImportRequest::kMessageFieldNumber, "before");
    const size_t mutation = wire.Open(v1::ImportRequest::kMutationsFieldNumber);
    const size_t put = wire.Open(v1::Mutation::kPutEntityFieldNumber);
    wire.Text(v1::Entity::kIdFieldNumber, std::string(size, 'x'));
    wire.Close(put);
    wire.Close(mutation);
    v1::ImportRequest read;
    ASSERT_TRUE(read.ParseFromString(wire.Take())) << size;
    ASSERT_EQ(read.mutations_size(), 1);
    EXPECT_EQ(read.mutations(0).put_entity().id().size(), size);
    EXPECT_EQ(read.message(), "before");
  }
}

TEST(WireWriterTest, TakesBackWhatIsLeftOut) {
  WireWriter wire;
  wire.Text(v1::Entity::kIdFieldNumber, "lab/exit");
  const size_t before = wire.size();
  const size_t alias = wire.Open(v1::Entity::kAliasesFieldNumber);
  wire.Text(v1::Alias::kLangFieldNumber, "nl");
  wire.Truncate(before);
  EXPECT_EQ(wire.size(), before);
  EXPECT_GT(alias, before);
  wire.Text(v1::Entity::kVisibilityFieldNumber, "public");
  v1::Entity read;
  ASSERT_TRUE(read.ParseFromString(wire.Take()));
  EXPECT_EQ(read.ShortDebugString(), "id: \"lab/exit\" visibility: \"public\"");
  EXPECT_EQ(wire.size(), 0u);
}

TEST(WireWriterTest, TakesFieldsThatAreEncoded) {
  v1::Source source;
  source.set_document("document/d");
  WireWriter wire;
  wire.Raw("");
  wire.Raw(source.SerializeAsString());
  EXPECT_EQ(wire.Take(), source.SerializeAsString());
}

TEST(WireWriterTest, NumbersKeepTheirBits) {
  using Limits = std::numeric_limits<double>;
  for (const double number : {0.0, -0.0, 1.0, Limits::max(), Limits::denorm_min()}) {
    WireWriter wire;
    wire.Double(google::protobuf::Value::kNumberValueFieldNumber, number);
    google::protobuf::Value expected;
    expected.set_number_value(number);
    EXPECT_EQ(wire.Take(), expected.SerializeAsString()) << number;
  }
}

}  // namespace
}  // namespace labgraph::seed
