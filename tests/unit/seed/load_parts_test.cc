// The smaller pieces that loading is made of.

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "seed/field_path.h"
#include "seed/mutation_part.h"
#include "seed/outcome_counts.h"
#include "seed/schema_overlay.h"

namespace labgraph::seed {
namespace {

TEST(ParseMutationFieldTest, TakesThePathApart) {
  struct Case {
    const char* path;
    size_t index;
    const char* rest;
  };
  for (const Case& c :
       {Case{"mutations[3].put_statement.object", 3, "object"},
        Case{"mutations[12].put_entity.names[nl]", 12, "names[nl]"},
        Case{"mutations[0].put_statement.sources[1].document", 0, "sources[1].document"},
        Case{"mutations[7].put_entity", 7, ""}, Case{"mutations[7]", 7, ""}}) {
    absl::optional<MutationField> field = ParseMutationField(c.path);
    ASSERT_TRUE(field.has_value()) << c.path;
    EXPECT_EQ(field->index, c.index) << c.path;
    EXPECT_EQ(field->rest, c.rest) << c.path;
  }
  for (const char* path : {"", "mutations", "mutations[", "mutations[x].a",
                           "schema.kinds[0]", "]mutations[1"}) {
    EXPECT_FALSE(ParseMutationField(path).has_value()) << path;
  }
}

TEST(FixturePathTest, CountsEntitiesThenStatements) {
  EXPECT_EQ(FixturePath(0, 2), "entities[0]");
  EXPECT_EQ(FixturePath(1, 2), "entities[1]");
  EXPECT_EQ(FixturePath(2, 2), "statements[0]");
}

v1::Mutation Put(const std::string& id) {
  v1::Mutation mutation;
  mutation.mutable_put_entity()->set_id(id);
  return mutation;
}

TEST(MutationPartTest, IsFullAtTheNumberOfMutations) {
  MutationPart part(WriteLimits{2, 1000000});
  part.Add(Put("lab/a"));
  EXPECT_TRUE(part.HasRoomFor(Put("lab/b")));
  part.Add(Put("lab/b"));
  EXPECT_FALSE(part.HasRoomFor(Put("lab/c")));
  EXPECT_EQ(part.Take().size(), 2);
  EXPECT_TRUE(part.empty());
  EXPECT_TRUE(part.HasRoomFor(Put("lab/c")));
}

TEST(MutationPartTest, IsFullAtTheNumberOfBytesOfTheEncodedRequest) {
  constexpr size_t kLimit = 4096;
  MutationPart part(WriteLimits{1000000, kLimit});
  const v1::Mutation mutation = Put(std::string(100, 'x'));
  while (part.HasRoomFor(mutation)) part.Add(mutation);
  v1::CommitRequest request;
  *request.mutable_mutations() = part.Take();
  EXPECT_LE(request.ByteSizeLong(), kLimit);
  EXPECT_GT(request.ByteSizeLong(), kLimit - 2 * EncodedBytes(mutation) - 6 * 40);
}

TEST(MutationPartTest, TakesOneThatIsTooLargeByItself) {
  MutationPart part(WriteLimits{10, 50});
  EXPECT_TRUE(part.HasRoomFor(Put(std::string(100, 'x'))));
}

TEST(OutcomeCountsTest, TellsWhatHappened) {
  OutcomeCounts counts;
  counts.Add(v1::OUTCOME_UNCHANGED);
  EXPECT_TRUE(counts.nothing_changed());
  counts.Add(v1::OUTCOME_CREATED);
  counts.Add(v1::OUTCOME_UPDATED);
  EXPECT_FALSE(counts.nothing_changed());
  EXPECT_EQ(ToString(counts), "1 created, 1 updated, 1 unchanged");
  counts.Add(v1::OUTCOME_RETRACTED);
  EXPECT_EQ(ToString(counts), "1 created, 1 updated, 1 unchanged, 1 retracted");
}

TEST(OverlayTest, TheUpperComesFirstAndWins) {
  v1::Schema lower;
  lower.add_kinds()->set_name("lab");
  lower.add_kinds()->set_name("team");
  lower.add_predicates()->set_name("part_of");
  v1::Schema upper;
  upper.add_kinds()->set_name("person");
  v1::Kind* lab = upper.add_kinds();
  lab->set_name("lab");
  lab->set_abstract(true);
  upper.add_qualifiers()->set_name("weight");

  v1::Schema all = Overlay(upper, lower);
  ASSERT_EQ(all.kinds_size(), 3);
  EXPECT_EQ(all.kinds(0).name(), "person");
  EXPECT_EQ(all.kinds(1).name(), "lab");
  EXPECT_TRUE(all.kinds(1).abstract());
  EXPECT_EQ(all.kinds(2).name(), "team");
  EXPECT_EQ(all.predicates_size(), 1);
  EXPECT_EQ(all.qualifiers_size(), 1);
}

TEST(DefinesTest, LooksAtTypeAndName) {
  v1::Schema schema;
  schema.add_kinds()->set_name("lab");
  schema.add_predicates()->set_name("part_of");
  schema.add_qualifiers()->set_name("weight");
  EXPECT_TRUE(Defines(schema, "kind", "lab"));
  EXPECT_TRUE(Defines(schema, "predicate", "part_of"));
  EXPECT_TRUE(Defines(schema, "qualifier", "weight"));
  EXPECT_FALSE(Defines(schema, "kind", "part_of"));
}

}  // namespace
}  // namespace labgraph::seed
