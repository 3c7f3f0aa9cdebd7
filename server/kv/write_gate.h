#ifndef LABGRAPH_SERVER_KV_WRITE_GATE_H_
#define LABGRAPH_SERVER_KV_WRITE_GATE_H_

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace labgraph::kv {

// Lets writes pass side by side, or none while it is closed. Other than a lock it may be
// closed by one thread and opened by another. Thread-safe.
class WriteGate {
 public:
  // While it lives, a write is inside.
  class Pass {
   public:
    // Waits while the gate is closed.
    explicit Pass(WriteGate* gate) : gate_(gate) {
      absl::MutexLock lock(&gate_->mu_);
      gate_->mu_.Await(absl::Condition(
          +[](bool* closed) { return !*closed; }, &gate_->closed_));
      ++gate_->inside_;
    }
    ~Pass() {
      absl::MutexLock lock(&gate_->mu_);
      --gate_->inside_;
    }
    Pass(const Pass&) = delete;
    Pass& operator=(const Pass&) = delete;

   private:
    WriteGate* const gate_;
  };

  // Returns when no write is inside. REQUIRES: it is open, and the caller is not inside.
  void Close() {
    absl::MutexLock lock(&mu_);
    closed_ = true;
    mu_.Await(absl::Condition(
        +[](int* inside) { return *inside == 0; }, &inside_));
  }
  // Does nothing where it is open.
  void Open() {
    absl::MutexLock lock(&mu_);
    closed_ = false;
  }

 private:
  absl::Mutex mu_;
  bool closed_ ABSL_GUARDED_BY(mu_) = false;
  int inside_ ABSL_GUARDED_BY(mu_) = 0;
};

}  // namespace labgraph::kv

#endif  // LABGRAPH_SERVER_KV_WRITE_GATE_H_
