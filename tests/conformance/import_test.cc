// Imports over a socket: order, errors, reading ahead and checkpoints.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "server/base/limits.h"
#include "tests/conformance/served_graph.h"
#include "tests/testing/status_matchers.h"

namespace labgraph::conformance {
namespace {

using ::labgraph::testing::FailsAt;
using ::labgraph::testing::FailsWith;

// As GetServerInfo tells it.
constexpr int kImportsAtOnce = 8;

class Imports : public ServedGraph {
 protected:
  // A part that makes labs "lab/<word><i>" for i in [from, to), with more fields.
  static v1::ImportRequest Labs(const std::string& word, int from, int to,
                                const std::string& rest = "") {
    v1::ImportRequest part = Parse<v1::ImportRequest>(rest);
    for (int i = from; i < to; ++i) {
      part.add_mutations()->mutable_put_entity()->set_id(absl::StrCat("lab/", word, i));
    }
    return part;
  }

  // The one answer to one part, or the import's error.
  absl::StatusOr<v1::ImportResponse> ImportOne(const v1::ImportRequest& part) {
    const auto stream = connection().Import();
    stream->Write(part);
    stream->WritesDone();
    auto answer = stream->Read();
    if (!answer.ok()) return answer.status();
    EXPECT_TRUE(answer->has_value());
    const v1::ImportResponse response = answer->value_or(v1::ImportResponse());
    const auto end = stream->Read();
    if (!end.ok()) return end.status();
    EXPECT_FALSE(end->has_value());
    return response;
  }

