// Every sort of check against answers that agree and answers that do not.

#include "seed/checks/checks.h"

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "labgraph/error.h"
#include "labgraph/mock_connection.h"

namespace labgraph::seed {
namespace {

template <typename Message>
Message Parse(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

class CheckTest : public ::testing::Test {
 protected:
  // "" when the check holds, "error" when it could not be evaluated, else what was
  // expected and found.
  std::string Evaluate(const std::string& check) {
    Verdict verdict = EvaluateCheck(Parse<Check>(check), connection_);
    if (!verdict.ok()) return "error";
    if (!verdict->has_value()) return "";
    return absl::StrCat((*verdict)->expected, " | ", (*verdict)->found);
  }

  // Answers every ListStatements with these and keeps the request.
  void AnswerStatements(const std::string& response) {
    connection_->list_statements = [=, this](const v1::ListStatementsRequest& request) {
      statements_request_ = request;
      return Parse<v1::ListStatementsResponse>(response);
    };
  }

  std::shared_ptr<client::MockConnection> connection_ =
      std::make_shared<client::MockConnection>();
  v1::ListStatementsRequest statements_request_;
};

TEST_F(CheckTest, Entity) {
  v1::GetEntityRequest asked;
  connection_->get_entity =
      [&](const v1::GetEntityRequest& request) -> absl::StatusOr<v1::GetEntityResponse> {
    asked = request;
    if (request.id() != "lab/exit") {
      return client::MakeError(v1::ERROR_REASON_ENTITY_NOT_FOUND, "id",
                               "No such entity.");
    }
    return Parse<v1::GetEntityResponse>(
        R"(entity { id: "lab/exit" names { key: "nl" value: "Exit" } })");
  };
  EXPECT_EQ(Evaluate(R"(entity { id: "lab/exit" })"), "");
  EXPECT_EQ(Evaluate(R"(read { revision: 3 } entity { id: "lab/exit" })"), "");
  EXPECT_EQ(asked.read().revision(), 3u);
  EXPECT_EQ(Evaluate(R"(entity { id: "lab/nobody" })"),
            "the entity lab/nobody | no such entity");
  EXPECT_EQ(Evaluate(R"(entity { id: "lab/nobody" absent: true })"), "");
  EXPECT_EQ(Evaluate(R"(entity { id: "lab/exit" absent: true })"),
            "no entity lab/exit | lab/exit exists");
  EXPECT_EQ(Evaluate(R"(entity { id: "lab/exit" placeholder: false })"), "");
  EXPECT_EQ(Evaluate(R"(entity { id: "lab/exit" placeholder: true })"),
            "a placeholder | none");
  EXPECT_EQ(Evaluate(R"(entity { id: "lab/exit" names { key: "nl" value: "Exit" } })"),
            "");
  EXPECT_EQ(Evaluate(R"(entity { id: "lab/exit" names { key: "nl" value: "X" } })"),
            "the name \"X\" in nl | \"Exit\"");
  EXPECT_EQ(Evaluate(R"(entity { id: "lab/exit" names { key: "en" value: "X" } })"),
            "the name \"X\" in en | none in that language");
}

constexpr char kTwoStatements[] = R"(
    statements {
      id: "s-1" subject: "lab/exit" predicate: "part_of" object: "lab/x"
      assertion: ASSERTION_PRESUMED rank: RANK_PREFERRED certainty: CERTAINTY_POSSIBLE
      valid { start: "2021" end: ".." text: "in 2021" }
      sources { document: "document/page" locator: "B1" }
      sources { document: "document/page" locator: "B2" asserted_by: "lab/x" }
      qualifiers { key: "weight" value { string_value: "main" } }
    }
    statements { id: "s-2" subject: "lab/exit" predicate: "part_of"
      certainty: CERTAINTY_CERTAIN value { number_value: 6 } })";

TEST_F(CheckTest, StatementAsksForWhatItNames) {
  AnswerStatements(kTwoStatements);
  EXPECT_EQ(Evaluate(R"(read { valid_at: "2022-01-01" } statement {
                          subject: "lab/exit" predicate: "part_of" object: "lab/x"
                          source { document: "document/page" } })"),
            "");
  EXPECT_EQ(statements_request_.subject(), "lab/exit");
  EXPECT_EQ(statements_request_.object(), "lab/x");
  EXPECT_EQ(statements_request_.source(), "document/page");
  EXPECT_THAT(statements_request_.predicates(), ::testing::ElementsAre("part_of"));
  EXPECT_EQ(statements_request_.read().valid_at(), "2022-01-01");
  EXPECT_EQ(statements_request_.read().certainty(), v1::CERTAINTY_UNSPECIFIED);
}

TEST_F(CheckTest, StatementComparesWhatIsSet) {
  AnswerStatements(kTwoStatements);
  for (const char* fields :
       {"", "assertion: ASSERTION_PRESUMED", "assertion: ASSERTION_ASSERTED",
        "rank: RANK_PREFERRED", "rank: RANK_NORMAL", "certainty: CERTAINTY_POSSIBLE",
        "certainty: CERTAINTY_CERTAIN", "value { number_value: 6 }",
        R"(valid { start: "2021" end: ".." text: "in 2021" })", R"(valid { end: ".." })",
        R"(source { locator: "B2" asserted_by: "lab/x" })", R"(source { locator: "B1" })",
        R"(qualifiers { key: "weight" value { string_value: "main" } })"}) {
    EXPECT_EQ(Evaluate(absl::StrCat("statement {", fields, "}")), "") << fields;
    EXPECT_NE(Evaluate(absl::StrCat("statement { absent: true ", fields, "}")), "")
        << fields;
  }
  for (const char* fields :
       {"assertion: ASSERTION_QUESTION", "rank: RANK_DEPRECATED",
        "certainty: CERTAINTY_NO", "value { number_value: 7 }",
        "value { string_value: '6' }", R"(valid { start: "2022" })",
        R"(valid { end: "2022" })", R"(valid { text: "x" })",
        R"(source { locator: "B1" asserted_by: "lab/x" })", R"(source { document: "d" })",
        R"(qualifiers { key: "weight" value { string_value: "x" } })",
        R"(qualifiers { key: "x" value { string_value: "main" } })"}) {
    EXPECT_NE(Evaluate(absl::StrCat("statement {", fields, "}")), "") << fields;
    EXPECT_EQ(Evaluate(absl::StrCat("statement { absent: true ", fields, "}")), "")
        << fields;
  }
}

TEST_F(CheckTest, StatementSaysWhatDisagrees) {
  AnswerStatements(kTwoStatements);
  EXPECT_EQ(
      Evaluate(R"(statement { subject: "lab/exit" predicate: "part_of"
                                    assertion: ASSERTION_QUESTION })"),
      "lab/exit part_of, assertion question | s-1 with assertion presumed; s-2 with "
      "assertion asserted");
  AnswerStatements("");
  EXPECT_EQ(Evaluate(R"(statement { predicate: "part_of" value { number_value: 6 } })"),
            "anything part_of 6 | no such statement");
}

