// Loading CSV files by a mapping, with the whole program.

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "labgraph/v1/editor_service.pb.h"
#include "seed_fixture.h"

namespace labgraph::seed {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class CsvLoadTest : public SeedTest {
 protected:
  // What the program puts when it loads `a.csv` by a mapping with these records, in the
  // order in which it is sent, without "put_".
  std::vector<std::string> Puts(const std::string& csv, const std::string& records,
                                const std::string& more = "") {
    Write("a.csv", csv);
    const std::string mapping =
        Write("a.map.yaml",
              absl::StrCat("name: a\nfiles: [a.csv]\n", more, "records:\n", records));
    store_.parts.clear();
    EXPECT_EQ(Load({mapping}), kOk) << err();
    std::vector<std::string> puts;
    for (const v1::ImportRequest& part : store_.parts) {
      for (const v1::Mutation& mutation : part.mutations()) {
        puts.push_back(mutation.ShortDebugString().substr(sizeof("put_") - 1));
      }
    }
    return puts;
  }
};

TEST_F(CsvLoadTest, RowsBecomeEntities) {
  EXPECT_THAT(
      Puts("id,name,city,planned\n1,\"Schiphol, AMS\",Amsterdam,no\n2,Eelde,,yes\n",
           "  - entity:\n"
           "      id: airport/{id}\n"
           "      names: {en: '{name}', nl: 'vliegveld {name}'}\n"
           "      aliases: [{text: '{city}', lang: nl}]\n"
           "      placeholder: '{planned}'\n"
           "      visibility: public\n"
           "      sources: [{document: document/d, locator: 'row {@line}'}]\n"),
      ElementsAre(
          "entity { id: \"airport/1\" names { key: \"en\" value: \"Schiphol, AMS\" } "
          "names { key: \"nl\" value: \"vliegveld Schiphol, AMS\" } aliases { text: "
          "\"Amsterdam\" lang: \"nl\" } visibility: \"public\" sources { document: "
          "\"document/d\" locator: \"row 2\" } }",
          "entity { id: \"airport/2\" names { key: \"en\" value: \"Eelde\" } names { "
          "key: \"nl\" value: \"vliegveld Eelde\" } placeholder: true visibility: "
          "\"public\" sources { document: \"document/d\" locator: \"row 3\" } }"));
  EXPECT_EQ(out(), "a.csv: 2 created, 0 updated, 0 unchanged; revision 1\n");
  EXPECT_EQ(store_.parts[0].message(), "bulk a.csv: lines 2 to 3");
}

constexpr char kNodes[] = "  - entity: {id: 'n/{x}'}\n  - entity: {id: 'n/{y}'}\n";

TEST_F(CsvLoadTest, RowsBecomeStatements) {
  EXPECT_THAT(
      Puts("x,y,start,rank,note\n1,2,2001,preferred,hello\n3,4,,,\n",
           std::string(kNodes) +
               "  - statement:\n"
               "      id: 'e{@line}'\n"
               "      subject: n/{x}\n"
               "      predicate: to\n"
               "      object: n/{y}\n"
               "      qualifiers: {note: {string: '{note}'}, sure: {boolean: 'true'}}\n"
               "      valid: {start: '{start}', end: ..}\n"
               "      rank: '{rank}'\n"
               "      assertion: presumed\n"),
      ElementsAre(
          "entity { id: \"n/1\" }", "entity { id: \"n/2\" }",
          "statement { id: \"e2\" subject: \"n/1\" predicate: \"to\" object: \"n/2\" "
          "qualifiers { key: \"note\" value { string_value: \"hello\" } } qualifiers { "
          "key: \"sure\" value { bool_value: true } } valid { start: \"2001\" end: "
          "\"..\" } rank: RANK_PREFERRED assertion: ASSERTION_PRESUMED }",
          "entity { id: \"n/3\" }", "entity { id: \"n/4\" }",
          "statement { id: \"e3\" subject: \"n/3\" predicate: \"to\" object: \"n/4\" "
          "qualifiers { key: \"sure\" value { bool_value: true } } valid { end: \"..\" } "
          "assertion: ASSERTION_PRESUMED }"));
}

TEST_F(CsvLoadTest, ValuesHaveTypes) {
  const std::string statement =
      "  - entity: {id: n/1}\n"
      "    repeats: true\n"
      "  - skip_if_empty: [x]\n"
      "    statement: {id: 'v{@line}', subject: n/1, predicate: p, value: ";
  const auto value = [&](const std::string& form, const std::string& cell) {
    const std::vector<std::string> puts =
        Puts("x\n" + cell + "\n", statement + form + "}\n");
    const std::string& put = puts.back();
    const size_t begin = put.find("value {");
    return begin == std::string::npos ? "none"
                                      : put.substr(begin, put.size() - begin - 2);
  };
  EXPECT_EQ(value("{string: '{x}'}", "5"), "value { string_value: \"5\" }");
  EXPECT_EQ(value("{number: '{x}'}", "-12.5"), "value { number_value: -12.5 }");
  EXPECT_EQ(value("{number: '{x}'}", "+1e3"), "value { number_value: 1000 }");
  EXPECT_EQ(value("{boolean: '{x}'}", "Y"), "value { bool_value: true }");
  EXPECT_EQ(value("{boolean: '{x}'}", "0"), "value { bool_value: false }");
  EXPECT_EQ(value("{text: {nl: '{x}', en: the}}", "de"),
            "value { struct_value { fields { key: \"en\" value { string_value: \"the\" } "
            "} fields { key: \"nl\" value { string_value: \"de\" } } } }");
  EXPECT_EQ(value("{fields: {min: {number: '{x}'}, text: {string: '{x} ton'}}}", "3"),
            "value { struct_value { fields { key: \"min\" value { number_value: 3 } } "
            "fields { key: \"text\" value { string_value: \"3 ton\" } } } }");
}

TEST_F(CsvLoadTest, FilesWithoutAHeaderHaveTheirColumnsNamed) {
  EXPECT_THAT(Puts("\xEF\xBB\xBF"
                   "1|a b|\\N\n2|c|NULL\n",
                   "  - entity: {id: 'n/{id}', names: {en: '{name}'}, visibility: "
                   "'{see}'}\n",
                   "columns: [id, name, see]\ndelimiter: '|'\nnulls: ['\\N', 'NULL']\n"),
              ElementsAre(HasSubstr("\"n/1\" names { key: \"en\" value: \"a b\" } }"),
                          HasSubstr("\"n/2\" names { key: \"en\" value: \"c\" } }")));
}

TEST_F(CsvLoadTest, RowsWithoutWhatARecordNeedsAreLeftOutWhereTheMappingSaysSo) {
  EXPECT_THAT(Puts("x,y\n1,\n,2\n3,4\n",
                   "  - {entity: {id: 'n/{x}'}, skip_if_empty: [x]}\n"
                   "  - {entity: {id: 'm/{y}'}, skip_if_empty: [x, y]}\n"),
              ElementsAre("entity { id: \"n/1\" }", "entity { id: \"n/3\" }",
                          "entity { id: \"m/4\" }"));
}

TEST_F(CsvLoadTest, BlankLinesAreNoRows) {
  EXPECT_THAT(Puts("x,y\n\n1,2\n\r\n\n", "  - entity: {id: 'n/{x}'}\n"),
              ElementsAre("entity { id: \"n/1\" }"));
}

TEST_F(CsvLoadTest, WhatManyRowsRepeatIsSentOnceInAPart) {
  const std::string rows = "x,y\n1,nl\n2,nl\n3,be\n4,nl\n";
  const std::string records =
      "  - {entity: {id: 'country/{y}'}, repeats: true}\n"
      "  - entity: {id: 'n/{x}'}\n";
  EXPECT_THAT(Puts(rows, records),
              ElementsAre(HasSubstr("country/nl"), HasSubstr("n/1"), HasSubstr("n/2"),
                          HasSubstr("country/be"), HasSubstr("n/3"), HasSubstr("n/4")));
  Options options;
  options.inputs = {directory() + "/a.map.yaml"};
  options.batch = 3;
  store_.parts.clear();
  EXPECT_EQ(Run(options), kOk);
  ASSERT_EQ(store_.parts.size(), 3u);
  // A part knows nothing of the one before it.
  EXPECT_EQ(store_.parts[0].mutations(0).put_entity().id(), "country/nl");
  EXPECT_EQ(store_.parts[1].mutations(2).put_entity().id(), "country/nl");
}

TEST_F(CsvLoadTest, APatternStandsForFilesInTheOrderOfNames) {
  Write("b2.csv", "y,x\n-,2\n");
  Write("b1.csv", "x\n1\n");
  Write("c.csv", "z\n");
  EXPECT_EQ(Load({Write("m.map.yaml",
                        "name: m\nfiles: ['b?.csv']\n"
                        "records: [{entity: {id: 'n/{x}'}}]\n")}),
            kOk);
  EXPECT_EQ(out(),
            "b1.csv: 1 created, 0 updated, 0 unchanged; revision 1\n"
            "b2.csv: 1 created, 0 updated, 0 unchanged; revision 2\n");
  EXPECT_TRUE(store_.Has("n/2"));
}

TEST_F(CsvLoadTest, AMappingIsLoadedInItsPlaceInADirectory) {
  Write("1.yaml", "name: one\nentities: [{id: n/1}]\n");
  Write("2.map.yaml",
        "name: m\nfiles: [d.csv]\nrecords: [{statement: {subject: n/1, predicate: to, "
        "object: '{x}'}}]\n");
  Write("3.jsonl", "{\"put_entity\": {\"id\": \"n/3\"}}\n");
  Write("d.csv", "x\nn/1\n");
  EXPECT_EQ(Load({directory()}), kOk);
  EXPECT_THAT(out(), ::testing::ContainsRegex("1.yaml.*\nd.csv.*\n3.jsonl"));
}

TEST_F(CsvLoadTest, WhatTheServerRefusesIsReportedWithItsLine) {
  Write("a.csv", "x,y\n1,\"a\nb\"\n2,c\n");
  store_.refused = {{"n/2", "id"}};
  EXPECT_EQ(
      Load({Write("a.map.yaml",
                  "name: a\nfiles: [a.csv]\nrecords: [{entity: {id: 'n/{x}'}}]\n")}),
      kProblems);
  EXPECT_THAT(err(), HasSubstr("a.csv:4: REFERENCE_NOT_FOUND at id: "));
}

TEST_F(CsvLoadTest, ADryRunComparesRows) {
  Write("a.csv", "x,y\n1,nl\n2,nl\n");
  const std::string mapping = Write("a.map.yaml",
                                    "name: a\nfiles: [a.csv]\nrecords:\n"
                                    "  - {entity: {id: 'country/{y}'}, repeats: true}\n"
                                    "  - entity: {id: 'n/{x}', visibility: '{y}'}\n");
  Options options;
  options.inputs = {mapping};
  options.dry_run = true;
  EXPECT_EQ(Run(options), kOk);
  EXPECT_EQ(out(),
            "+ country/nl\n+ n/1\n+ n/2\n"
            "a.csv: would be 3 created, 0 updated, 0 unchanged\n");
  EXPECT_EQ(store_.size(), 0u);

  ASSERT_EQ(Load({mapping}), kOk);
  Write("a.csv", "x,y\n1,be\n2,nl\n");
  EXPECT_EQ(Run(options), kOk);
  EXPECT_EQ(out(),
            "+ country/be\n~ n/1\n"
            "a.csv: would be 1 created, 1 updated, 2 unchanged\n");
}

}  // namespace
}  // namespace labgraph::seed
