#ifndef LABGRAPH_SEED_STOP_FLAG_H_
#define LABGRAPH_SEED_STOP_FLAG_H_

#include <atomic>

namespace labgraph::seed {

// Set when the user wants the program to end; looked at between requests. Thread-safe and
// safe to set in a signal handler.
using StopFlag = std::atomic<bool>;

// Lets the first SIGINT or SIGTERM set the flag returned, and the second end the program
// at once. To be called once.
const StopFlag& StopOnSignals();

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_STOP_FLAG_H_
