#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/cli/cli_runner.h"

namespace labgraph::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class SchemaTest : public ::testing::Test {
 protected:
  SchemaTest() {
    cli_.server().get_schema = [this](const v1::GetSchemaRequest& request) {
      request_ = request;
      return Proto<v1::GetSchemaResponse>(R"(
          revision: 4
          schema {
            kinds { name: 'agent' abstract: true labels { key: 'en' value: 'agent' } }
            kinds { name: 'lab' parent: 'agent' labels { key: 'en' value: 'lab' }
                    labels { key: 'nl' value: 'lab (nl)' } }
            predicates {
              name: 'has_size' value_type: VALUE_TYPE_INTEGER
              functional: true source_required: true
            }
            predicates {
              name: 'merged_into' domain: 'lab' range: 'lab' range: 'agent'
              inverse: 'absorbed' acyclic: true qualifiers: 'weight'
              labels { key: 'en' value: 'merged into' } renamed_from: 'joined'
            }
            qualifiers { name: 'weight' allowed_values: 'main' allowed_values: 'side' }
          })");
    };
  }

  CliRunner cli_;
  v1::GetSchemaRequest request_;
};

TEST_F(SchemaTest, AsTables) {
  EXPECT_EQ(cli_.Run({"schema", "--lang", "nl"}).out, R"(Kinds
NAME   PARENT  ABSTRACT  LABEL
agent          yes       agent
lab    agent             lab (nl)

Predicates
NAME         DOMAIN  RANGE       INVERSE   RULES                        LABEL
has_size     any     integer               functional, source_required
merged_into  lab     lab, agent  absorbed  acyclic                      merged into

Qualifiers
NAME    TYPE    ALLOWED VALUES  LABEL
weight  string  main, side

)");
}

TEST_F(SchemaTest, GivesOnePart) {
  EXPECT_EQ(cli_.Run({"schema", "kinds", "-o", "csv"}).out,
            "name,parent,abstract,deprecated,label,standard_term,description\r\n"
            "agent,,yes,,agent,,\r\n"
            "lab,agent,,,lab,,\r\n");
  EXPECT_EQ(cli_.Run({"schema", "qualifiers", "-o", "jsonl"}).out,
            "{\"name\":\"weight\",\"allowed_values\":[\"main\",\"side\"]}\n");
  const Outcome json = cli_.Run({"schema", "kinds", "-o", "json"});
  EXPECT_THAT(json.out, HasSubstr("\"agent\""));
  EXPECT_THAT(json.out, Not(HasSubstr("merged_into")));
  EXPECT_THAT(json.out, HasSubstr("\"revision\": \"4\""));
}

TEST_F(SchemaTest, GivesOneDefinitionInFull) {
  const std::string record = R"(name          merged_into
domain        lab
range         lab, agent
inverse       absorbed
rules         acyclic
qualifiers    weight
label         merged into
renamed_from  joined
)";
  for (const char* name : {"merged_into", "absorbed", "joined"}) {
    EXPECT_EQ(cli_.Run({"schema", "predicates", name}).out, record);
  }
}

TEST_F(SchemaTest, SaysThatAnythingIsUnknown) {
  const Outcome run = cli_.Run({"schema", "kinds", "merged_into"});
  EXPECT_EQ(run.code, 1);
  EXPECT_EQ(run.out, "");
  EXPECT_EQ(run.err,
            "labgraph: INVALID_ARGUMENT KIND_UNKNOWN: The schema has no kind "
            "\"merged_into\".\n");
  EXPECT_THAT(cli_.Run({"schema", "qualifiers", "x"}).err,
              HasSubstr("QUALIFIER_UNKNOWN"));
  EXPECT_THAT(cli_.Run({"schema", "predicates", "x"}).err,
              HasSubstr("PREDICATE_UNKNOWN"));
}

TEST_F(SchemaTest, ReadsAnEarlierOne) {
  cli_.Run({"schema", "--revision", "2"});
  EXPECT_EQ(request_.read().revision(), 2);
}

}  // namespace
}  // namespace labgraph::cli
