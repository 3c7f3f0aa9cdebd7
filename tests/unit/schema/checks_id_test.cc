#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/base/limits.h"
#include "server/schema/checks.h"
#include "tests/testing/status_matchers.h"

namespace labgraph::schema {
namespace {

using ::labgraph::testing::FailsAt;

TEST(ParseEntityIdTest, TakesKindAndKeyApart) {
  for (const char* id : {"lab/caterpillar", "crime_phenomenon/cash-in-freight", "a/0",
                         "lab/nsoc-lab-2022-1", "x9/q.12_3-"}) {
    ASSERT_OK_AND_ASSIGN(const EntityId parts, ParseEntityId(id, "id"));
    EXPECT_EQ(absl::StrCat(parts.kind, "/", parts.key), id);
  }
  ASSERT_OK_AND_ASSIGN(const EntityId parts, ParseEntityId("lab/exit", "id"));
  EXPECT_EQ(parts.kind, "lab");
  EXPECT_EQ(parts.key, "exit");
}

TEST(ParseEntityIdTest, RefusesWhatIsNoId) {
  EXPECT_THAT(ParseEntityId("", "subject"),
              FailsAt(v1::ERROR_REASON_FIELD_REQUIRED, "subject"));
  for (const char* id :
       {"Lab/Exit", "lab", "lab/", "/exit", "/", "lab/Exit", "LAB/exit", "lab/exit/x",
        "1lab/exit", "_lab/exit", "la-b/exit", "lab/-exit", "lab/.exit", "lab/_exit",
        "lab/exit ", " lab/exit", "lab/caf\xC3\xA9", "lab\\exit", "lab:exit"}) {
    EXPECT_THAT(ParseEntityId(id, "subject"),
                FailsAt(v1::ERROR_REASON_ID_MALFORMED, "subject"))
        << id;
  }
  EXPECT_THAT(ParseEntityId(absl::string_view("lab/ex\0it", 9), "id"),
              FailsAt(v1::ERROR_REASON_ID_MALFORMED, "id"));
}

TEST(ParseEntityIdTest, LimitsKindAndKey) {
  const std::string kind(limits::kSchemaNameBytes.value, 'k');
  const std::string key(limits::kIdKeyBytes.value, '1');
  EXPECT_OK(ParseEntityId(kind + "/" + key, "id"));
  EXPECT_THAT(ParseEntityId(kind + "k/" + key, "id"),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "id"));
  EXPECT_THAT(ParseEntityId(kind + "/" + key + "1", "id"),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "id"));
}

TEST(CheckStatementIdTest, AcceptsDerivedIdsAndCallersOwn) {
  for (const char* id : {"s-0123456789abcdefghijklmnop", "caterpillar-merged", "01", "a",
                         "-", ".x_", "s", "sx-1", "s_1"}) {
    EXPECT_OK(CheckStatementId(id, "id"));
  }
}

TEST(CheckStatementIdTest, RefusesWhatIsNoId) {
  EXPECT_THAT(CheckStatementId("", "id"), FailsAt(v1::ERROR_REASON_FIELD_REQUIRED, "id"));
  for (const char* id :
       {"S01", "a/b", "a b", "a\n", "s-", "s-abc", "s-0123456789abcdefghijklmno",
        "s-0123456789abcdefghijklmnopq", "s-0123456789abcdefghijklmn-p"}) {
    EXPECT_THAT(CheckStatementId(id, "id"), FailsAt(v1::ERROR_REASON_ID_MALFORMED, "id"))
        << id;
  }
}

TEST(CheckStatementIdTest, LimitsTheLength) {
  const std::string id(limits::kIdKeyBytes.value, 'x');
  EXPECT_OK(CheckStatementId(id, "id"));
  EXPECT_THAT(CheckStatementId(id + "x", "id"),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "id"));
}

TEST(CheckSchemaNameTest, AcceptsLowerCaseWords) {
  for (const char* name : {"lab", "merged_into", "a", "x1", "has_2_parts_"}) {
    EXPECT_OK(CheckSchemaName(name, "name"));
  }
}

TEST(CheckSchemaNameTest, RefusesOtherNames) {
  EXPECT_THAT(CheckSchemaName("", "name"),
              FailsAt(v1::ERROR_REASON_FIELD_REQUIRED, "name"));
  for (const char* name : {"Lab", "1lab", "_lab", "merged-into", "merged into", "lab/",
                           "\xC3\xA9", "lab.x", "lab\n"}) {
    EXPECT_THAT(CheckSchemaName(name, "name"),
                FailsAt(v1::ERROR_REASON_FIELD_INVALID, "name"))
        << name;
  }
}

TEST(CheckSchemaNameTest, LimitsTheLength) {
  const std::string name(limits::kSchemaNameBytes.value, 'n');
  EXPECT_OK(CheckSchemaName(name, "name"));
  EXPECT_THAT(CheckSchemaName(name + "n", "name"),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "name"));
}

}  // namespace
}  // namespace labgraph::schema
