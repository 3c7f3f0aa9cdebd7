#include "server/rpc/import_call.h"

#include <pthread.h>

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "grpcpp/grpcpp.h"
#include "labgraph/v1/editor_service.grpc.pb.h"
#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/rpc/call.h"

namespace labgraph::rpc {
namespace {

// The error for a part that could be read up to `part`: the field at fault is the one
// that was read last.
absl::Status Unreadable(const v1::ImportRequest& part) {
  std::string field = "mutations";
  if (!part.actor().empty()) {
    field = "actor";
  } else if (part.has_checkpoint()) {
    field = "checkpoint";
  } else if (!part.message().empty()) {
    field = "message";
  } else if (part.mutations_size() > 0) {
    field = absl::StrCat("mutations[", part.mutations_size() - 1, "]");
  }
  return errors::FieldInvalid(
      field,
      "This part cannot be read: a text in it is not UTF-8, lists or objects are nested "
      "too deeply, or it is no ImportRequest. What was answered is committed; correct "
      "the "
      "part and go on with it.");
}

absl::Status Idle(absl::Duration idle) {
  return errors::Busy(absl::StrCat(
      "No part came for ", absl::FormatDuration(idle),
      ", and the import's place is for others now. What was answered is committed; call "
      "again and go on from there."));
}

}  // namespace

ImportCall* ImportCall::Start(grpc::CallbackServerContext* context, graph::Graph* graph,
                              std::atomic<uint64_t>* running, absl::Duration idle) {
  return new ImportCall(context, graph, running, idle);
}

ImportCall::ImportCall(grpc::CallbackServerContext* context, graph::Graph* graph,
                       std::atomic<uint64_t>* running, absl::Duration idle)
    : context_(context), graph_(graph), running_(running), idle_(idle) {
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
  const size_t bytes = ok ? read_.Length() : 0;
  v1::ImportRequest part;
  absl::Status readable = CheckRequestBytes(bytes);
  if (ok && readable.ok() &&
      !grpc::SerializationTraits<v1::ImportRequest>::Deserialize(&read_, &part).ok()) {
    readable = Unreadable(part);
  }
  absl::MutexLock lock(&mu_);
  reading_ = false;
  if (!ok || !readable.ok()) {
    ended_ = true;
    unreadable_ = readable;
    return;
  }
  waiting_bytes_ += bytes;
  waiting_mutations_ += static_cast<size_t>(part.mutations_size());
  waiting_.push_back(std::move(part));
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
    ASSIGN_OR_RETURN(std::vector<v1::ImportRequest> parts, Take());
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

absl::StatusOr<std::vector<v1::ImportRequest>> ImportCall::Take() {
  absl::MutexLock lock(&mu_);
  const auto ready = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
    return !waiting_.empty() || ended_ || cancelled_;
  };
  if (!mu_.AwaitWithTimeout(absl::Condition(&ready), idle_)) return Idle(idle_);
  if (cancelled_) return errors::Cancelled();
  if (waiting_.empty() && !unreadable_.ok()) return unreadable_;
  std::vector<v1::ImportRequest> parts = std::exchange(waiting_, {});
  waiting_bytes_ = 0;
  waiting_mutations_ = 0;
  ReadOn();
  return parts;
}

absl::Status ImportCall::Answer(const v1::ImportResponse& response) {
  const grpc::Slice bytes(response.SerializeAsString());
  const grpc::ByteBuffer buffer(&bytes, 1);
  {
    absl::MutexLock lock(&mu_);
    written_.reset();
  }
  StartWrite(&buffer);
  absl::MutexLock lock(&mu_);
  const auto sent = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
    return written_.has_value();
  };
  if (!mu_.AwaitWithTimeout(absl::Condition(&sent), idle_)) {
    context_->TryCancel();  // makes the write fail
    mu_.Await(absl::Condition(&sent));
  }
  return *written_ ? absl::OkStatus() : errors::Cancelled();
}

}  // namespace labgraph::rpc
