#include <fstream>

#include "client/cli/commit_input.h"
#include "client/cli/usage_error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "labgraph/error.h"
#include "tests/unit/cli/cli_runner.h"

namespace labgraph::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kTwoLines[] =
    "{\"put_entity\": {\"id\": \"lab/a\"}}\n"
    "\n"
    "{\"delete_entity\": {\"id\": \"lab/b\", \"cascade\": true}}\n";

TEST(ParseCommitTest, ReadsLines) {
  const absl::StatusOr<v1::CommitRequest> request = ParseCommit(kTwoLines, "f");
  ASSERT_TRUE(request.ok()) << request.status();
  ASSERT_EQ(request->mutations_size(), 2);
  EXPECT_EQ(request->mutations(0).put_entity().id(), "lab/a");
  EXPECT_TRUE(request->mutations(1).delete_entity().cascade());
}

TEST(ParseCommitTest, ReadsAWholeRequest) {
  for (const char* text :
       {"{\"mutations\": [{\"put_entity\": {\"id\": \"lab/a\"}}], \"message\": \"m\"}",
        "\n{\n  \"message\": \"m\",\n  \"mutations\": [\n    {\"put_entity\": "
        "{\"id\": \"lab/a\"}}\n  ]\n}\n"}) {
    const absl::StatusOr<v1::CommitRequest> request = ParseCommit(text, "f");
    ASSERT_TRUE(request.ok()) << request.status();
    ASSERT_EQ(request->mutations_size(), 1);
    EXPECT_EQ(request->mutations(0).put_entity().id(), "lab/a");
    EXPECT_EQ(request->message(), "m");
  }
}

struct BadInput {
  const char* text;
  const char* says;
};

TEST(ParseCommitTest, SaysWhereItIsWrong) {
  const BadInput cases[] = {
      {"", "f: there is nothing in it"},
      {" \n\n", "f: there is nothing in it"},
      {"{\"put_entity\": {}}\nnonsense\n", "f:2: "},
      {"\n{\"put_entity\": {}}\n{\"put_entty\": {}}", "f:3: "},
      {"{\"put_entty\": {\"id\": \"lab/a\"}}", "put_entty"},
      {"{\"mutations\": [{\"put_entty\": {}}]}", "put_entty"},
      {"{\n\"mutations\": [\n", "f: "},
      {"{\"put_entity\": {\"id\": 3}}", "f:1: "},
  };
  for (const BadInput& test : cases) {
    const absl::StatusOr<v1::CommitRequest> request = ParseCommit(test.text, "f");
    EXPECT_TRUE(IsUsageError(request.status())) << test.text;
    EXPECT_THAT(std::string(request.status().message()), HasSubstr(test.says));
  }
}

TEST(ParseCommitTest, SkipsAByteOrderMark) {
  for (const char* text : {"\xEF\xBB\xBF{\"put_entity\": {\"id\": \"lab/a\"}}\n",
                           "\xEF\xBB\xBF{\"mutations\": [{\"put_entity\": {}}]}"}) {
    const absl::StatusOr<v1::CommitRequest> request = ParseCommit(text, "f");
    ASSERT_TRUE(request.ok()) << request.status();
    EXPECT_EQ(request->mutations_size(), 1);
  }
}

TEST(ParseCommitTest, RefusesWholeNumbersThatWouldBeChanged) {
  const auto parse = [](const std::string& value) {
    return ParseCommit("{\"put_statement\": {\"value\": " + value + "}}", "f").status();
  };
  for (const char* value : {"9007199254740993", "[1, -9007199254740993]",
                            "{\"\\\"\": 123456789012345678901}"}) {
    EXPECT_TRUE(IsUsageError(parse(value))) << value;
    EXPECT_THAT(std::string(parse(value).message()),
                HasSubstr("has no exact JSON number; a finite number, whole ones that a "
                          "double holds exactly, or a text in quotes would be right"));
  }
  for (const char* value :
       {"9007199254740992", "-9007199254740992", "9007199254740994", "0", "-0", "0.1",
        "1e300", "\"9007199254740993\"", "\"\\\" 9007199254740993\""}) {
    EXPECT_TRUE(parse(value).ok()) << value;
  }
}

class CommitTest : public ::testing::Test {
 protected:
  CommitTest() {
    cli_.server().commit = [this](const v1::CommitRequest& request) {
      request_ = request;
      return response_;
    };
  }

