// The commands that walk: neighbors and traverse.

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/cli/cli_runner.h"

namespace labgraph::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class NeighborsTest : public ::testing::Test {
 protected:
  // Two pages that share a group.
  NeighborsTest() {
    cli_.server().list_neighbors = [this](const v1::ListNeighborsRequest& request) {
      requests_.push_back(request);
      if (request.page_token().empty()) {
        return Proto<v1::ListNeighborsResponse>(R"(
            groups {
              predicate: 'merged_into' direction: DIRECTION_OUT count: 1
              label { lang: 'nl' text: 'opgegaan in' }
              neighbors {
                entity { id: 'programme/tbml' label { text: 'Aanpak TBML' } }
                statement {
                  id: 's-1' subject: 'lab/c' predicate: 'merged_into'
                  object: 'programme/tbml' valid { start: '2022~' end: '..' }
                  sources { document: 'document/page' locator: 'B1.2' }
                }
              }
            }
            groups {
              predicate: 'works_in' direction: DIRECTION_IN count: 2
              neighbors { entity { id: 'person/a' }
                          statement { id: 's-2' subject: 'person/a' predicate: 'works_in'
                                      object: 'lab/c' } }
            }
            next_page_token: 'next' revision: 4)");
      }
      return Proto<v1::ListNeighborsResponse>(R"(
          groups {
            predicate: 'works_in' direction: DIRECTION_IN count: 2
            neighbors { entity { id: 'person/b' }
                        statement { id: 's-3' subject: 'person/b' predicate: 'works_in'
                                    object: 'lab/c' } }
          }
          revision: 4)");
    };
  }

  CliRunner cli_;
  std::vector<v1::ListNeighborsRequest> requests_;
};

TEST_F(NeighborsTest, AsTable) {
  EXPECT_EQ(cli_.Run({"neighbors", "lab/c"}).out,
            "DIRECTION  RELATION     ID              NAME         VALID        SOURCES\n"
            "out        opgegaan in  programme/tbml  Aanpak TBML  since 2022~  "
            "document/page B1.2\n"
            "in         works_in     person/a\n"
            "in         works_in     person/b\n");
}

TEST_F(NeighborsTest, AsCsv) {
  EXPECT_EQ(cli_.Run({"neighbors", "lab/c", "-o", "csv"}).out,
            "direction,predicate,relation,id,name,start,end,certainty,statement,sources"
            "\r\n"
            "out,merged_into,opgegaan in,programme/tbml,Aanpak TBML,2022~,..,,s-1,"
            "document/page B1.2\r\n"
            "in,works_in,works_in,person/a,,,,,s-2,\r\n"
            "in,works_in,works_in,person/b,,,,,s-3,\r\n");
}

TEST_F(NeighborsTest, AsJsonJoinsAGroupThatAPageCut) {
  const Outcome run = cli_.Run({"neighbors", "lab/c", "-o", "json"});
  EXPECT_THAT(run.out, HasSubstr("person/a"));
  EXPECT_THAT(run.out, HasSubstr("person/b"));
  EXPECT_THAT(run.out, HasSubstr("\"revision\": \"4\""));
  const size_t group = run.out.find("\"count\": \"2\"");
  ASSERT_NE(group, std::string::npos);
  EXPECT_EQ(run.out.find("\"count\": \"2\"", group + 1), std::string::npos);
}

TEST_F(NeighborsTest, AsDrawing) {
  EXPECT_EQ(cli_.Run({"neighbors", "lab/c", "-o", "mermaid"}).out,
            "flowchart LR\n"
            "  n0[\"lab/c\"]\n"
            "  n1[\"Aanpak TBML<br/>programme/tbml\"]\n"
            "  n2[\"person/a\"]\n"
            "  n3[\"person/b\"]\n"
            "  n0 -- \"merged_into\" --> n1\n"
            "  n2 -- \"works_in\" --> n0\n"
            "  n3 -- \"works_in\" --> n0\n");
}

