#ifndef LABGRAPH_SEED_EXIT_CODE_H_
#define LABGRAPH_SEED_EXIT_CODE_H_

namespace labgraph::seed {

// What the program tells its caller; --help explains them.
enum ExitCode : int {
  kOk = 0,
  // Something is wrong with an input, or a check failed.
  kProblems = 1,
  // The command line makes no sense.
  kUsage = 2,
  // The server cannot be reached, or failed for a reason that is not the input's.
  kFailed = 3,
  // All is done, but what was to be said of it could not be written.
  kNoOutput = 4,
  // Ctrl-C, as shells have it.
  kInterrupted = 130,
};

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_EXIT_CODE_H_
