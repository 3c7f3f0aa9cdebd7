#include "seed/reader/fixture_reader.h"

#include <string>

#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/json_util.h"
#include "google/protobuf/util/message_differencer.h"
#include "google/protobuf/wrappers.pb.h"
#include "gtest/gtest.h"
#include "seed/reader/message_reader.h"
#include "seed/reader/value_text.h"
#include "seed/reader/yaml_loader.h"

namespace labgraph::seed {
namespace {

using google::protobuf::util::MessageDifferencer;

// Reads YAML into a message of any type; problems fail the test.
template <typename Message>
Message ReadAs(const std::string& text) {
  Problems problems;
  SourceMap source_map;
  Message message;
  absl::optional<YamlNode> root = LoadYaml("f", text, &problems);
  if (root.has_value()) {
    ReadMessage(*root, "", &message, ReadContext{"f", &problems, &source_map});
  }
  for (const Problem& problem : problems) ADD_FAILURE() << ToString(problem);
  return message;
}

template <typename Message>
void ExpectReads(const std::string& yaml, const std::string& text_format) {
  Message expected;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(text_format, &expected));
  Message read = ReadAs<Message>(yaml);
  EXPECT_TRUE(MessageDifferencer::Equals(read, expected)) << yaml << "\n"
                                                          << read.DebugString();
}

TEST(MessageReaderTest, ReadsEveryScalarType) {
  EXPECT_EQ(ReadAs<google::protobuf::Int32Value>("value: -2147483648").value(),
            INT32_MIN);
  EXPECT_EQ(ReadAs<google::protobuf::Int32Value>("value: 0x7fffffff").value(), INT32_MAX);
  EXPECT_EQ(ReadAs<google::protobuf::Int64Value>("value: -9223372036854775808").value(),
            INT64_MIN);
  EXPECT_EQ(ReadAs<google::protobuf::Int64Value>("value: 9223372036854775807").value(),
            INT64_MAX);
  EXPECT_EQ(ReadAs<google::protobuf::UInt32Value>("value: 4294967295").value(),
            UINT32_MAX);
  EXPECT_EQ(ReadAs<google::protobuf::UInt64Value>("value: 18446744073709551615").value(),
            UINT64_MAX);
  EXPECT_EQ(ReadAs<google::protobuf::DoubleValue>("value: -2.5e3").value(), -2500);
  EXPECT_EQ(ReadAs<google::protobuf::DoubleValue>("value: 7").value(), 7);
  EXPECT_EQ(ReadAs<google::protobuf::FloatValue>("value: 0.5").value(), 0.5f);
  EXPECT_TRUE(ReadAs<google::protobuf::BoolValue>("value: True").value());
  EXPECT_EQ(ReadAs<google::protobuf::BytesValue>("value: abc").value(), "abc");
}

TEST(MessageReaderTest, TakesATextAsItIsWritten) {
  for (const char* text :
       {"2021", "2021-07-14", "true", "1.50", "0x10", "-44", "yes", "a b"}) {
    EXPECT_EQ(
        ReadAs<google::protobuf::StringValue>(std::string("value: ") + text).value(),
        text);
  }
  EXPECT_EQ(ReadAs<google::protobuf::StringValue>("value: \"a: b # c\"").value(),
            "a: b # c");
  EXPECT_EQ(ReadAs<google::protobuf::StringValue>("value: ''").value(), "");
  EXPECT_EQ(ReadAs<google::protobuf::StringValue>("value: >-\n  a\n  b\n").value(),
            "a b");
  EXPECT_EQ(ReadAs<google::protobuf::StringValue>("value: !!str 5").value(), "5");
  EXPECT_EQ(ReadAs<google::protobuf::StringValue>("value: 'null'").value(), "null");
}

TEST(MessageReaderTest, ReadsEnumsByShortAndFullName) {
  ExpectReads<v1::Statement>("{rank: preferred, assertion: ASSERTION_PRESUMED}",
                             "rank: RANK_PREFERRED assertion: ASSERTION_PRESUMED");
  ExpectReads<v1::ReadOptions>(
      "{assertions: [negated, ASSERTION_QUESTION], certainty: no}",
      "assertions: [ASSERTION_NEGATED, ASSERTION_QUESTION] "
      "certainty: CERTAINTY_NO");
  ExpectReads<v1::Predicate>("{value_type: quantity}", "value_type: VALUE_TYPE_QUANTITY");
}

TEST(MessageReaderTest, ReadsMapsListsMessagesAndOneofs) {
  ExpectReads<v1::Entity>(
      "id: lab/exit\n"
      "names: {nl: Exit, en: \"Exit\"}\n"
      "aliases: [{text: X}, {text: Y, lang: nl}]\n"
      "sources:\n"
      "  - document: document/page\n"
      "    locator: B1.2\n",
      R"(id: "lab/exit"
         names { key: "nl" value: "Exit" } names { key: "en" value: "Exit" }
         aliases { text: "X" } aliases { text: "Y" lang: "nl" }
         sources { document: "document/page" locator: "B1.2" })");
  ExpectReads<v1::Mutation>("delete_entity: {id: lab/a, cascade: true}",
                            R"(delete_entity { id: "lab/a" cascade: true })");
  ExpectReads<v1::Mutation>("delete_entity: {}", "delete_entity {}");
  ExpectReads<EntityCheck>("{id: lab/a, placeholder: false}",
                           R"(id: "lab/a" placeholder: false)");
}

TEST(MessageReaderTest, ReadsJsonValuesByTheCoreSchema) {
  struct Case {
    const char* yaml;
    const char* json;
  };
  for (const Case& c :
       {Case{"5", "5"}, Case{"\"5\"", "\"5\""}, Case{"2021-07~", "\"2021-07~\""},
        Case{"2e7", "20000000"}, Case{"-0x10", "\"-0x10\""}, Case{"0x10", "16"},
        Case{"true", "true"}, Case{"'true'", "\"true\""}, Case{"yes", "\"yes\""},
        Case{"null", "null"}, Case{"~", "null"}, Case{"", "null"}, Case{"[]", "[]"},
        Case{"{}", "{}"}, Case{"[1, a, [true]]", "[1,\"a\",[true]]"},
        Case{"{text: tens, min: 2e7}", "{\"min\":20000000,\"text\":\"tens\"}"},
        Case{"9007199254740992", "9007199254740992"}}) {
    v1::Statement read = ReadAs<v1::Statement>(std::string("value: ") + c.yaml);
    ASSERT_TRUE(read.has_value()) << c.yaml;
    google::protobuf::Value expected;
    ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(c.json, &expected).ok());
    EXPECT_TRUE(MessageDifferencer::Equals(read.value(), expected))
        << c.yaml << " is " << ValueText(read.value());
  }
}

