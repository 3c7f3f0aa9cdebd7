// The commands that list: list, search and statements.

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/cli/cli_runner.h"

namespace labgraph::cli {
namespace {

using ::testing::ElementsAre;

class ListTest : public ::testing::Test {
 protected:
  // A server of three pages with two entities each.
  ListTest() {
    cli_.server().list_entities = [this](const v1::ListEntitiesRequest& request) {
      requests_.push_back(request);
      const int page = request.page_token().empty() ? 0 : std::stoi(request.page_token());
      v1::ListEntitiesResponse response;
      for (int i = 2 * page; i < 2 * page + 2; ++i) {
        v1::Entity& entity = *response.add_entities();
        entity.set_id("lab/" + std::to_string(i));
        entity.mutable_label()->set_text("Lab " + std::to_string(i));
        entity.mutable_label()->set_lang("nl");
      }
      if (page < 2) response.set_next_page_token(std::to_string(page + 1));
      response.set_revision(9);
      return response;
    };
  }

  CliRunner cli_;
  std::vector<v1::ListEntitiesRequest> requests_;
};

TEST_F(ListTest, AsTable) {
  const Outcome run =
      cli_.Run({"list", "lab", "concept", "--filter", "placeholder = true"});
  EXPECT_EQ(run.code, 0);
  EXPECT_EQ(run.err, "");
  EXPECT_EQ(run.out,
            "ID     NAME   LANG\n"
            "lab/0  Lab 0  nl\n"
            "lab/1  Lab 1  nl\n"
            "lab/2  Lab 2  nl\n"
            "lab/3  Lab 3  nl\n"
            "lab/4  Lab 4  nl\n"
            "lab/5  Lab 5  nl\n");
  ASSERT_EQ(requests_.size(), 3);
  EXPECT_THAT(requests_[0].kinds(), ElementsAre("lab", "concept"));
  EXPECT_EQ(requests_[0].filter(), "placeholder = true");
  EXPECT_EQ(requests_[0].page_size(), 100);
}

TEST_F(ListTest, ShowsDescriptionAndPlaceholderWhereThereAreAny) {
  cli_.server().list_entities = [](const v1::ListEntitiesRequest&) {
    return Proto<v1::ListEntitiesResponse>(R"(
        entities { id: 'lab/a' placeholder: true }
        entities {
          id: 'lab/b'
          descriptions { key: 'en' value: 'A lab' }
          descriptions { key: 'nl' value: 'Een lab' }
        })");
  };
  EXPECT_EQ(cli_.Run({"list", "--lang", "nl"}).out,
            "ID     NAME  LANG  PLACEHOLDER  DESCRIPTION\n"
            "lab/a              yes\n"
            "lab/b                           Een lab\n");
}

TEST_F(ListTest, StopsAtTheLimitAndSaysSo) {
  const Outcome run = cli_.Run({"list", "--limit", "3", "-o", "csv"});
  EXPECT_EQ(run.out,
            "id,name,lang,placeholder,description\r\n"
            "lab/0,Lab 0,nl,,\r\n"
            "lab/1,Lab 1,nl,,\r\n"
            "lab/2,Lab 2,nl,,\r\n");
  EXPECT_EQ(run.err,
            "labgraph: these are the first 3 entities; --limit N or --all gives more\n");
  // Nothing but the token may differ between pages.
  ASSERT_EQ(requests_.size(), 2);
  EXPECT_EQ(requests_[0].page_size(), 3);
  EXPECT_EQ(requests_[1].page_size(), 3);
  EXPECT_EQ(requests_[1].page_token(), "1");
}

TEST_F(ListTest, SaysNothingWhenTheLimitIsJustReached) {
  EXPECT_EQ(cli_.Run({"list", "--limit", "6"}).err, "");
  EXPECT_NE(cli_.Run({"list", "--limit", "4"}).err, "");
}

TEST_F(ListTest, AllReadsInLargePages) {
  EXPECT_EQ(cli_.Run({"list", "--all"}).code, 0);
  ASSERT_EQ(requests_.size(), 3);
  EXPECT_EQ(requests_[0].page_size(), 1000);
}

TEST_F(ListTest, AsJsonJoinsThePages) {
  const Outcome run = cli_.Run({"list", "-o", "json"});
  EXPECT_NE(run.out.find("\"lab/0\""), std::string::npos);
  EXPECT_NE(run.out.find("\"lab/5\""), std::string::npos);
  EXPECT_NE(run.out.find(" \"revision\": \"9\"\n}"), std::string::npos) << run.out;
  // The last page has none, and nothing is left of those before.
  EXPECT_EQ(run.out.find("next_page_token"), std::string::npos);
}

TEST_F(ListTest, AsJsonHasNoTokenThatWouldSkipWhatWasCutOff) {
  EXPECT_EQ(cli_.Run({"list", "--limit", "3", "-o", "json"}).out.find("next_page_token"),
            std::string::npos);
  // Here nothing was, and it goes on behind the last one shown.
  EXPECT_NE(cli_.Run({"list", "--limit", "4", "-o", "json"}).out.find("next_page_token"),
            std::string::npos);
}

TEST_F(ListTest, AsJsonlGivesALineForEachEntity) {
  EXPECT_EQ(cli_.Run({"list", "--limit", "1", "-o", "jsonl"}).out,
            "{\"id\":\"lab/0\",\"label\":{\"lang\":\"nl\",\"text\":\"Lab 0\"}}\n");
}

TEST(EmptyListTest, SaysSoBesideTheTable) {
  CliRunner cli;
  cli.server().list_entities = [](const v1::ListEntitiesRequest&) {
    return v1::ListEntitiesResponse();
  };
  const Outcome table = cli.Run({"list"});
  EXPECT_EQ(table.code, 0);
  EXPECT_EQ(table.out, "");
  EXPECT_EQ(table.err, "labgraph: no entities\n");
  const Outcome csv = cli.Run({"list", "-o", "csv"});
  EXPECT_EQ(csv.out, "id,name,lang,placeholder,description\r\n");
  EXPECT_EQ(csv.err, "");
  EXPECT_EQ(cli.Run({"list", "-o", "json"}).out, "{}\n");
  EXPECT_EQ(cli.Run({"list", "-o", "jsonl"}).out, "");
}

TEST(SearchTest, AsTable) {
  CliRunner cli;
  v1::SearchEntitiesRequest asked;
  cli.server().search_entities = [&asked](const v1::SearchEntitiesRequest& request) {
    asked = request;
    return Proto<v1::SearchEntitiesResponse>(R"(
        results {
          entity { id: 'lab/heet-ijzer' label { text: 'Heet ijzer' lang: 'nl' } }
          score: 1 matched { text: 'Heet IJzer' lang: 'nl' } match: MATCH_TYPE_EXACT
        }
        results {
          entity { id: 'lab/x' } score: 0.305 matched { text: 'IJs' }
          match: MATCH_TYPE_FUZZY
        })");
  };
  const Outcome run =
      cli.Run({"search", "heet", "ijzer", "--kind", "lab,concept", "--limit", "5"});
  EXPECT_EQ(run.out,
            "SCORE  ID              NAME        MATCHED     MATCH\n"
            "1.00   lab/heet-ijzer  Heet ijzer  Heet IJzer  exact\n"
            "0.30   lab/x                       IJs         fuzzy\n");
  EXPECT_EQ(asked.query(), "heet ijzer");
  EXPECT_THAT(asked.kinds(), ElementsAre("lab", "concept"));
  EXPECT_EQ(asked.limit(), 5);
}

// Words of a search that are names of commands are still words.
TEST(SearchTest, TakesAnyWord) {
  CliRunner cli;
  std::string query;
  cli.server().search_entities = [&query](const v1::SearchEntitiesRequest& request) {
    query = request.query();
    return v1::SearchEntitiesResponse();
  };
  EXPECT_EQ(cli.Run({"search", "path", "info"}).err, "labgraph: no entities\n");
  EXPECT_EQ(query, "path info");
}

class StatementsTest : public ::testing::Test {
 protected:
  StatementsTest() {
    cli_.server().list_statements = [this](const v1::ListStatementsRequest& request) {
      request_ = request;
      return Proto<v1::ListStatementsResponse>(R"(
          statements {
            id: 's-1' subject: 'lab/exit' predicate: 'targets' object: 'crime/x'
            valid { start: '2021' end: '..' } rank: RANK_PREFERRED
            qualifiers { key: 'weight' value { string_value: 'main, of course' } }
          }
          statements {
            id: 's-2' subject: 'lab/exit' predicate: 'motto'
            value { struct_value { fields { key: 'nl' value { string_value: 'Weg' } } } }
            rank: RANK_NORMAL assertion: ASSERTION_QUESTION
          })");
    };
  }