TEST_F(NeighborsTest, CutsAcrossGroups) {
  const Outcome run = cli_.Run({"neighbors", "lab/c", "--limit", "1", "-o", "jsonl"});
  EXPECT_EQ(std::count(run.out.begin(), run.out.end(), '\n'), 1);
  EXPECT_EQ(
      run.err,
      "labgraph: these are the first 1 neighbours; --limit N or --all gives more\n");
}

TEST_F(NeighborsTest, PassesConditionsOn) {
  cli_.Run({"neighbors", "lab/c", "--in", "--predicate", "p,q", "--kind", "person"});
  EXPECT_EQ(requests_[0].id(), "lab/c");
  EXPECT_EQ(requests_[0].direction(), v1::DIRECTION_IN);
  EXPECT_THAT(requests_[0].predicates(), ElementsAre("p", "q"));
  EXPECT_THAT(requests_[0].kinds(), ElementsAre("person"));
  cli_.Run({"neighbors", "lab/c", "--out"});
  EXPECT_EQ(requests_.back().direction(), v1::DIRECTION_OUT);
}

TEST(NeighborsCountTest, CountsByRelation) {
  CliRunner cli;
  cli.server().list_neighbors = [](const v1::ListNeighborsRequest& request) {
    EXPECT_TRUE(request.count_only());
    return Proto<v1::ListNeighborsResponse>(
        "groups { predicate: 'works_in' direction: DIRECTION_IN count: 1200 "
        "label { text: 'staff' } }");
  };
  EXPECT_EQ(cli.Run({"neighbors", "lab/c", "--count"}).out,
            "DIRECTION  RELATION  COUNT\n"
            "in         staff     1200\n");
  EXPECT_EQ(cli.Run({"neighbors", "lab/c", "--count", "-o", "csv"}).out,
            "direction,predicate,relation,count\r\nin,works_in,staff,1200\r\n");
}

class TraverseTest : public ::testing::Test {
 protected:
  TraverseTest() {
    cli_.server().traverse = [this](const v1::TraverseRequest& request) {
      request_ = request;
      return client::StreamOf<v1::TraverseResponse>(
          {Proto<v1::TraverseResponse>(R"(
               hits {
                 entity { id: 'crime/x' label { text: 'Drug trade' } }
                 depth: 1 from: 'commodity/drugs'
                 statement { id: 's-1' subject: 'crime/x' predicate: 'involves'
                             object: 'commodity/drugs' }
                 path { id: 's-1' subject: 'crime/x' predicate: 'involves'
                        object: 'commodity/drugs' }
                 certainty: CERTAINTY_CERTAIN
               })"),
           Proto<v1::TraverseResponse>(R"(
               hits {
                 entity { id: 'lab/exit' label { text: 'Exit' } }
                 depth: 2 step: 1 from: 'crime/x'
                 statement { id: 's-2' subject: 'lab/exit' predicate: 'targets'
                             object: 'crime/x' }
                 path { id: 's-1' subject: 'crime/x' predicate: 'involves'
                        object: 'commodity/drugs' }
                 path { id: 's-2' subject: 'lab/exit' predicate: 'targets'
                        object: 'crime/x' }
                 certainty: CERTAINTY_POSSIBLE
               })"),
           Proto<v1::TraverseResponse>(
               "summary { revision: 7 hits: 2 visited_entities: 5 visited_statements: 9 "
               "hits_by_depth: [0, 1, 1] }")});
    };
  }

  // The steps that the options make.
  std::vector<v1::TraverseStep> StepsOf(std::vector<std::string> options) {
    options.insert(options.begin(), {"traverse", "lab/x"});
    EXPECT_EQ(cli_.Run(options).code, 0);
    return {request_.steps().begin(), request_.steps().end()};
  }

  CliRunner cli_;
  v1::TraverseRequest request_;
};

TEST_F(TraverseTest, AsTable) {
  EXPECT_EQ(cli_.Run({"traverse", "commodity/drugs"}).out,
            "DEPTH  ID        NAME        VIA\n"
            "1      crime/x   Drug trade  commodity/drugs <-involves-\n"
            "2      lab/exit  Exit        crime/x <-targets-\n");
}

