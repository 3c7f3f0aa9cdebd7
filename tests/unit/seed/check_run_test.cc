// Evaluating the checks of fixtures with the whole program.

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "labgraph/error.h"
#include "seed_fixture.h"

namespace labgraph::seed {
namespace {

using ::testing::HasSubstr;

class CheckRunTest : public SeedTest {
 protected:
  CheckRunTest() {
    store_.connection()->get_entity = [this](const v1::GetEntityRequest& request)
        -> absl::StatusOr<v1::GetEntityResponse> {
      if (!store_.Has(request.id())) {
        return client::MakeError(v1::ERROR_REASON_ENTITY_NOT_FOUND, "id",
                                 "No such entity.");
      }
      v1::GetEntityResponse response;
      response.mutable_entity()->set_id(request.id());
      return response;
    };
  }

  ExitCode Check(std::vector<std::string> inputs, bool load = true) {
    Options options;
    options.inputs = std::move(inputs);
    options.check = true;
    options.load = load;
    return Run(options);
  }
};

constexpr char kFixture[] =
    "name: labs\n"
    "entities: [{id: lab/exit}]\n"
    "checks:\n"
    "  - name: Exit exists\n"
    "    entity: {id: lab/exit}\n"
    "  - name: Nobody is a lab\n"
    "    entity: {id: lab/nobody, absent: true}\n";

TEST_F(CheckRunTest, AllHoldAfterLoading) {
  EXPECT_EQ(Check({Write("a.yaml", kFixture)}), kOk);
  EXPECT_THAT(out(), HasSubstr("\n2 checks: 2 passed\n"));
  EXPECT_EQ(err(), "");
}

TEST_F(CheckRunTest, WithoutLoadingOnlyTheChecksAreEvaluated) {
  EXPECT_EQ(Check({Write("a.yaml", kFixture)}, /*load=*/false), kProblems);
  EXPECT_EQ(out(), "2 checks: 1 passed, 1 failed\n");
  EXPECT_EQ(
      err(),
      "a.yaml:4:5: \"Exit exists\" fails: expected the entity lab/exit; found no such "
      "entity\n");
  EXPECT_TRUE(store_.commits.empty());
}

TEST_F(CheckRunTest, AllFilesAreLoadedBeforeAnyCheck) {
  EXPECT_EQ(
      Check({Write("1.yaml", "name: a\nchecks: [{name: c, entity: {id: lab/exit}}]\n"),
             Write("2.yaml", kFixture)}),
      kOk);
  EXPECT_THAT(out(), HasSubstr("3 checks: 3 passed\n"));
}

TEST_F(CheckRunTest, AFileThatIsRefusedIsNotChecked) {
  store_.refused = {{"lab/exit", "id"}};
  EXPECT_EQ(Check({Write("a.yaml", kFixture)}), kProblems);
  EXPECT_THAT(out(), ::testing::Not(HasSubstr("checks:")));
}

TEST_F(CheckRunTest, AServerThatIsNotThereIsAnErrorOfItsOwn) {
  store_.connection()->get_entity =
      [](const v1::GetEntityRequest&) -> absl::StatusOr<v1::GetEntityResponse> {
    return absl::UnavailableError("gone");
  };
  EXPECT_EQ(Check({Write("a.yaml", kFixture)}, /*load=*/false), kFailed);
  EXPECT_THAT(err(), ::testing::StartsWith("labgraph-seed: UNAVAILABLE: gone\n"));
}

}  // namespace
}  // namespace labgraph::seed
