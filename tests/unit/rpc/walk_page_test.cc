#include "server/rpc/walk_page.h"

#include <string>

#include "labgraph/v1/graph_service.pb.h"
#include "server/rpc/page_token.h"
#include "tests/testing/status_matchers.h"

namespace labgraph::rpc {
namespace {

using ::labgraph::testing::FailsAt;

constexpr char kStore[] = "0123456789abcdef";

v1::TraverseRequest Request() {
  v1::TraverseRequest request;
  request.add_start("lab/a");
  request.mutable_read()->set_at_least_revision(3);
  request.mutable_read()->set_valid_at("2022-01-01");
  return request;
}

absl::StatusOr<WalkPage> Open(absl::string_view token) {
  return WalkPage::Open(token, Request().read(), Request(), kStore);
}

TEST(WalkPageTest, TheFirstPageIsReadAsAsked) {
  ASSERT_OK_AND_ASSIGN(const WalkPage page, Open(""));
  EXPECT_EQ(page.before, 0u);
  EXPECT_EQ(page.read.at_least_revision(), 3u);
}

TEST(WalkPageTest, PagesAddUpAndStayAtTheirRevision) {
  ASSERT_OK_AND_ASSIGN(const WalkPage first, Open(""));
  ASSERT_OK_AND_ASSIGN(const WalkPage second,
                       Open(first.NextToken(5, 1000, Request(), kStore)));
  EXPECT_EQ(second.before, 1000u);
  EXPECT_EQ(second.read.revision(), 5u);
  EXPECT_EQ(second.read.valid_at(), "2022-01-01");
  ASSERT_OK_AND_ASSIGN(const WalkPage third,
                       Open(second.NextToken(5, 1, Request(), kStore)));
  EXPECT_EQ(third.before, 1001u);
}

TEST(WalkPageTest, RefusesWhatIsNoTokenOfAWalk) {
  const auto refused = FailsAt(v1::ERROR_REASON_PAGE_TOKEN_INVALID, "page_token");
  EXPECT_THAT(Open("AAAA"), refused);
  EXPECT_THAT(Open(PageToken{5, ""}.Encode(Request(), kStore)), refused);
  v1::TraverseRequest other = Request();
  other.set_count_only(true);
  EXPECT_THAT(Open(WalkPage().NextToken(5, 1, other, kStore)), refused);
}

}  // namespace
}  // namespace labgraph::rpc
