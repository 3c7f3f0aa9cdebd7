#include "server/rpc/page_token.h"

#include <string>

#include "labgraph/v1/graph_service.pb.h"
#include "tests/testing/status_matchers.h"

namespace labgraph::rpc {
namespace {

using ::labgraph::testing::FailsAt;

constexpr char kStore[] = "0123456789abcdef";

v1::ListEntitiesRequest Request() {
  v1::ListEntitiesRequest request;
  request.add_kinds("lab");
  return request;
}

TEST(PageTokenTest, GivesBackWhatItWasMadeOf) {
  const PageToken token{300, std::string("after\0all", 9)};
  const std::string text = token.Encode(Request(), kStore);
  ASSERT_OK_AND_ASSIGN(const PageToken decoded,
                       PageToken::Decode(text, Request(), kStore));
  EXPECT_EQ(decoded.revision, 300u);
  EXPECT_EQ(decoded.after, token.after);
}

TEST(PageTokenTest, DoesNotDependOnPageSizeOrItself) {
  const std::string text = PageToken{1, "x"}.Encode(Request(), kStore);
  v1::ListEntitiesRequest next = Request();
  next.set_page_size(7);
  next.set_page_token(text);
  EXPECT_OK(PageToken::Decode(text, next, kStore));
}

TEST(PageTokenTest, DoesNotDependOnHowMuchAPageOfAWalkGives) {
  v1::FindPathsRequest request;
  request.add_from("lab/a");
  const std::string text = PageToken{1, "x"}.Encode(request, kStore);
  request.set_max_paths(7);
  request.set_max_visited(8);
  request.set_page_token(text);
  EXPECT_OK(PageToken::Decode(text, request, kStore));
  request.set_max_hops(9);
  const auto refused = PageToken::Decode(text, request, kStore).status();
  EXPECT_THAT(refused, FailsAt(v1::ERROR_REASON_PAGE_TOKEN_INVALID, "page_token"));
  EXPECT_THAT(std::string(refused.message()),
              ::testing::HasSubstr("but max_paths and max_visited must be as they were"));
}

TEST(PageTokenTest, IsOfOneRequestAndStore) {
  const std::string text = PageToken{1, "x"}.Encode(Request(), kStore);
  v1::ListEntitiesRequest other = Request();
  other.set_filter("placeholder = true");
  const auto refused = FailsAt(v1::ERROR_REASON_PAGE_TOKEN_INVALID, "page_token");
  EXPECT_THAT(PageToken::Decode(text, other, kStore), refused);
  EXPECT_THAT(PageToken::Decode(text, Request(), "fedcba9876543210"), refused);
  EXPECT_THAT(PageToken::Decode(text, v1::ListStatementsRequest(), kStore), refused);
}

TEST(PageTokenTest, EveryDamagedByteIsNoticed) {
  const std::string text = PageToken{1, "somewhere"}.Encode(Request(), kStore);
  for (size_t i = 0; i < text.size(); ++i) {
    std::string damaged = text;
    damaged[i] = damaged[i] == 'A' ? 'B' : 'A';
    EXPECT_THAT(PageToken::Decode(damaged, Request(), kStore),
                FailsAt(v1::ERROR_REASON_PAGE_TOKEN_INVALID, "page_token"))
        << i;
    EXPECT_THAT(PageToken::Decode(text.substr(0, i), Request(), kStore),
                FailsAt(v1::ERROR_REASON_PAGE_TOKEN_INVALID, "page_token"));
  }
}

TEST(PageTokenTest, IsLimitedInSize) {
  EXPECT_THAT(PageToken::Decode(std::string(1024, 'A'), Request(), kStore),
              FailsAt(v1::ERROR_REASON_PAGE_TOKEN_INVALID, "page_token"));
  EXPECT_THAT(PageToken::Decode(std::string(1025, 'A'), Request(), kStore),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "page_token"));
}

}  // namespace
}  // namespace labgraph::rpc
