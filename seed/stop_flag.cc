#include "seed/stop_flag.h"

#include <csignal>

namespace labgraph::seed {
namespace {

StopFlag stop{false};
static_assert(StopFlag::is_always_lock_free, "set in a signal handler");

void HandleSignal(int) { stop = true; }

}  // namespace

const StopFlag& StopOnSignals() {
  for (int signal : {SIGINT, SIGTERM}) {
    struct sigaction action = {};
    action.sa_handler = HandleSignal;
    action.sa_flags = SA_RESETHAND | SA_RESTART;
    sigaction(signal, &action, nullptr);
  }
  return stop;
}

}  // namespace labgraph::seed
