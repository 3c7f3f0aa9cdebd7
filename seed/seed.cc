#include "seed/seed.h"

#include <algorithm>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "seed/bulk/parallel_reader.h"
#include "seed/bulk_loader.h"
#include "seed/check_runner.h"
#include "seed/dry_run.h"
#include "seed/fixture_loader.h"
#include "seed/inputs.h"
#include "seed/validate_ahead.h"

namespace labgraph::seed {
namespace {

int DefaultThreads() {
  // 0 where that cannot be told.
  return std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1,
                    kMaxReaderThreads);
}

ExitCode LoadAll(const std::vector<Input>& inputs, const LoadContext& context,
                 client::Clock* clock) {
  FixtureLoader loader(context);
  size_t validated = 0;
  for (size_t i = 0; i < inputs.size(); ++i) {
    if (i >= validated) {
      ExitCode code = ValidateAhead(inputs, i, context, &validated);
      if (code != kOk) return code;
      validated = std::max(validated, i + 1);
    }
    const Input& input = inputs[i];
    ExitCode code = input.fixture != nullptr ? loader.Load(*input.fixture)
                                             : LoadBulkFile(*input.bulk, context, clock);
    if (code != kOk) return code;
  }
  return kOk;
}

// "2 problems; nothing was written".
void PrintSummary(bool written, Console* console) {
  const size_t count = console->problem_count();
  console->Error(
      absl::StrCat(count, count == 1 ? " problem; " : " problems; ",
                   written ? "what was written before stays" : "nothing was written"));
}

ExitCode Write(const Options& options, const std::vector<Input>& inputs,
               LoadContext context, client::Clock* clock) {
  absl::StatusOr<WriteLimits> limits =
      FetchWriteLimits(*context.connection, options.batch);
  if (!limits.ok()) return FailWith(limits.status(), context.console);
  context.limits = *limits;
  context.message = options.message;
  if (options.dry_run) return DryRun(inputs, context);
  bool written = false;
  context.written = &written;
  const ExitCode code = LoadAll(inputs, context, clock);
  if (code == kProblems) PrintSummary(written, context.console);
  return code;
}

}  // namespace

ExitCode Seed(const Options& options, std::shared_ptr<client::Connection> connection,
              Console* console, client::Clock* clock, const StopFlag& stop) {
  Problems problems;
  const int threads = options.threads > 0 ? options.threads : DefaultThreads();
  const std::vector<Input> inputs = ReadInputs(options.inputs, threads, stop, &problems);
  console->Report(problems);
  ExitCode code = kOk;
  if (stop) {
    code = kInterrupted;
  } else if (!problems.empty()) {
    PrintSummary(/*written=*/false, console);
    return kProblems;
  }
  if (code == kOk && options.load) {
    LoadContext context;
    context.connection = connection;
    context.threads = threads;
    context.console = console;
    context.stop = &stop;
    code = Write(options, inputs, std::move(context), clock);
  }
  if (code == kOk && options.check && !options.dry_run) {
    code = RunChecks(inputs, connection, console, stop);
  }
  if (code == kInterrupted) console->Error("interrupted");
  return code;
}

}  // namespace labgraph::seed