  CliRunner cli_;
  v1::CommitRequest request_;
  v1::CommitResponse response_ = Proto<v1::CommitResponse>(R"(
      revision: 13
      results { outcome: OUTCOME_CREATED id: 'lab/a' }
      results { outcome: OUTCOME_UNCHANGED id: 's-1' })");
};

TEST_F(CommitTest, AsTable) {
  cli_.input = kTwoLines;
  const Outcome run = cli_.Run({"commit", "-"});
  EXPECT_EQ(run.code, 0);
  EXPECT_EQ(run.err, "");
  EXPECT_EQ(run.out,
            "MUTATION  OUTCOME    ID\n"
            "0         created    lab/a\n"
            "1         unchanged  s-1\n"
            "revision 13\n");
  EXPECT_EQ(request_.mutations_size(), 2);
}

TEST_F(CommitTest, ForPrograms) {
  cli_.input = kTwoLines;
  const Outcome csv = cli_.Run({"commit", "-", "-o", "csv"});
  EXPECT_EQ(csv.out,
            "mutation,outcome,id,revision\r\n"
            "0,created,lab/a,13\r\n"
            "1,unchanged,s-1,13\r\n");
  EXPECT_EQ(csv.err, "labgraph: revision 13\n");
  EXPECT_EQ(cli_.Run({"commit", "-", "-o", "jsonl"}).out,
            "{\"outcome\":\"OUTCOME_CREATED\",\"id\":\"lab/a\"}\n"
            "{\"outcome\":\"OUTCOME_UNCHANGED\",\"id\":\"s-1\"}\n");
  EXPECT_THAT(cli_.Run({"commit", "-", "-o", "json"}).out,
              HasSubstr("\"revision\": \"13\""));
}

TEST_F(CommitTest, SaysWhenNothingChanged) {
  response_ = Proto<v1::CommitResponse>(
      "revision: 12 results { outcome: OUTCOME_UNCHANGED id: 'lab/a' }");
  EXPECT_THAT(cli_.Run({"commit", "--delete", "lab/a"}).out,
              HasSubstr("\nnothing changed, revision 12\n"));
}

TEST_F(CommitTest, SaysWhenItWasMadeBefore) {
  response_.set_replayed(true);
  EXPECT_THAT(cli_.Run({"commit", "--delete", "lab/a", "--request-id", "r"}).out,
              HasSubstr("\nrevision 13, made by an earlier request with this id\n"));
  EXPECT_EQ(request_.request_id(), "r");
}

TEST_F(CommitTest, TakesMutationsFromOptionsInTheirOrder) {
  const Outcome run = cli_.Run({"commit", "-m", "why", "--delete", "lab/x",
                                "--put-entity", "{\"id\": \"lab/a\"}", "--retract", "s-1",
                                "--put-entity", "{\"id\": \"lab/b\"}", "--put-statement",
                                "{\"subject\": \"lab/a\", \"value\": [1, \"a,b\"]}",
                                "--retract", "s-2", "--cascade"});
  ASSERT_EQ(run.code, 0) << run.err;
  EXPECT_EQ(request_.message(), "why");
  ASSERT_EQ(request_.mutations_size(), 6);
  EXPECT_EQ(request_.mutations(0).delete_entity().id(), "lab/x");
  EXPECT_TRUE(request_.mutations(0).delete_entity().cascade());
  EXPECT_EQ(request_.mutations(1).put_entity().id(), "lab/a");
  EXPECT_EQ(request_.mutations(2).retract_statement().id(), "s-1");
  EXPECT_EQ(request_.mutations(3).put_entity().id(), "lab/b");
  EXPECT_EQ(request_.mutations(4).put_statement().value().list_value().values_size(), 2);
  EXPECT_EQ(request_.mutations(5).retract_statement().id(), "s-2");
}

TEST_F(CommitTest, OptionsGoBeforeWhatTheFileSays) {
  cli_.input = "{\"mutations\": [], \"message\": \"file\", \"request_id\": \"f\"}";
  cli_.Run({"commit", "-"});
  EXPECT_EQ(request_.message(), "file");
  cli_.Run({"commit", "-", "-m", "option", "--request-id", "o"});
  EXPECT_EQ(request_.message(), "option");
  EXPECT_EQ(request_.request_id(), "o");
  EXPECT_FALSE(request_.validate_only());
}

TEST_F(CommitTest, ReadsAFile) {
  const std::string path = ::testing::TempDir() + "/commit_test.jsonl";
  std::ofstream(path) << kTwoLines;
  EXPECT_EQ(cli_.Run({"commit", path}).code, 0);
  EXPECT_EQ(request_.mutations_size(), 2);
  std::ofstream(path) << "";
  const Outcome empty = cli_.Run({"commit", path});
  EXPECT_EQ(empty.code, 2);
  EXPECT_THAT(empty.err, HasSubstr("is empty"));
}

