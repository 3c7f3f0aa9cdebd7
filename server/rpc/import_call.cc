#include "server/rpc/import_call.h"

#include <pthread.h>

#include <utility>

#include "absl/types/span.h"
#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/rpc/call.h"

namespace labgraph::rpc {

ImportCall* ImportCall::Start(graph::Graph* graph, std::atomic<uint64_t>* running) {
  return new ImportCall(graph, running);
}

ImportCall::ImportCall(graph::Graph* graph, std::atomic<uint64_t>* running)
    : graph_(graph), running_(running) {
  {
    absl::MutexLock lock(&mu_);
    ReadOn();
  }
  thread_ = std::thread([this] { Run(); });
}

void ImportCall::ReadOn() {
  if (reading_ || ended_ || waiting_bytes_ >= kReadAheadBytes ||
      waiting_mutations_ >= kReadAheadMutations) {
    return;
  }
  reading_ = true;
  StartRead(&read_);
}

void ImportCall::OnReadDone(bool ok) {
  absl::MutexLock lock(&mu_);
  reading_ = false;
  if (!ok) {
    ended_ = true;
    return;
  }
  waiting_bytes_ += read_.ByteSizeLong();
  waiting_mutations_ += static_cast<size_t>(read_.mutations_size());
  waiting_.push_back(std::exchange(read_, v1::ImportRequest()));
  ReadOn();
}

void ImportCall::OnWriteDone(bool ok) {
  absl::MutexLock lock(&mu_);
  written_ = ok;
}

void ImportCall::OnCancel() {
  absl::MutexLock lock(&mu_);
  cancelled_ = true;
}

void ImportCall::OnDone() {
  thread_.join();
  delete this;
}

void ImportCall::Run() {
  ::pthread_setname_np(::pthread_self(), "import");
  const grpc::Status status = Conclude("Import", CommitAll());
  --*running_;
  Finish(status);
}

absl::Status ImportCall::CommitAll() {
  while (true) {
    std::vector<v1::ImportRequest> parts = Take();
    {
      absl::MutexLock lock(&mu_);
      if (cancelled_) return errors::Cancelled();
    }
    if (parts.empty()) return absl::OkStatus();
    std::vector<v1::ImportResponse> answers;
    const absl::Status status = graph_->Import(absl::MakeSpan(parts), &answers);
    for (v1::ImportResponse& answer : answers) {
      answer.set_parts(++parts_);
      RETURN_IF_ERROR(Answer(answer));
    }
    RETURN_IF_ERROR(status);
  }
}

std::vector<v1::ImportRequest> ImportCall::Take() {
  absl::MutexLock lock(&mu_);
  const auto ready = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
    return !waiting_.empty() || ended_ || cancelled_;
  };
  mu_.Await(absl::Condition(&ready));
  std::vector<v1::ImportRequest> parts = std::exchange(waiting_, {});
  waiting_bytes_ = 0;
  waiting_mutations_ = 0;
  ReadOn();
  return parts;
}

absl::Status ImportCall::Answer(const v1::ImportResponse& response) {
  {
    absl::MutexLock lock(&mu_);
    written_.reset();
  }
  StartWrite(&response);
  absl::MutexLock lock(&mu_);
  const auto sent = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
    return written_.has_value();
  };
  mu_.Await(absl::Condition(&sent));
  return *written_ ? absl::OkStatus() : errors::Cancelled();
}

}  // namespace labgraph::rpc
