#include "server/graph/answer_thread.h"

#include <utility>

namespace labgraph::graph {

AnswerThread::AnswerThread() : thread_([this] { Work(); }) {}

AnswerThread::~AnswerThread() {
  {
    absl::MutexLock lock(&mu_);
    over_ = true;
    changed_.Signal();
  }
  thread_.join();
}

void AnswerThread::Give(Answers answers) {
  absl::MutexLock lock(&mu_);
  if (queue_.empty()) changed_.Signal();
  queue_.push_back(std::move(answers));
}

void AnswerThread::Work() {
  while (true) {
    Answers answers;
    {
      absl::MutexLock lock(&mu_);
      while (queue_.empty() && !over_) changed_.Wait(&mu_);
      if (queue_.empty()) return;
      answers = std::move(queue_.front());
      queue_.pop_front();
    }
    answers();
  }
}

}  // namespace labgraph::graph
