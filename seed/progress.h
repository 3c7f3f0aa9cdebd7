#ifndef LABGRAPH_SEED_PROGRESS_H_
#define LABGRAPH_SEED_PROGRESS_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "labgraph/retry_policy.h"
#include "seed/console.h"

namespace labgraph::seed {

// How far a bulk load has come.
struct ProgressState {
  uint64_t bytes_done = 0;
  uint64_t bytes_total = 0;
  // Mutations committed.
  uint64_t mutations = 0;
  absl::Duration elapsed;
  // Bytes that were done before, in no part of that time.
  uint64_t bytes_before = 0;
};

// "12,345" for 12345.
std::string Grouped(uint64_t number);
// "routes.jsonl [########............]  40%  12,345/s  0:42 left", for a terminal. The
// time left is "-:--" until it can be told.
std::string FormatBar(absl::string_view name, const ProgressState& state);
// "routes.jsonl: 40%, 493,800 written, 12,345/s, 0:42 left", for a log.
std::string FormatLine(absl::string_view name, const ProgressState& state);

// Shows how far a load has come, not more often than is of use: ten times a second on
// a terminal, every five seconds elsewhere. Not thread-safe.
class ProgressDisplay {
 public:
  // `console` and `clock` must outlive it. Time runs from now.
  ProgressDisplay(std::string name, uint64_t bytes_total, Console* console,
                  client::Clock* clock);

  // Says that this much was done before: rate and time left are of what follows.
  void Begin(uint64_t bytes_done);
  void Update(uint64_t bytes_done, uint64_t mutations);

 private:
  const std::string name_;
  Console* const console_;
  client::Clock* const clock_;
  absl::Time start_;
  absl::Time last_shown_;
  ProgressState state_;
};

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_PROGRESS_H_