TEST_F(TraverseTest, WithPathsAndCertainty) {
  EXPECT_EQ(
      cli_.Run({"traverse", "commodity/drugs", "--paths", "--at", "2022-01-01"}).out,
      "DEPTH  ID        NAME        CERTAINTY  PATH\n"
      "1      crime/x   Drug trade  certain    "
      "commodity/drugs <-involves- crime/x\n"
      "2      lab/exit  Exit        possible   "
      "commodity/drugs <-involves- crime/x <-targets- lab/exit\n");
  EXPECT_TRUE(request_.include_paths());
}

TEST_F(TraverseTest, AsCsv) {
  EXPECT_EQ(cli_.Run({"traverse", "commodity/drugs", "-o", "csv"}).out,
            "depth,id,name,step,from,predicate,direction,statement,certainty\r\n"
            "1,crime/x,Drug trade,0,commodity/drugs,involves,in,s-1,certain\r\n"
            "2,lab/exit,Exit,1,crime/x,targets,in,s-2,possible\r\n");
}

TEST_F(TraverseTest, AsJsonJoinsHitsAndSummary) {
  const Outcome run = cli_.Run({"traverse", "commodity/drugs", "-o", "json"});
  EXPECT_THAT(run.out, HasSubstr("\"id\": \"crime/x\""));
  EXPECT_THAT(run.out, HasSubstr("\"id\": \"lab/exit\""));
  EXPECT_THAT(run.out, HasSubstr("\"visited_statements\": \"9\""));
}

TEST_F(TraverseTest, AsDrawingAsksForThePaths) {
  EXPECT_EQ(cli_.Run({"traverse", "commodity/drugs", "-o", "mermaid"}).out,
            "flowchart LR\n"
            "  n0[\"Drug trade<br/>crime/x\"]\n"
            "  n1[\"commodity/drugs\"]\n"
            "  n2[\"Exit<br/>lab/exit\"]\n"
            "  n0 -- \"involves\" --> n1\n"
            "  n2 -- \"targets\" --> n0\n");
  EXPECT_TRUE(request_.include_paths());
}

TEST(TraverseCountTest, GivesTheSummary) {
  CliRunner cli;
  cli.server().traverse = [](const v1::TraverseRequest& request) {
    EXPECT_TRUE(request.count_only());
    return client::StreamOf<v1::TraverseResponse>({Proto<v1::TraverseResponse>(
        "summary { revision: 7 hits: 2 visited_entities: 5 visited_statements: 9 "
        "hits_by_depth: [0, 1, 1] }")});
  };
  EXPECT_EQ(cli.Run({"traverse", "commodity/drugs", "--count"}).out,
            "entities            2\n"
            "by depth            0, 1, 1\n"
            "visited entities    5\n"
            "visited statements  9\n"
            "revision            7\n");
  EXPECT_EQ(cli.Run({"traverse", "commodity/drugs", "--count", "-o", "jsonl"}).out,
            "{\"revision\":\"7\",\"hits\":\"2\",\"visited_entities\":\"5\","
            "\"visited_statements\":\"9\",\"hits_by_depth\":[\"0\",\"1\",\"1\"]}\n");
}

TEST(TraverseIdsTest, AsksForIdsAndShowsThem) {
  CliRunner cli;
  cli.server().traverse = [](const v1::TraverseRequest& request) {
    EXPECT_EQ(request.view(), v1::ENTITY_VIEW_IDS);
    return client::StreamOf<v1::TraverseResponse>({Proto<v1::TraverseResponse>(
        "hits { entity { id: 'a/b' } } "
        "hits { entity { id: 'c/d' } depth: 1 from: 'a/b' statement { id: 's-1' } }")});
  };
  EXPECT_EQ(cli.Run({"traverse", "a/b", "--ids"}).out,
            "DEPTH  ID\n"
            "0      a/b\n"
            "1      c/d\n");
  EXPECT_EQ(cli.Run({"traverse", "a/b", "--ids", "-o", "csv"}).out,
            "depth,id,step,from,predicate,direction,statement,certainty\r\n"
            "0,a/b,0,,,,,\r\n"
            "1,c/d,0,a/b,,,s-1,\r\n");
}

