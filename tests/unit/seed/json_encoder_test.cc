// The encoder against protobuf's own parser: whatever it takes must mean the same.

#include "seed/jsonl/json_encoder.h"

#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "google/protobuf/util/json_util.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "labgraph/v1/editor_service.pb.h"
#include "seed/bulk/chunk.h"

namespace labgraph::seed {
namespace {

// Every shape that a mutation commonly has.
const std::vector<std::string>& CommonLines() {
  static const auto* lines = new std::vector<std::string>{
      R"({"put_entity": {"id": "lab/exit"}})",
      R"({"putEntity":{"id":"lab/exit"}})",
      R"(  {"put_entity" : { "id" : "lab/exit" } }  )",
      "{\"put_entity\":\t{\"id\":\"lab/exit\"}}\r",
      R"({"put_entity":{"id":"lab/exit","names":{"nl":"Exit","en":"exit"}}})",
      R"({"put_entity":{"id":"","names":{},"aliases":[],"placeholder":false}})",
      R"({"put_entity":{"id":"lab/e","descriptions":{"nl":"\u00e9\n\"\\\/\ud83d\ude00"}}})",
      R"({"put_entity":{"id":"lab/é","aliases":[{"text":"a","lang":"nl"},{"text":"b"}],)"
      R"J("placeholder":true,"visibility":"a & (b | c)","sources":[{"document":"d/1"}]}})J",
      R"({"put_statement":{"subject":"a/b","predicate":"p","object":"c/d"}})",
      R"({"put_statement":{"subject":"a/b","predicate":"p","object":""}})",
      R"({"put_statement":{"id":"x","subject":"a/b","predicate":"p","value":true,)"
      R"("valid":{"start":"2021","end":"..","text":"medio"},"rank":"RANK_PREFERRED",)"
      R"("assertion":"ASSERTION_PRESUMED","sources":[{"document":"d/1","locator":"p. 1",)"
      R"("quote":"q","assertedBy":"o/1","retrieved":"2024-01-01"},{"document":"d/2"}]}})",
      R"({"put_statement":{"valid":{},"sources":[{}]}})",
      R"({"put_statement":{"value":"text"}})",
      R"({"put_statement":{"value":12}})",
      R"({"put_statement":{"value":-0.5e-3}})",
      R"({"put_statement":{"value":9007199254740992}})",
      R"({"put_statement":{"value":-9007199254740992}})",
      R"({"put_statement":{"value":1.7976931348623157e308}})",
      R"({"put_statement":{"value":5e-324}})",
      R"({"put_statement":{"value":0.1234567890123456789}})",
      R"({"put_statement":{"value":null}})",
      R"({"put_statement":{"value":{"nl":"tekst","en":"text"}}})",
      R"({"put_statement":{"value":{"a":[1,"b",null,true,{"c":[]},{}],"d":{"e":{}}}}})",
      R"({"put_statement":{"value":[]}})",
      R"({"put_statement":{"qualifiers":{"weight":"main","n":3,"o":{"x":false}}}})",
      R"({"retract_statement":{"id":"s-1"}})",
      R"({"delete_entity":{"id":"lab/exit","cascade":true}})",
      R"({"deleteEntity":{}})",
  };
  return *lines;
}

// What protobuf refuses, or takes although it is not common.
const std::vector<std::string>& OtherLines() {
  static const auto* lines = new std::vector<std::string>{
      "",
      "null",
      "[]",
      "{}",
      "nonsense",
      "12",
      "\"text\"",
      "{",
      "}",
      "{]",
      "{}{}",
      "{} x",
      R"({"put_entity":null})",
      R"({"put_entity":[]})",
      R"({"put_entity":{"id":"a"},"put_statement":{}})",
      R"({"put_entity":{"id":"a"},"put_entity":{"id":"b"}})",
      R"({"put_entity":{"id":"a"},"putEntity":{"id":"b"}})",
      R"({"put_entity":{"id":"a"},"delete_entity":null})",
      R"({"put_entity":{"id":"a","id":"b"}})",
      R"({"put_entity":{"id":5}})",
      R"({"put_entity":{"id":true}})",
      R"({"put_entity":{"id":null}})",
      R"({"put_entity":{"nmae":"a"}})",
      R"({"put_entity":{"names":{"nl":"a","nl":"b"}}})",
      R"({"put_entity":{"names":{"nl":5}}})",
      R"({"put_entity":{"names":{"nl":null}}})",
      R"({"put_entity":{"names":[]}})",
      R"({"put_entity":{"aliases":{"text":"a"}}})",
      R"({"put_entity":{"aliases":[null]}})",
      R"({"put_entity":{"placeholder":"true"}})",
      R"({"put_entity":{"placeholder":1}})",
      R"({"put_entity":{"created_revision":"5"}})",
      R"({"put_entity":{"id":"\ud800"}})",
      R"({"put_entity":{"id":"a\u0000b"}})",
      "{\"put_entity\":{\"id\":\"a\tb\"}}",
      "{\"put_entity\":{\"id\":\"\xFF\"}}",
      R"({'put_entity':{'id':'a'}})",
      R"({put_entity:{id:"a"}})",
      R"({"put_entity":{"id":"a",}})",
      R"({"put_entity":{"id":"a"}})"
      "\n",
      R"({"put_statement":{"rank":2}})",
      R"({"put_statement":{"rank":"2"}})",
      R"({"put_statement":{"rank":"preferred"}})",
      R"({"put_statement":{"rank":"rank_preferred"}})",
      R"({"put_statement":{"object":"a","value":1}})",
      R"({"put_statement":{"value":1,"object":null}})",
      R"({"put_statement":{"value":9007199254740993}})",
      R"({"put_statement":{"value":18446744073709551615}})",
      R"({"put_statement":{"value":123456789012345678901234567890}})",
      R"({"put_statement":{"value":-0}})",
      R"({"put_statement":{"value":-0.0}})",
      R"({"put_statement":{"value":1e400}})",
      R"({"put_statement":{"value":01}})",
      R"({"put_statement":{"value":.5}})",
      R"({"put_statement":{"value":NaN}})",
      R"({"put_statement":{"value":{"a":1,"a":2}}})",
      R"({"put_statement":{"qualifiers":{"a":1,"a":2}}})",
      R"({"put_statement":{"qualifiers":{"a":null}}})",
      R"({"put_statement":{"created_revision":"1","certainty":"CERTAINTY_NO"}})",
      R"({"@type":"x","put_entity":{"id":"a"}})",
  };
  return *lines;
}