  CliRunner cli_;
  v1::ListStatementsRequest request_;
};

TEST_F(StatementsTest, AsTable) {
  EXPECT_EQ(
      cli_.Run({"statements"}).out,
      "ID   SUBJECT   PREDICATE  TARGET   VALID       ASSERTION  RANK       QUALIFIERS\n"
      "s-1  lab/exit  targets    crime/x  since 2021             preferred  "
      "weight=main, of course\n"
      "s-2  lab/exit  motto      Weg                  question\n");
}

TEST_F(StatementsTest, AsCsv) {
  EXPECT_EQ(cli_.Run({"statements", "-o", "csv"}).out,
            "id,subject,predicate,object,value,start,end,time_text,certainty,assertion,"
            "rank,qualifiers,sources\r\n"
            "s-1,lab/exit,targets,crime/x,,2021,..,,,,preferred,"
            "\"weight=main, of course\",\r\n"
            "s-2,lab/exit,motto,,Weg,,,,,question,normal,,\r\n");
}

TEST_F(StatementsTest, AsDrawingOfRelations) {
  EXPECT_EQ(cli_.Run({"statements", "-o", "mermaid"}).out,
            "flowchart LR\n"
            "  n0[\"lab/exit\"]\n"
            "  n1[\"crime/x\"]\n"
            "  n0 -- \"targets\" --> n1\n");
}

TEST_F(StatementsTest, PassesConditionsOn) {
  cli_.Run({"statements", "--subject", "a/b", "--object", "c/d", "--predicate", "p,q",
            "--predicate", "r", "--source", "document/x", "--id", "s-1,s-2"});
  EXPECT_EQ(request_.subject(), "a/b");
  EXPECT_EQ(request_.object(), "c/d");
  EXPECT_THAT(request_.predicates(), ElementsAre("p", "q", "r"));
  EXPECT_EQ(request_.source(), "document/x");
  EXPECT_THAT(request_.ids(), ElementsAre("s-1", "s-2"));
}

}  // namespace
}  // namespace labgraph::cli
