#include "seed/check_runner.h"

#include "absl/strings/str_cat.h"
#include "seed/checks/checks.h"
#include "seed/load_context.h"

namespace labgraph::seed {
namespace {

Problem ToProblem(const FixtureFile& file, int index, const Failure& failure) {
  return Problem{
      file.file, file.source_map.Find(absl::StrCat("checks[", index, "]")),
      absl::StrCat("\"", file.fixture.checks(index).name(), "\" fails: expected ",
                   failure.expected, "; found ", failure.found)};
}

}  // namespace

ExitCode RunChecks(const std::vector<Input>& inputs,
                   const std::shared_ptr<client::Connection>& connection,
                   Console* console, const StopFlag& stop) {
  int passed = 0;
  int failed = 0;
  for (const Input& input : inputs) {
    if (input.fixture == nullptr) continue;
    const Fixture& fixture = input.fixture->fixture;
    for (int i = 0; i < fixture.checks_size(); ++i) {
      if (stop) return kInterrupted;
      Verdict verdict = EvaluateCheck(fixture.checks(i), connection);
      if (!verdict.ok()) return FailWith(verdict.status(), console);
      if (verdict->has_value())
        console->Report({ToProblem(*input.fixture, i, **verdict)});
      ++(verdict->has_value() ? failed : passed);
    }
  }
  std::string summary =
      absl::StrCat(passed + failed,
                   passed + failed == 1 ? " check: " : " checks: ", passed, " passed");
  if (failed > 0) absl::StrAppend(&summary, ", ", failed, " failed");
  console->Print(summary, failed > 0 ? Color::kRed : Color::kGreen);
  return failed > 0 ? kProblems : kOk;
}

}  // namespace labgraph::seed
