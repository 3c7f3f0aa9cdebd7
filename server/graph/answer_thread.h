#ifndef LABGRAPH_SERVER_GRAPH_ANSWER_THREAD_H_
#define LABGRAPH_SERVER_GRAPH_ANSWER_THREAD_H_

#include <deque>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/functional/any_invocable.h"
#include "absl/synchronization/mutex.h"

namespace labgraph::graph {

// Calls what it is given, in order, on a thread of its own: answers of a group of commits
// go out while the next group is being written. Thread-safe.
class AnswerThread {
 public:
  using Answers = absl::AnyInvocable<void()>;

  AnswerThread();
  // Gives all answers first.
  ~AnswerThread();
  AnswerThread(const AnswerThread&) = delete;
  AnswerThread& operator=(const AnswerThread&) = delete;

  void Give(Answers answers) ABSL_LOCKS_EXCLUDED(mu_);

 private:
  void Work() ABSL_LOCKS_EXCLUDED(mu_);

  absl::Mutex mu_;
  absl::CondVar changed_;
  std::deque<Answers> queue_ ABSL_GUARDED_BY(mu_);
  bool over_ ABSL_GUARDED_BY(mu_) = false;
  std::thread thread_;  // last: it uses all else
};

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_ANSWER_THREAD_H_