TEST_F(TraverseTest, TakesStepsInTheirOrder) {
  const std::vector<v1::TraverseStep> steps =
      StepsOf({"--in", "involves", "--in", "targets,about", "--kind", "lab,concept",
               "--hops", "1..2", "--where", "placeholder = true", "--both", "--out",
               "merged_into", "--hops", "3", "--kind", "programme"});
  ASSERT_EQ(steps.size(), 4);
  EXPECT_EQ(steps[0].direction(), v1::DIRECTION_IN);
  EXPECT_THAT(steps[0].predicates(), ElementsAre("involves"));
  EXPECT_FALSE(steps[0].has_min_hops());
  EXPECT_TRUE(steps[0].kinds().empty());
  EXPECT_THAT(steps[1].predicates(), ElementsAre("targets", "about"));
  EXPECT_THAT(steps[1].kinds(), ElementsAre("lab", "concept"));
  EXPECT_EQ(steps[1].min_hops(), 1);
  EXPECT_EQ(steps[1].max_hops(), 2);
  EXPECT_EQ(steps[1].where(), "placeholder = true");
  EXPECT_EQ(steps[2].direction(), v1::DIRECTION_BOTH);
  EXPECT_TRUE(steps[2].predicates().empty());
  EXPECT_EQ(steps[3].direction(), v1::DIRECTION_OUT);
  EXPECT_EQ(steps[3].min_hops(), 3);
  EXPECT_EQ(steps[3].max_hops(), 3);
  EXPECT_THAT(steps[3].kinds(), ElementsAre("programme"));
}

TEST_F(TraverseTest, JoinsTheConditionsOfAStep) {
  const std::vector<v1::TraverseStep> steps = StepsOf(
      {"--out", "--where", "kind = method", "--where", "placeholder = false", "--in"});
  ASSERT_EQ(steps.size(), 2);
  EXPECT_EQ(steps[0].where(), "(kind = method) AND (placeholder = false)");
  EXPECT_EQ(steps[1].where(), "");
}

TEST_F(TraverseTest, TakesManyStartsAndLimits) {
  cli_.Run({"traverse", "a/b", "c/d", "--limit", "5", "--max-visited", "77"});
  EXPECT_THAT(request_.start(), ElementsAre("a/b", "c/d"));
  EXPECT_TRUE(request_.steps().empty());
  EXPECT_EQ(request_.max_hits(), 5);
  EXPECT_EQ(request_.max_visited(), 77);
}

TEST_F(TraverseTest, TakesStartsAfterTheSteps) {
  cli_.Run({"traverse", "--in", "targets", "a/b"});
  EXPECT_THAT(request_.start(), ElementsAre("a/b"));
  EXPECT_THAT(request_.steps(0).predicates(), ElementsAre("targets"));
}

TEST(TraverseCutTest, SaysThatItWasCut) {
  CliRunner cli;
  cli.server().traverse = [](const v1::TraverseRequest&) {
    return client::StreamOf<v1::TraverseResponse>({Proto<v1::TraverseResponse>(
        "hits { entity { id: 'a/b' } } summary { hits: 1 cut: CUT_REASON_MAX_HITS }")});
  };
  for (const char* format : {"table", "json", "jsonl", "csv", "dot", "mermaid"}) {
    const Outcome run = cli.Run({"traverse", "a/b", "-o", format});
    EXPECT_EQ(run.code, 0);
    EXPECT_EQ(run.err,
              "labgraph: the answer is cut: there are more entities; a larger --limit "
              "gives more\n");
  }
}

TEST(TraverseCutTest, DoesNotDenyWhatItDidNotLookForToTheEnd) {
  CliRunner cli;
  cli.server().traverse = [](const v1::TraverseRequest&) {
    return client::StreamOf<v1::TraverseResponse>(
        {Proto<v1::TraverseResponse>("summary { cut: CUT_REASON_DEADLINE }")});
  };
  EXPECT_THAT(cli.Run({"traverse", "a/b"}).err,
              ::testing::StartsWith(
                  "labgraph: none was found before the answer was cut\nlabgraph: the "));
}

}  // namespace
}  // namespace labgraph::cli
