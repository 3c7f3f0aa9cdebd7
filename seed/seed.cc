#include "seed/seed.h"

#include <algorithm>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "seed/bulk_loader.h"
#include "seed/check_runner.h"
#include "seed/dry_run.h"
#include "seed/fixture_loader.h"
#include "seed/inputs.h"

namespace labgraph::seed {
namespace {

int DefaultThreads() {
  // 0 where that cannot be told.
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

ExitCode LoadAll(const std::vector<Input>& inputs, const LoadContext& context,
                 client::Clock* clock) {
  FixtureLoader loader(context);
  for (const Input& input : inputs) {
    ExitCode code = input.fixture != nullptr ? loader.Load(*input.fixture)
                                             : LoadBulkFile(*input.bulk, context, clock);
    if (code != kOk) return code;
  }
  return kOk;
}

ExitCode Write(const Options& options, const std::vector<Input>& inputs,
               LoadContext context, client::Clock* clock) {
  absl::StatusOr<WriteLimits> limits =
      FetchWriteLimits(*context.connection, options.batch);
  if (!limits.ok()) return FailWith(limits.status(), context.console);
  context.limits = *limits;
  context.message = options.message;
  return options.dry_run ? DryRun(inputs, context) : LoadAll(inputs, context, clock);
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
    console->Error(absl::StrCat(problems.size(),
                                problems.size() == 1 ? " problem" : " problems",
                                "; nothing was written"));
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
