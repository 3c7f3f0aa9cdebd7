#include "server/search/name_resolver.h"

#include <memory>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/base/error.h"
#include "server/base/limits.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/search/search_fixture.h"

namespace labgraph::search {
namespace {

using ::labgraph::testing::FailsAt;
using ::labgraph::testing::IsOkAndHolds;

constexpr char kField[] = "id";

class NameResolverTest : public SearchFixture {
 protected:
  NameResolverTest() {
    Put("lab/switch-off", R"pb(names { key: "nl" value: "Switch-off" })pb");
    Put("crime/laundering", R"pb(names { key: "nl" value: "witwassen" }
                                 aliases { text: "TBML" })pb");
    Put("lab/heet-ijzer", R"pb(names { key: "nl" value: "Heet IJzer" }
                               names { key: "en" value: "Heet ijzer" })pb");
  }

  // The id of the entity found.
  absl::StatusOr<std::string> Resolve(absl::string_view name,
                                      uint64_t revision = 0) const {
    v1::ReadOptions options;
    if (revision != 0) options.set_revision(revision);
    const std::unique_ptr<graph::View> view = Read(options);
    const absl::StatusOr<keys::EntityNumber> number = ResolveByName(*view, name, kField);
    if (!number.ok()) return number.status();
    return view->EntityId(*number);
  }
};

TEST_F(NameResolverTest, FindsTheBearerOfANameOrAlias) {
  EXPECT_THAT(Resolve("TBML"), IsOkAndHolds("crime/laundering"));
  EXPECT_THAT(Resolve("tbml"), IsOkAndHolds("crime/laundering"));
  EXPECT_THAT(Resolve("Witwassen"), IsOkAndHolds("crime/laundering"));
  EXPECT_THAT(Resolve("switch off"), IsOkAndHolds("lab/switch-off"));
  EXPECT_THAT(Resolve("heet ijzer"), IsOkAndHolds("lab/heet-ijzer"));
}

TEST_F(NameResolverTest, WantsTheWholeName) {
  EXPECT_THAT(Resolve("switch"), FailsAt(v1::ERROR_REASON_ENTITY_NOT_FOUND, kField));
  EXPECT_THAT(Resolve("off switch"), FailsAt(v1::ERROR_REASON_ENTITY_NOT_FOUND, kField));
  // The key of an id is no name.
  EXPECT_THAT(Resolve("laundering"), FailsAt(v1::ERROR_REASON_ENTITY_NOT_FOUND, kField));
}

TEST_F(NameResolverTest, NamesTheNearestWhereThereIsNone) {
  EXPECT_EQ(MetaOf(Resolve("swich-off").status(), "nearest"), "lab/switch-off");
  EXPECT_EQ(MetaOf(Resolve("heet").status(), "nearest"), "lab/heet-ijzer");
  EXPECT_EQ(MetaOf(Resolve("onbekend").status(), "nearest"), "");
  EXPECT_EQ(MetaOf(Resolve("heet water").status(), "nearest"), "");
  EXPECT_THAT(Resolve("..."), FailsAt(v1::ERROR_REASON_ENTITY_NOT_FOUND, kField));
}

TEST_F(NameResolverTest, ListsTheBearersWhereThereAreSeveral) {
  Put("document/exit", R"pb(aliases { text: "Exit" })pb");
  Put("lab/exit", R"pb(aliases { text: "exit" })pb");
  const absl::Status status = Resolve("Exit").status();
  EXPECT_THAT(status, FailsAt(v1::ERROR_REASON_ENTITY_AMBIGUOUS, kField));
  EXPECT_EQ(MetaOf(status, "candidates"), "document/exit,lab/exit");
  EXPECT_THAT(Find("exit"), ::testing::ElementsAre("document/exit", "lab/exit"));
}

TEST_F(NameResolverTest, CountsOnlyBearersThatMayBeSeen) {
  Put("lab/other", R"pb(names { key: "nl" value: "Switch-off" }
                        visibility: "politie")pb");
  Put("lab/secret", R"pb(names { key: "nl" value: "Geheim" }
                         visibility: "politie")pb");
  EXPECT_THAT(Resolve("switch-off"), FailsAt(v1::ERROR_REASON_ENTITY_AMBIGUOUS, kField));
  const std::unique_ptr<graph::View> view = ReadAsPublic();
  ASSERT_OK_AND_ASSIGN(const keys::EntityNumber number,
                       ResolveByName(*view, "switch-off", kField));
  EXPECT_THAT(view->EntityId(number), IsOkAndHolds("lab/switch-off"));
  const absl::Status hidden = ResolveByName(*view, "geheim", kField).status();
  EXPECT_THAT(hidden, FailsAt(v1::ERROR_REASON_ENTITY_NOT_FOUND, kField));
  EXPECT_EQ(MetaOf(hidden, "nearest"), "");
}

TEST_F(NameResolverTest, ReadsTheNamesOfItsRevision) {
  Put("lab/switch-off", R"pb(names { key: "nl" value: "Uitgeschakeld" })pb");
  EXPECT_THAT(Resolve("uitgeschakeld"), IsOkAndHolds("lab/switch-off"));
  EXPECT_THAT(Resolve("switch-off"), FailsAt(v1::ERROR_REASON_ENTITY_NOT_FOUND, kField));
  EXPECT_THAT(Resolve("switch-off", 4), IsOkAndHolds("lab/switch-off"));
}

TEST_F(NameResolverTest, DoesNotFindWhatIsDeleted) {
  Delete("lab/switch-off");
  EXPECT_THAT(Resolve("switch-off"), FailsAt(v1::ERROR_REASON_ENTITY_NOT_FOUND, kField));
}

TEST_F(NameResolverTest, RefusesATextThatIsNoName) {
  EXPECT_THAT(Resolve(""), FailsAt(v1::ERROR_REASON_FIELD_REQUIRED, kField));
  EXPECT_THAT(Resolve("a\xFF"), FailsAt(v1::ERROR_REASON_TEXT_MALFORMED, kField));
  const std::string longest(limits::kNameBytes.value, 'a');
  EXPECT_THAT(Resolve(longest), FailsAt(v1::ERROR_REASON_ENTITY_NOT_FOUND, kField));
  EXPECT_THAT(Resolve(longest + "a"), FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, kField));
}

}  // namespace
}  // namespace labgraph::search
