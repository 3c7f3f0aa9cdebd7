// The formats for programs: CSV, JSON, DOT and Mermaid.

#include <sstream>

#include "client/cli/output/csv.h"
#include "client/cli/output/dot.h"
#include "client/cli/output/json.h"
#include "client/cli/output/mermaid.h"
#include "gtest/gtest.h"
#include "tests/unit/cli/cli_runner.h"

namespace labgraph::cli {
namespace {

TEST(CsvFieldTest, QuotesOnlyWhereItMust) {
  EXPECT_EQ(CsvField("plain text"), "plain text");
  EXPECT_EQ(CsvField(""), "");
  EXPECT_EQ(CsvField("a,b"), "\"a,b\"");
  EXPECT_EQ(CsvField("say \"x\""), "\"say \"\"x\"\"\"");
  EXPECT_EQ(CsvField("two\nlines"), "\"two\nlines\"");
  EXPECT_EQ(CsvField("cr\r"), "\"cr\r\"");
}

TEST(CsvPrinterTest, WritesHeaderAndRecords) {
  std::ostringstream out;
  CsvPrinter printer({{"id"},
                      {"words", Audience::kTable},
                      {"exact", Audience::kCsv, /*optional=*/true},
                      {"none", Audience::kNobody}},
                     out);
  printer.Add({"1", "x", "", "y"}, v1::Entity());
  printer.Add({"2", "x", "a,b", "y"}, v1::Entity());
  printer.Finish();
  EXPECT_EQ(out.str(), "id,exact\r\n1,\r\n2,\"a,b\"\r\n");
}

TEST(JsonTest, KeepsTheFieldNamesOfTheApi) {
  const auto entity = Proto<v1::Entity>("id: 'lab/exit' created_revision: 7");
  EXPECT_EQ(ToJsonLine(entity), R"({"id":"lab/exit","created_revision":"7"})");
  EXPECT_EQ(ToJsonText(entity),
            "{\n \"id\": \"lab/exit\",\n \"created_revision\": \"7\"\n}\n");
}

TEST(JsonlPrinterTest, WritesALineForEachMessage) {
  std::ostringstream out;
  JsonlPrinter printer(out);
  printer.Add({}, Proto<v1::Entity>("id: 'lab/exit'"));
  printer.Add({}, Proto<v1::Entity>("id: 'two\\nlines'"));
  printer.Finish();
  EXPECT_EQ(out.str(), "{\"id\":\"lab/exit\"}\n{\"id\":\"two\\nlines\"}\n");
}

Graph SmallGraph() {
  Graph graph;
  graph.AddNode("lab/a");
  graph.AddEntity(Proto<v1::Entity>("id: 'lab/a' label { text: 'A \"x\" <b>' }"));
  graph.AddStatement(Proto<v1::Statement>(
      "id: 's-1' subject: 'lab/a' predicate: 'targets' object: 'crime/b'"));
  graph.AddStatement(Proto<v1::Statement>(
      "id: 's-2' subject: 'crime/b' predicate: 'broader' object: 'crime/c' "
      "certainty: CERTAINTY_POSSIBLE"));
  return graph;
}

TEST(GraphTest, DrawsEverythingOnce) {
  Graph graph = SmallGraph();
  graph.AddStatement(Proto<v1::Statement>(
      "id: 's-1' subject: 'lab/a' predicate: 'targets' object: 'crime/b'"));
  EXPECT_EQ(graph.nodes().size(), 3);
  EXPECT_EQ(graph.edges().size(), 2);
  EXPECT_EQ(graph.nodes()[0].name, "A \"x\" <b>");
}

TEST(GraphTest, DrawsNoProperties) {
  Graph graph;
  graph.AddStatement(Proto<v1::Statement>(
      "id: 's-1' subject: 'lab/a' predicate: 'has_size' value { number_value: 6 }"));
  EXPECT_TRUE(graph.nodes().empty());
  EXPECT_TRUE(graph.edges().empty());
}

TEST(GraphTest, KeepsStatementsWithoutIdApart) {
  Graph graph;
  graph.AddStatement(Proto<v1::Statement>("subject: 'a' predicate: 'p' object: 'b'"));
  graph.AddStatement(Proto<v1::Statement>("subject: 'b' predicate: 'p' object: 'c'"));
  EXPECT_EQ(graph.edges().size(), 2);
}

TEST(DotTest, QuotesText) {
  EXPECT_EQ(DotString("plain"), R"("plain")");
  EXPECT_EQ(DotString("say \"x\""), R"("say \"x\"")");
  EXPECT_EQ(DotString("a\\N"), R"("a\\N")");
  EXPECT_EQ(DotString("two\r\nlines"), R"("two\nlines")");
}

TEST(DotTest, DrawsAGraph) {
  std::ostringstream out;
  WriteDot(SmallGraph(), out);
  EXPECT_EQ(out.str(), R"(digraph labgraph {
  rankdir=LR;
  node [shape=box, style=rounded];
  "lab/a" [label="A \"x\" <b>\nlab/a"];
  "crime/b" [label="crime/b"];
  "crime/c" [label="crime/c"];
  "lab/a" -> "crime/b" [label="targets"];
  "crime/b" -> "crime/c" [label="broader", style=dashed];
}
)");
}

TEST(MermaidTest, WritesWhatItWouldReadOtherwiseAsCodes) {
  EXPECT_EQ(MermaidString("plain [text] {x}"), "\"plain [text] {x}\"");
  EXPECT_EQ(MermaidString("\"a\" & <b> #1 `c` \\"),
            "\"#quot;a#quot; #amp; #lt;b#gt; #35;1 #96;c#96; #92;\"");
  EXPECT_EQ(MermaidString("two\nlines"), "\"two<br/>lines\"");
}

TEST(MermaidTest, DrawsAGraph) {
  std::ostringstream out;
  WriteMermaid(SmallGraph(), out);
  EXPECT_EQ(out.str(), R"(flowchart LR
  n0["A #quot;x#quot; #lt;b#gt;<br/>lab/a"]
  n1["crime/b"]
  n2["crime/c"]
  n0 -- "targets" --> n1
  n1 -. "broader" .-> n2
)");
}

}  // namespace
}  // namespace labgraph::cli
