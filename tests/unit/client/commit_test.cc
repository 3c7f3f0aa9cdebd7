#include "labgraph/commit.h"

#include <string>

#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "labgraph/error.h"
#include "labgraph/mock_connection.h"
#include "tests/unit/client/error_matchers.h"

namespace labgraph::client {
namespace {

using ::testing::MatchesRegex;

template <typename Message>
void ExpectEquals(const Message& actual, const std::string& text) {
  Message expected;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &expected));
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(actual, expected))
      << actual.DebugString();
}

TEST(CommitTest, MutationsKeepTheirOrder) {
  ExpectEquals(
      Commit()
          .PutEntity(EntityBuilder("lab/exit"))
          .PutStatement(StatementBuilder("lab/exit", "part_of").To("collaboration/nsoc"))
          .Retract("s-1")
          .Delete("lab/a")
          .DeleteWithStatements("lab/b")
          .Merge("lab/c", "lab/d")
          .Unmerge("lab/e")
          .Actor("ann")
          .Message("why")
          .RequestId("mine")
          .ValidateOnly()
          .Build(),
      R"pb(mutations { put_entity { id: "lab/exit" } }
           mutations {
             put_statement {
               subject: "lab/exit"
               predicate: "part_of"
               object: "collaboration/nsoc"
             }
           }
           mutations { retract_statement { id: "s-1" } }
           mutations { delete_entity { id: "lab/a" } }
           mutations { delete_entity { id: "lab/b" cascade: true } }
           mutations { merge_entities { from: "lab/c" into: "lab/d" } }
           mutations { unmerge_entity { id: "lab/e" } }
           actor: "ann"
           message: "why"
           request_id: "mine"
           validate_only: true)pb");
}

TEST(CommitTest, EveryBuilderDrawsItsOwnRequestId) {
  const Commit commit;
  EXPECT_THAT(commit.Build().request_id(), MatchesRegex("[0-9a-f]{32}"));
  EXPECT_NE(commit.Build().request_id(), Commit().Build().request_id());
}

TEST(CommitTest, RunningAgainIsTheSameRequest) {
  std::vector<std::string> ids;
  MockConnection connection;
  connection.commit =
      [&ids](const v1::CommitRequest& request) -> absl::StatusOr<v1::CommitResponse> {
    ids.push_back(request.request_id());
    if (ids.size() == 1) return absl::UnavailableError("lost");
    v1::CommitResponse response;
    response.set_replayed(true);
    return response;
  };
  const Commit commit = Commit().Retract("s-1");
  EXPECT_THAT(commit.Run(connection), HasCode(absl::StatusCode::kUnavailable));
  absl::StatusOr<v1::CommitResponse> response = commit.Run(connection);
  ASSERT_THAT(response, IsOk());
  EXPECT_TRUE(response->replayed());
  ASSERT_EQ(ids.size(), 2u);
  EXPECT_EQ(ids[0], ids[1]);
}

TEST(EntityBuilderTest, BuildsTheWholeRecord) {
  ExpectEquals(EntityBuilder("lab/exit")
                   .Name("nl", "Uitgang")
                   .Description("en", "A lab.")
                   .Alias("UIT")
                   .Alias("Exit", "en")
                   .Placeholder()
                   .Visibility("politie & fiod")
                   .Source("document/page", "B3")
                   .Build(),
               R"pb(id: "lab/exit"
                    names { key: "nl" value: "Uitgang" }
                    descriptions { key: "en" value: "A lab." }
                    aliases { text: "UIT" }
                    aliases { text: "Exit" lang: "en" }
                    placeholder: true
                    visibility: "politie & fiod"
                    sources { document: "document/page" locator: "B3" })pb");
}

TEST(StatementBuilderTest, BuildsTheWholeStatement) {
  ExpectEquals(StatementBuilder("lab/caterpillar", "merged_into")
                   .To("programme/tbml")
                   .Id("merge-1")
                   .Qualifier("weight", "main")
                   .Since("2022~")
                   .StillSo()
                   .InWords("inmiddels")
                   .Rank(v1::RANK_PREFERRED)
                   .Assertion(v1::ASSERTION_PRESUMED)
                   .Visibility("politie")
                   .Source("document/page", "B1.2")
                   .Build(),
               R"pb(id: "merge-1"
                    subject: "lab/caterpillar"
                    predicate: "merged_into"
                    object: "programme/tbml"
                    qualifiers {
                      key: "weight"
                      value { string_value: "main" }
                    }
                    valid { start: "2022~" end: ".." text: "inmiddels" }
                    rank: RANK_PREFERRED
                    assertion: ASSERTION_PRESUMED
                    visibility: "politie"
                    sources { document: "document/page" locator: "B1.2" })pb");
}

TEST(StatementBuilderTest, ValuesKeepTheirType) {
  const StatementBuilder base("lab/exit", "p");
  const auto value = [&base](auto v) {
    return StatementBuilder(base).Is(v).Build().value();
  };
  EXPECT_EQ(value("text").string_value(), "text");
  EXPECT_EQ(value(std::string("text")).string_value(), "text");
  EXPECT_EQ(value(absl::string_view("text")).string_value(), "text");
  EXPECT_EQ(value(6).number_value(), 6);
  EXPECT_EQ(value(uint64_t{1} << 53).number_value(), 9007199254740992.0);
  EXPECT_EQ(value(6.5).number_value(), 6.5);
  EXPECT_EQ(value(true).kind_case(), google::protobuf::Value::kBoolValue);
  EXPECT_TRUE(value(true).bool_value());
  google::protobuf::Value list;
  list.mutable_list_value()->add_values()->set_number_value(1);
  EXPECT_EQ(value(list).list_value().values(0).number_value(), 1);
}

TEST(StatementBuilderTest, TextByLanguage) {
  const google::protobuf::Value value = StatementBuilder("lab/exit", "described_as")
                                            .Is({{"nl", "tekst"}, {"en", "text"}})
                                            .Build()
                                            .value();
  EXPECT_EQ(value.struct_value().fields().at("nl").string_value(), "tekst");
  EXPECT_EQ(value.struct_value().fields().at("en").string_value(), "text");
}

TEST(StatementBuilderTest, LastTargetCounts) {
  EXPECT_EQ(StatementBuilder("a", "p").Is(1).To("lab/b").Build().target_case(),
            v1::Statement::kObject);
  EXPECT_EQ(StatementBuilder("a", "p").To("lab/b").Is(1).Build().target_case(),
            v1::Statement::kValue);
}

}  // namespace
}  // namespace labgraph::client
