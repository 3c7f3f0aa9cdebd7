#ifndef LABGRAPH_INTERNAL_STREAM_ROWS_H_
#define LABGRAPH_INTERNAL_STREAM_ROWS_H_

#include <functional>
#include <memory>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "google/protobuf/repeated_field.h"
#include "labgraph/connection.h"
#include "labgraph/error.h"
#include "labgraph/summary_range.h"

namespace labgraph::client::internal {

// The rows of a stream whose messages carry many of them and whose last message carries a
// summary. Not thread-safe.
template <typename Row, typename Summary, typename Response>
class StreamRows {
 public:
  // Starts the call; an error stands for a request that cannot be sent.
  using Open = std::function<absl::StatusOr<std::unique_ptr<StreamReader<Response>>>()>;
  using RowsOf = google::protobuf::RepeatedPtrField<Row>* (Response::*)();

  // The end of the stream fills `summary`.
  StreamRows(Open open, RowsOf rows_of, std::shared_ptr<absl::StatusOr<Summary>> summary)
      : open_(std::move(open)), rows_of_(rows_of), summary_(std::move(summary)) {}

  absl::optional<absl::StatusOr<Row>> Next() {
    while (next_ == (message_.*rows_of_)()->size()) {
      absl::StatusOr<bool> more = ReadMessage();
      if (!more.ok()) {
        *summary_ = more.status();
        return absl::StatusOr<Row>(more.status());
      }
      if (!*more) return absl::nullopt;
    }
    return absl::StatusOr<Row>(std::move(*(message_.*rows_of_)()->Mutable(next_++)));
  }

 private:
  // False at the end of a whole answer.
  absl::StatusOr<bool> ReadMessage() {
    if (reader_ == nullptr) {
      auto reader = open_();
      if (!reader.ok()) return reader.status();
      reader_ = *std::move(reader);
    }
    absl::StatusOr<absl::optional<Response>> message = reader_->Read();
    if (!message.ok()) return message.status();
    if (!message->has_value()) {
      if (summary_->ok()) return false;
      return MakeError(v1::ERROR_REASON_INTERNAL, "",
                       "The answer ended without its summary, so it may not be whole.");
    }
    message_ = **std::move(message);
    next_ = 0;
    if (message_.has_summary()) *summary_ = message_.summary();
    return true;
  }

  Open open_;
  RowsOf rows_of_;
  std::shared_ptr<absl::StatusOr<Summary>> summary_;
  std::unique_ptr<StreamReader<Response>> reader_;
  Response message_;
  int next_ = 0;  // row of message_
};

// The range over `call(*connection, *request)`, or over the error that `request` is.
template <typename Row, typename Summary, typename Request, typename Response>
SummaryRange<Row, Summary> StreamedRange(
    std::shared_ptr<Connection> connection, absl::StatusOr<Request> request,
    std::unique_ptr<StreamReader<Response>> (Connection::*call)(const Request&),
    google::protobuf::RepeatedPtrField<Row>* (Response::*rows_of)()) {
  using Rows = StreamRows<Row, Summary, Response>;
  auto open = [connection = std::move(connection), request = std::move(request),
               call]() -> absl::StatusOr<std::unique_ptr<StreamReader<Response>>> {
    if (!request.ok()) return request.status();
    return ((*connection).*call)(*request);
  };
  auto summary = std::make_shared<absl::StatusOr<Summary>>();
  Rows rows(std::move(open), rows_of, summary);
  return SummaryRange<Row, Summary>(
      [rows = std::move(rows)]() mutable { return rows.Next(); }, summary);
}

}  // namespace labgraph::client::internal

#endif  // LABGRAPH_INTERNAL_STREAM_ROWS_H_