TEST(MessageReaderTest, ReadsMapsOfJsonValues) {
  ExpectReads<v1::Statement>(
      "qualifiers: {weight: main, count: 3}",
      R"(qualifiers { key: "weight" value { string_value: "main" } }
                                qualifiers { key: "count" value { number_value: 3 } })");
}

TEST(MessageReaderTest, ResolvesAliases) {
  ExpectReads<Fixture>(
      "name: a\n"
      "statements:\n"
      "  - sources: &page [{document: document/page}]\n"
      "  - sources: *page\n",
      R"(name: "a"
         statements { sources { document: "document/page" } }
         statements { sources { document: "document/page" } })");
}

TEST(FixtureReaderTest, NotesWhereEveryFieldWasWritten) {
  Problems problems;
  FixtureFile file = ReadFixture("f.yaml",
                                 "name: a\n"
                                 "entities:\n"
                                 "  - id: lab/a\n"
                                 "    names: {nl: A}\n"
                                 "statements:\n"
                                 "  - subject: lab/a\n"
                                 "    value: &v {min: 2}\n"
                                 "    qualifiers:\n"
                                 "      weight: main\n"
                                 "  - value: *v\n",
                                 &problems);
  EXPECT_THAT(problems, ::testing::IsEmpty());
  auto at = [&](const std::string& path) {
    return ToString("", file.source_map.Find(path));
  };
  EXPECT_EQ(at("entities[0]"), ":3:5");
  EXPECT_EQ(at("entities[0].id"), ":3:9");
  EXPECT_EQ(at("entities[0].names.nl"), ":4:17");
  EXPECT_EQ(at("statements[0].subject"), ":6:14");
  EXPECT_EQ(at("statements[0].value.min"), ":7:21");
  EXPECT_EQ(at("statements[0].qualifiers.weight"), ":9:15");
  EXPECT_EQ(at("statements[1].value"), ":10:12");
  EXPECT_EQ(at("statements[1].object"), ":10:5");
  EXPECT_EQ(at("statements"), ":6:3");
}

TEST(FixtureReaderTest, TakesAByteOrderMarkAndWindowsLineEnds) {
  Problems problems;
  FixtureFile file =
      ReadFixture("f.yaml", "\xEF\xBB\xBFname: a\r\ndescription: 'b'\r\n", &problems);
  EXPECT_THAT(problems, ::testing::IsEmpty());
  EXPECT_EQ(file.fixture.name(), "a");
  EXPECT_EQ(file.fixture.description(), "b");
}

}  // namespace
}  // namespace labgraph::seed