TEST_F(CheckTest, StatementThatDidNotHoldIsAskedFor) {
  AnswerStatements("statements { id: 's-1' certainty: CERTAINTY_NO }");
  EXPECT_EQ(
      Evaluate("read { valid_at: '2020-01-01' } statement { certainty: CERTAINTY_NO }"),
      "");
  EXPECT_EQ(statements_request_.read().certainty(), v1::CERTAINTY_NO);
}

TEST_F(CheckTest, Path) {
  v1::FindPathsRequest asked;
  std::vector<v1::FindPathsResponse> answer;
  connection_->find_paths = [&](const v1::FindPathsRequest& request) {
    asked = request;
    return client::StreamOf(answer);
  };
  const std::string find = R"(find { from: "lab/a" to: "lab/c" })";
  EXPECT_EQ(Evaluate(absl::StrCat("path {", find, "}")), "a path | none");
  EXPECT_EQ(Evaluate(absl::StrCat("path { absent: true ", find, "}")), "");

  answer = {Parse<v1::FindPathsResponse>(R"(
      paths { entities { id: "lab/a" } entities { id: "lab/b" } entities { id: "lab/c" }
              statements {} statements {} }
      paths { entities { id: "lab/z" } })"),
            Parse<v1::FindPathsResponse>("summary { paths: 2 }")};
  EXPECT_EQ(Evaluate(absl::StrCat("read { revision: 2 } path {", find, "}")), "");
  EXPECT_EQ(asked.read().revision(), 2u);
  EXPECT_THAT(asked.from(), ::testing::ElementsAre("lab/a"));
  EXPECT_EQ(Evaluate(absl::StrCat("path { absent: true ", find, "}")),
            "no path | lab/a - lab/b - lab/c");
  EXPECT_EQ(Evaluate(absl::StrCat("path { hops: 2 ", find, "}")), "");
  EXPECT_EQ(Evaluate(absl::StrCat("path { hops: 3 ", find, "}")),
            "3 hops | 2: lab/a - lab/b - lab/c");
  EXPECT_EQ(Evaluate(absl::StrCat("path { through: ['lab/a', 'lab/b'] ", find, "}")), "");
  EXPECT_EQ(Evaluate(absl::StrCat("path { through: ['lab/c', 'lab/b'] ", find, "}")),
            "a path through lab/c, lab/b | lab/a - lab/b - lab/c");
  EXPECT_EQ(Evaluate(absl::StrCat("path { through: ['lab/b', 'lab/b'] ", find, "}")),
            "a path through lab/b, lab/b | lab/a - lab/b - lab/c");
}

