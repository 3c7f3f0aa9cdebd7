#include "gtest/gtest.h"
#include "labgraph/error.h"
#include "tests/unit/cli/cli_runner.h"

namespace labgraph::cli {
namespace {

class GetTest : public ::testing::Test {
 protected:
  GetTest() {
    cli_.server().get_entity = [this](const v1::GetEntityRequest& request) {
      get_request_ = request;
      return Proto<v1::GetEntityResponse>(R"(
          revision: 12
          entity {
            id: 'lab/caterpillar'
            names { key: 'nl' value: 'Caterpillar' }
            names { key: 'en' value: 'Caterpillar' }
            descriptions { key: 'en' value: 'On laundering through trade' }
            aliases { text: 'TBML-lab' lang: 'nl' }
            aliases { text: 'CP' }
            visibility: 'public'
            sources { document: 'document/page' locator: 'B1' }
            label { lang: 'nl' text: 'Caterpillar' }
            created_revision: 3
            updated_revision: 5
            statements {
              id: 's-1' subject: 'lab/caterpillar' predicate: 'merged_into'
              object: 'programme/tbml'
              valid { start: '2022~' end: '..' text: 'inmiddels' }
              rank: RANK_NORMAL assertion: ASSERTION_ASSERTED
              sources { document: 'document/page' locator: 'B1.2' }
            }
            statements {
              id: 's-2' subject: 'lab/caterpillar' predicate: 'has_size'
              value { number_value: 6 }
              rank: RANK_NORMAL assertion: ASSERTION_PRESUMED
            }
          })");
    };
    cli_.server().get_schema = [this](const v1::GetSchemaRequest& request) {
      schema_request_ = request;
      return Proto<v1::GetSchemaResponse>(R"(
          schema {
            predicates {
              name: 'merged_into'
              labels { key: 'nl' value: 'opgegaan in' }
              labels { key: 'en' value: 'merged into' }
            }
          })");
    };
    cli_.server().batch_get_entities = [this](
                                           const v1::BatchGetEntitiesRequest& request) {
      batch_request_ = request;
      return Proto<v1::BatchGetEntitiesResponse>(
          "entities { id: 'programme/tbml' label { lang: 'nl' text: 'Aanpak TBML' } }");
    };
  }

