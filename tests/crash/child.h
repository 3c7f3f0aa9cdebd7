#ifndef LABGRAPH_TESTS_CRASH_CHILD_H_
#define LABGRAPH_TESTS_CRASH_CHILD_H_

#include <string>

#include "tests/crash/journal.h"

namespace labgraph::crash {

// What a process of its own does with the store of a test, before it ends by itself or is
// made to.
struct Task {
  std::string directory;   // with "store" and "backups" in it
  std::string prefix;      // of the names of its writes
  std::string failpoints;  // as LABGRAPH_FAILPOINTS has them
};

// Runs the task in a new process: opens the store, writes, makes a backup, restores it
// into "restored", purges, and closes the store. Notes in `journal` what it says that it
// tried and got acknowledged. The exit code: 0 where all went well, 1 where a step
// failed, 137 where a failpoint ended it.
int RunInChild(const Task& task, Journal& journal);

}  // namespace labgraph::crash

#endif  // LABGRAPH_TESTS_CRASH_CHILD_H_