TEST_F(CheckTest, APathThatIsNotFoundBeforeTheSearchIsCutProvesNothing) {
  connection_->find_paths = [](const v1::FindPathsRequest&) {
    return client::StreamOf(std::vector<v1::FindPathsResponse>{
        Parse<v1::FindPathsResponse>("summary { cut: CUT_REASON_MAX_VISITED }")});
  };
  for (const char* absent : {"true", "false"}) {
    EXPECT_THAT(Evaluate(absl::StrCat("path { absent: ", absent,
                                      R"( find { from: "lab/a" to: "lab/c" } })")),
                ::testing::HasSubstr("the search was cut (CUT_REASON_MAX_VISITED)"));
  }
}

TEST_F(CheckTest, EntitiesOfAList) {
  connection_->list_entities = [](const v1::ListEntitiesRequest& request) {
    // Two pages.
    return request.page_token().empty()
               ? Parse<v1::ListEntitiesResponse>(
                     R"(entities { id: "a" } next_page_token: "2")")
               : Parse<v1::ListEntitiesResponse>(R"(entities { id: "b" })");
  };
  EXPECT_EQ(Evaluate(R"(entities { list { kinds: "lab" } ids: ["b", "a"] })"), "");
  EXPECT_EQ(Evaluate(R"(entities { list {} ids: ["a", "c"] })"),
            "the 2 entities of ids | 2, without c, also b");
  EXPECT_EQ(Evaluate("entities { list {} }"), "the 0 entities of ids | 2, also a, b");
}

TEST_F(CheckTest, EntitiesOfAWalk) {
  std::vector<v1::TraverseResponse> answer = {
      Parse<v1::TraverseResponse>(R"(
          hits { entity { id: "a" } certainty: CERTAINTY_CERTAIN }
          hits { entity { id: "b" } certainty: CERTAINTY_POSSIBLE })"),
      Parse<v1::TraverseResponse>("summary { hits: 2 }")};
  connection_->traverse = [&](const v1::TraverseRequest&) {
    return client::StreamOf(answer);
  };
  EXPECT_EQ(Evaluate(R"(entities { traverse { start: "x" } ids: ["a", "b"] })"), "");
  EXPECT_EQ(Evaluate(R"(entities { traverse {} certainty: CERTAINTY_CERTAIN ids: "a" })"),
            "");
  EXPECT_EQ(
      Evaluate(R"(entities { traverse {} certainty: CERTAINTY_POSSIBLE ids: "b" })"), "");

  answer.back().mutable_summary()->set_cut(v1::CUT_REASON_MAX_HITS);
  EXPECT_THAT(Evaluate(R"(entities { traverse {} ids: ["a", "b"] })"),
              ::testing::HasSubstr("the walk was cut (CUT_REASON_MAX_HITS)"));
}

TEST_F(CheckTest, EntitiesOfStatements) {
  AnswerStatements(R"(
      statements { subject: "a" object: "x" certainty: CERTAINTY_CERTAIN }
      statements { subject: "b" object: "x" certainty: CERTAINTY_POSSIBLE }
      statements { subject: "b" value { number_value: 5 } certainty: CERTAINTY_POSSIBLE })");
  EXPECT_EQ(Evaluate(R"(entities { subjects_of { object: "x" } ids: ["a", "b"] })"), "");
  EXPECT_EQ(Evaluate(R"(entities { objects_of {} ids: "x" })"), "");
  EXPECT_EQ(
      Evaluate(R"(entities { subjects_of {} certainty: CERTAINTY_CERTAIN ids: "a" })"),
      "");
}

TEST_F(CheckTest, EntitiesOfARelationReadTheOtherWayRound) {
  AnswerStatements(R"(statements { subject: "a" object: "x" }
                      statements { subject: "x" object: "b" })");
  EXPECT_EQ(Evaluate(R"(entities { objects_of { subject: "x" } ids: ["a", "b"] })"), "");
  EXPECT_EQ(Evaluate(R"(entities { subjects_of { object: "x" } ids: ["a", "b"] })"), "");
}