TEST_F(CommitTest, DryRunSaysWhatItWouldDo) {
  response_.set_revision(12);
  const Outcome run = cli_.Run({"commit", "--delete", "lab/a", "--dry-run"});
  EXPECT_EQ(run.code, 0);
  EXPECT_TRUE(request_.validate_only());
  EXPECT_THAT(run.out, HasSubstr("a dry run: nothing was written, still revision 12\n"));
}

TEST_F(CommitTest, DryRunListsProblemsAndFails) {
  response_ = Proto<v1::CommitResponse>(R"(
      revision: 12
      problems { reason: 'KIND_UNKNOWN' field: 'mutations[0].put_entity.id'
                 message: 'There is no kind "lba".' }
      problems { reason: 'ENTITY_IN_USE' field: 'mutations[1]' message: 'In use.' })");
  cli_.input = kTwoLines;
  const Outcome run = cli_.Run({"commit", "-", "--dry-run"});
  EXPECT_EQ(run.code, 1);
  EXPECT_EQ(run.out,
            "REASON         FIELD                       MESSAGE\n"
            "KIND_UNKNOWN   mutations[0].put_entity.id  There is no kind \"lba\".\n"
            "ENTITY_IN_USE  mutations[1]                In use.\n");
  EXPECT_EQ(run.err,
            "labgraph: FAILED_PRECONDITION: the commit would be refused, problems: 2\n");
}

TEST_F(CommitTest, ARefusalIsTheCallersMistake) {
  cli_.server().commit = [](const v1::CommitRequest&) {
    return client::MakeError(v1::ERROR_REASON_KIND_UNKNOWN, "mutations[0].put_entity.id",
                             "There is no kind \"lba\".");
  };
  const Outcome run = cli_.Run({"commit", "--put-entity", "{\"id\": \"lba/x\"}"});
  EXPECT_EQ(run.code, 1);
  EXPECT_EQ(run.out, "");
  EXPECT_EQ(
      run.err,
      "labgraph: INVALID_ARGUMENT KIND_UNKNOWN at mutations[0].put_entity.id: There is "
      "no kind \"lba\".\n");
}

TEST_F(CommitTest, SaysWhyAFileCannotBeRead) {
  EXPECT_EQ(cli_.Run({"commit", "/no/such/file"}).err,
            "labgraph: cannot read \"/no/such/file\": No such file or directory\n");
  EXPECT_EQ(cli_.Run({"commit", "/dev/null"}).err, "labgraph: \"/dev/null\" is empty\n");
  cli_.input = "{\"put_entity\": {\"id\": \"lab/\xFF\"}}";
  const Outcome run = cli_.Run({"commit", "-"});
  EXPECT_EQ(run.code, 2);
  EXPECT_EQ(run.err, "labgraph: \"-\" has bytes that are not UTF-8; save it as UTF-8\n");
}

TEST_F(CommitTest, SaysWhatToDoWithOneThatIsTooLarge) {
  const absl::Status refusals[] = {
      absl::ResourceExhaustedError("Received message larger than max"),
      client::MakeError(v1::ERROR_REASON_LIMIT_EXCEEDED, "", "Too much.",
                        {{"limit", "request_bytes"}})};
  for (const absl::Status& refusal : refusals) {
    cli_.server().commit =
        [&](const v1::CommitRequest&) -> absl::StatusOr<v1::CommitResponse> {
      return refusal;
    };
    const Outcome run = cli_.Run({"commit", "--delete", "lab/x"});
    EXPECT_EQ(run.code, 1);
    EXPECT_THAT(run.err, HasSubstr("LIMIT_EXCEEDED"));
    EXPECT_THAT(run.err, HasSubstr("more than the server takes at once"));
    EXPECT_THAT(run.err, HasSubstr("labgraph-seed"));
  }
}

TEST_F(CommitTest, ABusyServerIsNotTakenForACommitThatIsTooLarge) {
  cli_.server().commit =
      [](const v1::CommitRequest&) -> absl::StatusOr<v1::CommitResponse> {
    return absl::ResourceExhaustedError("No thread available");
  };
  const Outcome run = cli_.Run({"commit", "--delete", "lab/x"});
  EXPECT_EQ(run.code, 3);
  EXPECT_THAT(run.err, Not(HasSubstr("labgraph-seed")));
}

}  // namespace
}  // namespace labgraph::cli
