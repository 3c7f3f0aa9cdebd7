// What is wrong with CSV files and their mappings, as the program says it.

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "seed/bulk/bulk_format.h"
#include "seed_fixture.h"

namespace labgraph::seed {
namespace {

using ::testing::HasSubstr;

class MalformedCsvTest : public SeedTest {
 protected:
  // What the program says of `a.csv` and a mapping for it; nothing is written.
  std::string Problems(const std::string& csv, const std::string& mapping) {
    Write("a.csv", csv);
    EXPECT_EQ(Load({Write("a.map.yaml", mapping)}), kProblems) << mapping;
    EXPECT_THAT(err(), HasSubstr("nothing was written"));
    EXPECT_TRUE(store_.parts.empty());
    return err();
  }

  // The same for a mapping that is fine.
  std::string RowProblems(const std::string& rows) {
    return Problems("id,size,known\n" + rows,
                    "name: a\n"
                    "files: [a.csv]\n"
                    "nulls: ['NULL']\n"
                    "records:\n"
                    "  - statement:\n"
                    "      subject: n/{id|slug}\n"
                    "      predicate: size\n"
                    "      value: {number: '{size}'}\n"
                    "      qualifiers: {known: {boolean: '{known}'}}\n");
  }
};

TEST_F(MalformedCsvTest, RowsAreReportedWhereTheyAreWrong) {
  const struct {
    const char* rows;
    const char* problem;
  } cases[] = {
      {"1,2\n",
       "a.csv:2:3: 2 cells where 3 columns are expected; the row ends before column "
       "\"known\""},
      {"1,2,y,4\n",
       "a.csv:2:7: 4 cells where 3 columns are expected; a cell with the delimiter in it "
       "goes into quotes"},
      {"1,2,\xFF\n", "a.csv:2:5: bytes that are not UTF-8"},
      {"\"1\n\",2,\"\xC3\"\n", "a.csv:3:6: bytes that are not UTF-8"},
      {"1,\"2,y\n", "a.csv:2:3: a quote that is opened here and closed nowhere"},
      {"1,2\",y\n", "a.csv:2:4: a quote within a cell that does not begin with one"},
      {"1,\"2\"0,y\n", "a.csv:2:6: a cell that goes on behind the quote that closes it"},
      {"1,2,y\n1,large,n\n",
       "a.csv:3:3: column \"size\": \"large\" is no number; one such as -12.5 or 1e6 "
       "would be right"},
      {"1,1e999,y\n", "a.csv:2:3: column \"size\": \"1e999\" is no number"},
      {"1,0x10,y\n", "a.csv:2:3: column \"size\": \"0x10\" is no number"},
      {"1,9007199254740993,y\n",
       "a.csv:2:3: column \"size\": 9007199254740993 would be rounded as a number; a "
       "text, which keeps every digit, would be right"},
      {"1, 5,y\n", "a.csv:2:3: column \"size\": \" 5\" is no number"},
      {"1,nan,y\n", "a.csv:2:3: column \"size\": \"nan\" is no number"},
      {"1,2,perhaps\n",
       "a.csv:2:5: column \"known\": \"perhaps\" is no truth value; true, t, yes, y, 1, "
       "false, f, no, n or 0 would be right"},
      {",2,y\n",
       "a.csv:2:1: column \"id\" is empty, and records[0].statement.subject is made of "
       "it; with skip_if_empty: [id] the record would be left out"},
      {"1,NULL,y\n",
       "a.csv:2:3: column \"size\" is empty, and records[0].statement.value.number is "
       "made of it"},
      {"\"!\n?\",2,y\n",
       "a.csv:2:1: column \"id\" has nothing that records[0].statement.subject can be "
       "made of"},
  };
  for (const auto& c : cases) {
    const std::string problems = RowProblems(c.rows);
    EXPECT_THAT(problems, HasSubstr(c.problem)) << c.rows;
    EXPECT_EQ(std::count(problems.begin(), problems.end(), '\n'), 2) << problems;
  }
}

TEST_F(MalformedCsvTest, AllRowsAreReportedInOneRun) {
  EXPECT_EQ(RowProblems("1,x,y\n1,2\n\"1,2,y\n1,2,y\n,2,y\n"),
            absl::StrJoin(
                {"a.csv:2:3: column \"size\": \"x\" is no number; one such as -12.5 or "
                 "1e6 would be right",
                 "a.csv:3:3: 2 cells where 3 columns are expected; the row ends before "
                 "column \"known\"",
                 "a.csv:4:1: a quote that is opened here and closed nowhere; a quote at "
                 "the end of the cell would be right",
                 "a.csv:6:1: column \"id\" is empty, and records[0].statement.subject is "
                 "made of it; with skip_if_empty: [id] the record would be left out",
                 "labgraph-seed: 4 problems; nothing was written", ""},
                "\n"));
}

TEST_F(MalformedCsvTest, AFileOfTheWrongKindIsNotReportedWhole) {
  std::string rows;
  for (int i = 0; i < 1000; ++i) rows += "nonsense\n";
  const std::string problems = RowProblems(rows);
  EXPECT_EQ(std::count(problems.begin(), problems.end(), '\n'), kMaxFileProblems + 2);
  EXPECT_THAT(problems, HasSubstr("too many problems"));
}

TEST_F(MalformedCsvTest, ARowIsLimitedInLength) {
  const std::string cell(kMaxRecordBytes, 'x');
  EXPECT_THAT(RowProblems(absl::StrCat("1,", cell, ",y\n1,2\n")),
              ::testing::AllOf(HasSubstr("a.csv:2: a row of more than 1048576 bytes\n"),
                               HasSubstr("a.csv:3:3: 2 cells where")));
}

TEST_F(MalformedCsvTest, AQuoteThatIsNeverClosedDoesNotHideTheRest) {
  std::string rows = "1,\"2,y\n";
  for (int i = 0; i < 200000; ++i) rows += "1,\"2\",y\n";
  rows += "1,2\n";
  EXPECT_THAT(RowProblems(rows),
              ::testing::AllOf(
                  HasSubstr("a.csv:2:3: a quote that is opened here and closed 1 line "
                            "below, within another cell"),
                  HasSubstr("a.csv:200003:3: 2 cells"), HasSubstr(": 2 problems;")));
}

struct BadMapping {
  const char* mapping;
  const char* problem;
};

TEST_F(MalformedCsvTest, MappingsAreReportedWhereTheyAreWrong) {
  for (const BadMapping& bad : {
           BadMapping{"files: [a.csv]\nrecords: [{entity: {id: x/y}}]\n",
                      "a.map.yaml:1:1: name is missing; it is required"},
           BadMapping{"name: a\nrecords: [{entity: {id: x/y}}]\n",
                      "a.map.yaml:1:1: files is missing; it is required"},
           BadMapping{"name: a\nfiles: [a.csv]\n",
                      "a.map.yaml:1:1: records is missing; it is required"},
           BadMapping{"name: a\nfiles: [a.csv]\nrecords: [{repeats: true}]\n",
                      "a.map.yaml:3:11: records[0] puts nothing; one of these is "
                      "required: entity, statement"},
           BadMapping{"name: a\nfiles: [b.csv]\nrecords: [{entity: {id: x/y}}]\n",
                      "a.map.yaml:2:9: there is no file \"b.csv\" beside the mapping"},
           BadMapping{"name: a\nfiles: ['b*.csv']\nrecords: [{entity: {id: x/y}}]\n",
                      "a.map.yaml:2:9: no file beside the mapping matches \"b*.csv\""},
           BadMapping{"name: a\nfiles: [a.csv]\ndelimiter: ';;'\n"
                      "records: [{entity: {id: x/y}}]\n",
                      "a.map.yaml:3:12: delimiter is \";;\"; one ASCII character"},
           BadMapping{"name: a\nfiles: [a.csv]\nrecords: [{entity: {id: 'n/{idd}'}}]\n",
                      "a.map.yaml:3:25: there is no column \"idd\"; did you mean "
                      "\"id\"?; a.csv has id, name"},
           BadMapping{"name: a\nfiles: [a.csv]\ncolumns: [id, x]\n"
                      "records: [{entity: {id: 'n/{name}'}}]\n",
                      "there is no column \"name\"; the columns are id, x"},
           BadMapping{"name: a\nfiles: [a.csv]\n"
                      "records: [{entity: {id: x/y}, skip_if_empty: [nam]}]\n",
                      "a.map.yaml:3:47: there is no column \"nam\""},
           BadMapping{"name: a\nfiles: [a.csv]\nrecords: [{entity: {id: 'n/{id'}}]\n",
                      "a.map.yaml:3:25: \"n/{id\" has a { without }"},
           BadMapping{"name: a\nfiles: [a.csv]\nrecords: [{entity: {id: '{id|up}'}}]\n",
                      "there is no filter \"up\"; the filters are slug and clean"},
           BadMapping{"name: a\nfiles: [a.csv]\nrecords: [{entity: {names: {en: x}}}]\n",
                      "a.map.yaml:3:20: records[0].entity has no id; it is required"},
           BadMapping{"name: a\nfiles: [a.csv]\n"
                      "records: [{entity: {id: x/y, aliases: [{lang: en}]}}]\n",
                      "records[0].entity.aliases[0] has no text; it is required"},
           BadMapping{"name: a\nfiles: [a.csv]\n"
                      "records: [{statement: {subject: x/y, predicate: p}}]\n",
                      "records[0].statement has no object or value; it is required"},
           BadMapping{"name: a\nfiles: [a.csv]\nrecords: [{statement: {subject: x/y, "
                      "predicate: p, value: {number: '1', string: a}}}]\n",
                      "records[0].statement.value has more than one value; one of "
                      "string, number, boolean, text, fields would be right"},
           BadMapping{"name: a\nfiles: [a.csv]\nrecords: [{statement: {subject: x/y, "
                      "predicate: p, value: {number: five}}}]\n",
                      "\"five\" is no number"},
           BadMapping{
               "name: a\nfiles: [a.csv]\nrecords: [{statement: {subject: x/y, "
               "predicate: p, object: x/y, rank: best}}]\n",
               "\"best\" is no Rank; one of deprecated, normal, preferred would be "
               "right"},
           BadMapping{"name: a\nfiles: [a.csv]\nrecords: [{entity: {idd: x}}]\n",
                      "CsvEntity has no field \"idd\"; did you mean \"id\"?"},
       }) {
    EXPECT_THAT(Problems("id,name\n1,a\n", bad.mapping), HasSubstr(bad.problem))
        << bad.mapping;
  }
}

TEST_F(MalformedCsvTest, AllThatIsWrongWithAMappingIsSaidInOneRun) {
  const std::string problems =
      Problems("id,name\n1\n",
               "files: [a.csv, b.csv]\n"
               "delimiter: ''\n"
               "records:\n"
               "  - entity: {id: 'n/{x}', names: {en: '{y}'}, placeholder: perhaps}\n"
               "  - statement: {subject: 'n/{z}', predicate: '{}', vlaue: 1}\n");
  EXPECT_EQ(std::count(problems.begin(), problems.end(), '\n'), 10) << problems;
}

TEST_F(MalformedCsvTest, SeveralFilesWithTheSameColumnsGiveEachProblemOnce) {
  Write("b.csv", "id\n1\n");
  const std::string problems = Problems(
      "id\n1\n", "name: a\nfiles: ['?.csv']\nrecords: [{entity: {id: 'n/{x}'}}]\n");
  EXPECT_EQ(std::count(problems.begin(), problems.end(), '\n'), 2) << problems;
}

TEST_F(MalformedCsvTest, HeadersAreReportedWhereTheyAreWrong) {
  const char mapping[] = "name: a\nfiles: [a.csv]\nrecords: [{entity: {id: 'n/{id}'}}]\n";
  EXPECT_THAT(Problems("", mapping),
              HasSubstr("a.csv: nothing to read; a first row with the names of the "
                        "columns would be right"));
  EXPECT_THAT(err(), HasSubstr("labgraph-seed: 1 problem; nothing was written\n"));
  EXPECT_THAT(Problems("id,\"na\n1,2\n", mapping),
              HasSubstr("a.csv:1:4: a quote that is opened here"));
  EXPECT_THAT(Problems("id,\xFF\n", mapping),
              HasSubstr("a.csv:1:4: bytes that are not UTF-8"));
  EXPECT_THAT(Problems("id,id\n1,2\n", mapping),
              HasSubstr("a.map.yaml:3:25: there are two columns \"id\""));
}

TEST_F(MalformedCsvTest, ACsvFileIsNoInputByItself) {
  EXPECT_EQ(Load({Write("a.csv", "id\n1\n")}), kProblems);
  EXPECT_THAT(err(), HasSubstr("for CSV a mapping, *.map.yaml, that names the file"));
}

}  // namespace
}  // namespace labgraph::seed