  CliRunner cli_;
  v1::GetEntityRequest get_request_;
  v1::GetSchemaRequest schema_request_;
  v1::BatchGetEntitiesRequest batch_request_;
};

TEST_F(GetTest, AsTable) {
  const Outcome run = cli_.Run({"get", "lab/caterpillar", "--lang", "nl"});
  EXPECT_EQ(run.code, 0);
  EXPECT_EQ(run.err, "");
  EXPECT_EQ(run.out, R"(id              lab/caterpillar
name en         Caterpillar
name nl         Caterpillar
description en  On laundering through trade
aliases         TBML-lab (nl), CP
visibility      public
sources         document/page B1
revisions       created 3, updated 5

PREDICATE    TARGET          NAME         VALID                    ASSERTION  SOURCES
opgegaan in  programme/tbml  Aanpak TBML  inmiddels (since 2022~)             document/page B1.2
has_size     6                                                     presumed
)");
}

TEST_F(GetTest, AsksForEverythingAtOneRevisionInOneLanguage) {
  cli_.Run({"get", "Caterpillar", "--lang", "nl", "--at", "2023-01-01"});
  EXPECT_EQ(get_request_.id(), "Caterpillar");
  EXPECT_EQ(get_request_.view(), v1::ENTITY_VIEW_FULL);
  EXPECT_EQ(get_request_.read().valid_at(), "2023-01-01");
  EXPECT_EQ(schema_request_.read().revision(), 12);
  EXPECT_EQ(batch_request_.read().revision(), 12);
  EXPECT_EQ(batch_request_.read().lang(), "nl");
  // What the objects are called does not depend on the day.
  EXPECT_EQ(batch_request_.read().valid_at(), "");
  ASSERT_EQ(batch_request_.ids_size(), 1);
  EXPECT_EQ(batch_request_.ids(0), "programme/tbml");
}

TEST_F(GetTest, ShowsCertaintyWhenAskedAboutADay) {
  const auto answer = Proto<v1::GetEntityResponse>(R"(
      entity {
        id: 'lab/x'
        statements { id: 's-1' subject: 'lab/x' predicate: 'p' value { bool_value: true }
                     certainty: CERTAINTY_POSSIBLE }
      })");
  cli_.server().get_entity = [&answer](const v1::GetEntityRequest&) { return answer; };
  const Outcome run = cli_.Run({"get", "lab/x", "--at", "2022-01-01"});
  EXPECT_NE(run.out.find("PREDICATE  TARGET  CERTAINTY\n"
                         "p          true    possible\n"),
            std::string::npos)
      << run.out;
}

TEST_F(GetTest, AsCsvGivesItsStatements) {
  EXPECT_EQ(cli_.Run({"get", "lab/caterpillar", "-o", "csv"}).out,
            "id,subject,predicate,object,value,name,start,end,time_text,certainty,"
            "assertion,rank,qualifiers,sources\r\n"
            "s-1,lab/caterpillar,merged_into,programme/tbml,,Aanpak TBML,2022~,..,"
            "inmiddels,,asserted,normal,,document/page B1.2\r\n"
            "s-2,lab/caterpillar,has_size,,6,,,,,,presumed,normal,,\r\n");
}

TEST_F(GetTest, AsJsonGivesTheWholeAnswer) {
  cli_.server().get_entity = [](const v1::GetEntityRequest&) {
    return Proto<v1::GetEntityResponse>("entity { id: 'lab/x' } revision: 2");
  };
  EXPECT_EQ(cli_.Run({"get", "lab/x", "-o", "json"}).out,
            "{\n \"entity\": {\n  \"id\": \"lab/x\"\n },\n \"revision\": \"2\"\n}\n");
  EXPECT_EQ(cli_.Run({"get", "lab/x", "-o", "jsonl"}).out, "{\"id\":\"lab/x\"}\n");
}

TEST_F(GetTest, AsDrawing) {
  EXPECT_EQ(cli_.Run({"get", "lab/caterpillar", "-o", "mermaid"}).out, R"(flowchart LR
  n0["Caterpillar<br/>lab/caterpillar"]
  n1["Aanpak TBML<br/>programme/tbml"]
  n0 -- "merged_into" --> n1
)");
  EXPECT_EQ(cli_.Run({"get", "lab/caterpillar", "-o", "dot"}).out, R"(digraph labgraph {
  rankdir=LR;
  node [shape=box, style=rounded];
  "lab/caterpillar" [label="Caterpillar\nlab/caterpillar"];
  "programme/tbml" [label="Aanpak TBML\nprogramme/tbml"];
  "lab/caterpillar" -> "programme/tbml" [label="merged_into"];
}
)");
}

TEST_F(GetTest, SaysWhereTheRestOfTheStatementsIs) {
  cli_.server().get_entity = [](const v1::GetEntityRequest&) {
    return Proto<v1::GetEntityResponse>("entity { id: 'lab/x' statements_cut: true }");
  };
  EXPECT_EQ(cli_.Run({"get", "lab/x"}).err,
            "labgraph: there are more statements: labgraph statements --subject lab/x "
            "--all gives them\n");
}

TEST_F(GetTest, FailsWhereTheLabelsCannotBeRead) {
  cli_.server().get_schema = [](const v1::GetSchemaRequest&) {
    return client::MakeError(v1::ERROR_REASON_BUSY, "", "Stopping.");
  };
  const Outcome run = cli_.Run({"get", "lab/caterpillar"});
  EXPECT_EQ(run.code, 3);
  EXPECT_EQ(run.out, "");
  EXPECT_EQ(run.err, "labgraph: UNAVAILABLE BUSY: Stopping.\n");
}

}  // namespace
}  // namespace labgraph::cli
