#include "server/rpc/cancel_at.h"

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace labgraph::rpc {

struct CancelAt::Target {
  explicit Target(grpc::ServerContextBase* call) : context(call) {}

  absl::Mutex mu;
  grpc::ServerContextBase* context ABSL_GUARDED_BY(mu);  // null when it is too late
};

CancelAt::CancelAt(grpc::ServerContextBase* context, absl::Time when)
    : target_(std::make_shared<Target>(context)) {
  alarm_.Set(absl::ToChronoTime(when), [target = target_](bool expired) {
    absl::MutexLock lock(&target->mu);
    if (expired && target->context != nullptr) target->context->TryCancel();
  });
}

CancelAt::~CancelAt() {
  absl::MutexLock lock(&target_->mu);
  target_->context = nullptr;
}

}  // namespace labgraph::rpc