TEST_F(CheckTest, Counts) {
  AnswerStatements("statements {} statements {} statements {}");
  connection_->list_entities = [](const v1::ListEntitiesRequest&) {
    return Parse<v1::ListEntitiesResponse>("entities {} entities {}");
  };
  bool counted_only = false;
  connection_->traverse = [&](const v1::TraverseRequest& request) {
    counted_only = request.count_only();
    return client::StreamOf(std::vector<v1::TraverseResponse>{
        Parse<v1::TraverseResponse>("summary { hits: 7 }")});
  };
  EXPECT_EQ(Evaluate("count { statements {} count: 3 }"), "");
  EXPECT_EQ(Evaluate("count { statements {} count: 4 }"), "4 | 3");
  EXPECT_EQ(Evaluate("count { entities {} count: 2 }"), "");
  EXPECT_EQ(Evaluate("count { entities {} }"), "0 | 2");
  EXPECT_EQ(Evaluate("count { traverse {} count: 7 }"), "");
  EXPECT_TRUE(counted_only);
}

TEST_F(CheckTest, Search) {
  connection_->search_entities = [](const v1::SearchEntitiesRequest& request) {
    return request.query() == "none"
               ? v1::SearchEntitiesResponse()
               : Parse<v1::SearchEntitiesResponse>(
                     R"(results { entity { id: "a" } } results { entity { id: "b" } })");
  };
  EXPECT_EQ(Evaluate(R"(search { find { query: "x" } first: "a" })"), "");
  EXPECT_EQ(Evaluate(R"(search { find { query: "x" } first: "b" })"), "b first | a, b");
  EXPECT_EQ(Evaluate(R"(search { find { query: "none" } first: "a" })"),
            "a first | nothing");
  EXPECT_EQ(Evaluate(R"(search { find { query: "x" } contains: ["b", "a"] lacks: "c" })"),
            "");
  EXPECT_EQ(Evaluate(R"(search { find { query: "x" } contains: "c" })"),
            "c among the results | a, b");
  EXPECT_EQ(Evaluate(R"(search { find { query: "x" } lacks: "b" })"),
            "results without b | a, b");
}

TEST_F(CheckTest, Refusal) {
  v1::CommitRequest asked;
  absl::StatusOr<v1::CommitResponse> answer = Parse<v1::CommitResponse>(
      R"(problems { reason: "CYCLE" field: "mutations[0].put_statement.object" })");
  connection_->commit = [&](const v1::CommitRequest& request) {
    asked = request;
    return answer;
  };
  const std::string mutation = R"(mutations { delete_entity { id: "a" } })";
  auto refused = [&](const std::string& rest) {
    return Evaluate(absl::StrCat("refused {", mutation, rest, "}"));
  };
  EXPECT_EQ(refused("reason: 'CYCLE'"), "");
  EXPECT_TRUE(asked.validate_only());
  EXPECT_EQ(asked.mutations(0).delete_entity().id(), "a");
  EXPECT_EQ(refused("reason: 'CYCLE' field: 'mutations[0].put_statement.object'"), "");
  EXPECT_EQ(
      refused("reason: 'CYCLE' field: 'mutations[0]'"),
      "refused with CYCLE at mutations[0] | CYCLE at mutations[0].put_statement.object");
  EXPECT_EQ(refused("reason: 'DEPRECATED'"),
            "refused with DEPRECATED | CYCLE at mutations[0].put_statement.object");
  answer = v1::CommitResponse();
  EXPECT_EQ(refused("reason: 'CYCLE'"), "refused with CYCLE | it is accepted");
  answer = client::MakeError(v1::ERROR_REASON_LIMIT_EXCEEDED, "mutations", "Too many.");
  EXPECT_EQ(refused("reason: 'LIMIT_EXCEEDED'"), "");
  EXPECT_THAT(refused("reason: 'CYCLE'"), ::testing::StartsWith("an answer | "));
}

TEST_F(CheckTest, AQuestionThatIsRefusedIsAFailure) {
  connection_->list_statements =
      [](const v1::ListStatementsRequest&) -> absl::StatusOr<v1::ListStatementsResponse> {
    return client::MakeError(v1::ERROR_REASON_ENTITY_NOT_FOUND, "subject",
                             "No such entity.");
  };
  // A misspelt id must not pass for an absent statement.
  EXPECT_THAT(Evaluate(R"(statement { subject: "lab/exti" absent: true })"),
              ::testing::AllOf(::testing::StartsWith("an answer | "),
                               ::testing::HasSubstr("ENTITY_NOT_FOUND")));
}

TEST_F(CheckTest, AServerThatIsNotThereIsNoVerdict) {
  connection_->list_statements =
      [](const v1::ListStatementsRequest&) -> absl::StatusOr<v1::ListStatementsResponse> {
    return absl::UnavailableError("gone");
  };
  EXPECT_EQ(Evaluate(R"(statement { absent: true })"), "error");
}

}  // namespace
}  // namespace labgraph::seed