  bool Exists(const std::string& id) {
    v1::GetEntityRequest request;
    request.set_id(id);
    return connection().GetEntity(request).ok();
  }
};

TEST_P(Imports, EveryPartIsAnsweredInOrderByItsOwnRevision) {
  constexpr int kParts = 60;
  const auto stream = connection().Import();
  for (int i = 0; i < kParts; ++i) {
    ASSERT_TRUE(stream->Write(Labs("p", 10 * i, 10 * i + 10)));
  }
  stream->WritesDone();
  for (uint64_t i = 1; i <= kParts; ++i) {
    const auto answer = stream->Read();
    ASSERT_OK(answer);
    ASSERT_TRUE(answer->has_value());
    EXPECT_EQ((*answer)->parts(), i);
    EXPECT_EQ((*answer)->revision(), kFactsRevision + i);
    EXPECT_EQ((*answer)->created(), 10u);
  }
  const auto end = stream->Read();
  ASSERT_OK(end);
  EXPECT_FALSE(end->has_value());
}

// The server has read ahead of the part that it refuses, and the caller is still sending.
TEST_P(Imports, TheFirstRefusedPartEndsTheStreamWithItsError) {
  const auto stream = connection().Import();
  ASSERT_TRUE(stream->Write(Labs("a", 0, 10)));
  ASSERT_TRUE(stream->Write(
      Parse<v1::ImportRequest>("mutations { put_entity { id: 'lob/x' } }")));
  // False where the refusal has come back already.
  stream->Write(Labs("b", 0, 10));
  auto answer = stream->Read();
  ASSERT_OK(answer);
  EXPECT_EQ((*answer)->parts(), 1u);
  EXPECT_THAT(stream->Read().status(),
              FailsAt(v1::ERROR_REASON_KIND_UNKNOWN, "mutations[0].put_entity.id"));
  EXPECT_TRUE(Exists("lab/a9"));
  EXPECT_FALSE(Exists("lab/b0"));
}

// gRPC alone would take it for the end of the stream.
TEST_P(Imports, APartThatCannotBeReadIsRefusedLikeAnyOther) {
  std::string not_utf8 = Labs("b", 0, 2).SerializeAsString();
  not_utf8[not_utf8.rfind('b')] = '\xff';
  v1::ImportRequest actor;
  actor.set_actor("ann");
  std::string bad_actor = Labs("b", 0, 1).SerializeAsString() + actor.SerializeAsString();
  bad_actor.back() = '\xff';
  const std::pair<std::string, std::string> cases[] = {
      {not_utf8, "mutations[1]"}, {bad_actor, "actor"}, {"\x07no message", "mutations"}};
  int number = 0;
  for (const auto& [part, field] : cases) {
    const auto stream = connection().Import();
    const int i = number++;
    ASSERT_TRUE(stream->Write(Labs("a", i, i + 1)));
    ASSERT_TRUE(stream->WriteEncoded(part));
    // False where the refusal has come back already.
    stream->Write(Labs("c", 0, 1));
    stream->WritesDone();
    ASSERT_OK(stream->Read());
    EXPECT_THAT(stream->Read().status(), FailsAt(v1::ERROR_REASON_FIELD_INVALID, field));
    EXPECT_TRUE(Exists(absl::StrCat("lab/a", i)));
    EXPECT_FALSE(Exists("lab/b0"));
    EXPECT_FALSE(Exists("lab/c0"));
  }
}

TEST_P(Imports, APartOverTheLimitIsRefused) {
  const auto stream = connection().Import();
  ASSERT_TRUE(stream->Write(Labs("a", 0, 1)));
  v1::ImportRequest large = Labs("b", 0, 1);
  large.set_message(std::string(limits::kRequestBytes.value, 'm'));
  ASSERT_TRUE(stream->Write(large));
  stream->WritesDone();
  ASSERT_OK(stream->Read());
  EXPECT_THAT(stream->Read().status(), FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, ""));
  EXPECT_TRUE(Exists("lab/a0"));
  EXPECT_FALSE(Exists("lab/b0"));
}

TEST_P(Imports, AnImportOfNothingIsNothing) {
  const auto stream = connection().Import();
  stream->WritesDone();
  const auto end = stream->Read();
  ASSERT_OK(end);
  EXPECT_FALSE(end->has_value());
}

TEST_P(Imports, ALeftImportKeepsWhatWasAnswered) {
  {
    const auto stream = connection().Import();
    ASSERT_TRUE(stream->Write(Labs("a", 0, 10)));
    ASSERT_OK(stream->Read());
  }  // cancelled
  EXPECT_TRUE(Exists("lab/a9"));
  ASSERT_OK(ImportOne(Labs("b", 0, 10)));
}

TEST_P(Imports, OneMoreThanTheLimitIsToldToTryAgain) {
  std::vector<std::unique_ptr<client::ImportStream>> streams;
  for (int i = 0; i < kImportsAtOnce; ++i) {
    streams.push_back(connection().Import());
    ASSERT_TRUE(streams.back()->Write(Labs("a", i, i + 1)));
    ASSERT_OK(streams.back()->Read()) << "it runs";
  }
  EXPECT_THAT(ImportOne(Labs("b", 0, 1)), FailsWith(v1::ERROR_REASON_BUSY));
  streams.back()->WritesDone();
  ASSERT_OK(streams.back()->Read());
  EXPECT_OK(ImportOne(Labs("b", 0, 1)));
}

TEST_P(Imports, CheckpointsTellWhereToGoOn) {
  const v1::ImportRequest ask =
      Parse<v1::ImportRequest>("checkpoint { name: 'labs.csv' }");
  auto answer = ImportOne(ask);
  ASSERT_OK(answer);
  EXPECT_EQ(answer->checkpoint(), 0u);
  ASSERT_OK(ImportOne(Labs("a", 0, 10, "checkpoint { name: 'labs.csv' position: 120 }")));
  answer = ImportOne(ask);
  ASSERT_OK(answer);
  EXPECT_EQ(answer->checkpoint(), 120u);
  EXPECT_EQ(answer->revision(), kFactsRevision + 1) << "asking changes nothing";
  answer = ImportOne(
      Labs("b", 0, 10, "checkpoint { name: 'labs.csv' position: 240 done: true }"));
  ASSERT_OK(answer);
  EXPECT_EQ(answer->checkpoint(), 0u);
  answer = ImportOne(ask);
  ASSERT_OK(answer);
  EXPECT_EQ(answer->checkpoint(), 0u);
}

TEST_P(Imports, CheckpointsNeedAName) {
  EXPECT_THAT(ImportOne(Labs("a", 0, 1, "checkpoint { position: 1 }")).status(),
              FailsAt(v1::ERROR_REASON_FIELD_REQUIRED, "checkpoint.name"));
  EXPECT_THAT(
      ImportOne(Labs("a", 0, 1,
                     absl::StrCat("checkpoint { name: '", std::string(129, 'n'), "' }")))
          .status(),
      FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "checkpoint.name"));
  EXPECT_FALSE(Exists("lab/a0"));
}

INSTANTIATE_TEST_SUITE_P(Stores, Imports, ::testing::Bool(), [](const auto& info) {
  return info.param ? "Memory" : "RocksDb";
});

}  // namespace
}  // namespace labgraph::conformance