class JsonEncoderTest : public ::testing::Test {
 protected:
  // Whether the encoder takes the line; the mutation it makes of it.
  bool Encode(const std::string& line, v1::Mutation* mutation) {
    const std::string padded = line + std::string(Chunk::kPadding, ' ');
    WireWriter wire;
    if (!encoder_.Encode(absl::string_view(padded).substr(0, line.size()), wire)) {
      return false;
    }
    EXPECT_TRUE(mutation->ParseFromString(wire.Take())) << line;
    return true;
  }

  // That the encoder leaves the line alone or agrees with protobuf.
  void ExpectSame(const std::string& line) {
    v1::Mutation encoded;
    if (!Encode(line, &encoded)) return;
    ++taken_;
    v1::Mutation parsed;
    const auto status = google::protobuf::util::JsonStringToMessage(line, &parsed);
    EXPECT_TRUE(status.ok()) << line << "\n" << status.ToString();
    EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(encoded, parsed))
        << line << "\n"
        << encoded.DebugString() << "\n"
        << parsed.DebugString();
  }

  JsonEncoder encoder_{v1::Mutation::descriptor()};
  int taken_ = 0;
};

TEST_F(JsonEncoderTest, TakesCommonLinesAndAgrees) {
  for (const std::string& line : CommonLines()) {
    const int before = taken_;
    ExpectSame(line);
    EXPECT_EQ(taken_, before + 1) << line;
  }
}

TEST_F(JsonEncoderTest, AgreesOnOtherLinesOrLeavesThemAlone) {
  for (const std::string& line : OtherLines()) ExpectSame(line);
}

TEST_F(JsonEncoderTest, LeavesDeepNestingAlone) {
  for (const int depth : {1, 10, 19, 20, 21, 50, 99, 100, 101, 500}) {
    ExpectSame(absl::StrCat(R"({"put_statement":{"value":)", std::string(depth, '['),
                            std::string(depth, ']'), "}}"));
  }
  EXPECT_GT(taken_, 2);
}

TEST_F(JsonEncoderTest, TakesMapsOfManyKeysOrLeavesThemAlone) {
  for (const int keys : {31, 32, 33, 100}) {
    std::string names;
    for (int i = 0; i < keys; ++i) absl::StrAppend(&names, "\"k", i, "\":\"v\",");
    names.pop_back();
    ExpectSame(absl::StrCat(R"({"put_entity":{"names":{)", names, "}}}"));
  }
  EXPECT_EQ(taken_, 2);
}

// Lines with a few characters changed, left out, put in or doubled.
TEST_F(JsonEncoderTest, AgreesOnDamagedLines) {
  const uint32_t seed = std::random_device()();
  SCOPED_TRACE(absl::StrCat("seed ", seed));
  std::mt19937 random(seed);
  const std::string alphabet =
      "{}[]\":,\\ut0123456789.-+eE nulltruefalsidp_\n\t\x80\xc3/";
  for (int round = 0; round < 20000; ++round) {
    std::string line = CommonLines()[random() % CommonLines().size()];
    for (uint32_t changes = 1 + random() % 3; changes > 0 && !line.empty(); --changes) {
      const size_t at = random() % line.size();
      switch (random() % 4) {
        case 0:
          line[at] = alphabet[random() % alphabet.size()];
          break;
        case 1:
          line.erase(at, 1 + random() % 4);
          break;
        case 2:
          line.insert(at, 1, alphabet[random() % alphabet.size()]);
          break;
        default:
          line.insert(at, line.substr(at, random() % 20));
      }
    }
    ExpectSame(line);
    if (HasFailure()) break;
  }
  EXPECT_GT(taken_, 500u);
}

}  // namespace
}  // namespace labgraph::seed
