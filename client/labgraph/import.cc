#include "labgraph/import.h"

#include <algorithm>
#include <utility>

#include "labgraph/error.h"

namespace labgraph::client {
namespace {

constexpr int kMostInFlight = 16;

void Add(const v1::ImportResponse& part, ImportTotals& totals) {
  ++totals.parts;
  totals.revision = part.revision();
  totals.created += part.created();
  totals.updated += part.updated();
  totals.unchanged += part.unchanged();
  totals.retracted += part.retracted();
}

absl::Status WrongNumberOfAnswers() {
  return MakeError(v1::ERROR_REASON_INTERNAL, "",
                   "The server did not answer every part of the import just once.");
}

}  // namespace

ImportSession::ImportSession(std::shared_ptr<Connection> connection,
                             ImportOptions options)
    : connection_(std::move(connection)),
      options_(std::move(options)),
      stream_(connection_->Import()) {
  options_.max_in_flight = std::clamp(options_.max_in_flight, 1, kMostInFlight);
}

ImportSession::~ImportSession() = default;

absl::Status ImportSession::Send(const v1::ImportRequest& part) {
  return SendBy([&] { return stream_->Write(part); });
}

absl::Status ImportSession::SendEncoded(std::string part) {
  return SendBy([&] { return stream_->WriteEncoded(std::move(part)); });
}

absl::Status ImportSession::SendBy(absl::FunctionRef<bool()> write) {
  if (finished_ && status_.ok()) {
    return absl::FailedPreconditionError("The import is finished; begin another one.");
  }
  while (status_.ok() &&
         sent_ - committed_.parts >= static_cast<uint64_t>(options_.max_in_flight)) {
    AwaitAnswer();
  }
  if (!status_.ok()) return status_;
  if (write()) {
    ++sent_;
  } else {
    AwaitError();
  }
  return status_;
}

absl::StatusOr<uint64_t> ImportSession::FindCheckpoint(absl::string_view name) {
  if (!status_.ok()) return status_;
  v1::ImportRequest question;
  question.mutable_checkpoint()->set_name(std::string(name));
  if (!stream_->Write(question)) {
    AwaitError();
    return status_;
  }
  // A question is no part, so its answer is not added up.
  const v1::ImportResponse answer = ReadAnswer();
  if (!status_.ok()) return status_;
  return answer.checkpoint();
}

absl::StatusOr<ImportTotals> ImportSession::Finish() {
  if (!finished_ && status_.ok()) {
    stream_->WritesDone();
    while (status_.ok() && committed_.parts < sent_) AwaitAnswer();
    if (status_.ok()) AwaitEnd();
  }
  finished_ = true;
  if (!status_.ok()) return status_;
  return committed_;
}

v1::ImportResponse ImportSession::ReadAnswer() {
  absl::StatusOr<absl::optional<v1::ImportResponse>> answer = stream_->Read();
  if (!answer.ok()) {
    status_ = answer.status();
  } else if (!answer->has_value()) {
    status_ = WrongNumberOfAnswers();
  } else {
    return **std::move(answer);
  }
  return {};
}

void ImportSession::AwaitAnswer() {
  const v1::ImportResponse answer = ReadAnswer();
  if (!status_.ok()) return;
  Add(answer, committed_);
  if (options_.on_progress) options_.on_progress(committed_);
}

void ImportSession::AwaitError() {
  while (status_.ok()) AwaitAnswer();
}

void ImportSession::AwaitEnd() {
  absl::StatusOr<absl::optional<v1::ImportResponse>> end = stream_->Read();
  if (!end.ok()) {
    status_ = end.status();
  } else if (end->has_value()) {
    status_ = WrongNumberOfAnswers();
  }
}

}  // namespace labgraph::client
