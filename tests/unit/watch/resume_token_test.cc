#include "server/watch/resume_token.h"

#include <string>

#include "gtest/gtest.h"
#include "server/base/token_seal.h"
#include "server/keys/keyspaces.h"
#include "tests/testing/parse_proto.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_graph.h"

namespace labgraph::watch {
namespace {

using testing::FailsAt;
using testing::IsOkAndHolds;
using testing::ParseText;
using testing::TestGraph;

ResumeTokens TokensOf(TestGraph& graph, const std::string& filter = "kinds: 'lab'") {
  return ResumeTokens(graph.graph(), ParseText<v1::RecordFilter>(filter));
}

TEST(ResumeTokenTest, KeepsTheRevision) {
  TestGraph graph;
  for (const keys::Revision revision : {uint64_t{0}, uint64_t{300}, ~uint64_t{0}}) {
    EXPECT_THAT(TokensOf(graph).Decode(TokensOf(graph).Encode(revision)),
                IsOkAndHolds(revision));
  }
}

TEST(ResumeTokenTest, OutlivesTheServer) {
  TestGraph graph;
  const std::string token = TokensOf(graph).Encode(7);
  graph.Reopen();
  EXPECT_THAT(TokensOf(graph).Decode(token), IsOkAndHolds(7u));
}

TEST(ResumeTokenTest, IsOfOneFilterAndOneStore) {
  TestGraph graph;
  TestGraph other;
  const std::string token = TokensOf(graph).Encode(7);
  const auto invalid = FailsAt(v1::ERROR_REASON_RESUME_TOKEN_INVALID, "resume_token");
  EXPECT_THAT(TokensOf(graph, "kinds: 'team'").Decode(token), invalid);
  EXPECT_THAT(TokensOf(graph, "").Decode(token), invalid);
  EXPECT_THAT(TokensOf(other).Decode(token), invalid);
}

TEST(ResumeTokenTest, DamageIsNoticed) {
  TestGraph graph;
  std::string token = TokensOf(graph).Encode(7);
  token[3] = token[3] == 'x' ? 'y' : 'x';
  for (const std::string& damaged : {token, std::string("x"), std::string()}) {
    EXPECT_THAT(TokensOf(graph).Decode(damaged),
                FailsAt(v1::ERROR_REASON_RESUME_TOKEN_INVALID, "resume_token"));
  }
}

// As a restored store has it: the same store, another epoch.
TEST(ResumeTokenTest, OfAnotherEpochSaysSo) {
  TestGraph graph;
  const std::string token = TokensOf(graph).Encode(7);
  kv::Batch batch;
  batch.Put(keys::kMeta, keys::kMetaEpoch, "another");
  ASSERT_OK(graph.store().Write(batch));
  graph.Reopen();
  const auto decoded = TokensOf(graph).Decode(token);
  EXPECT_THAT(decoded, FailsAt(v1::ERROR_REASON_STORE_RESTORED, "resume_token"));
  EXPECT_EQ(MetaOf(decoded.status(), "epoch"), "another");
}

}  // namespace
}  // namespace labgraph::watch
