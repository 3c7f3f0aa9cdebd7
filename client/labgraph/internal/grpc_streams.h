#ifndef LABGRAPH_INTERNAL_GRPC_STREAMS_H_
#define LABGRAPH_INTERNAL_GRPC_STREAMS_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "grpcpp/client_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/slice.h"
#include "grpcpp/support/sync_stream.h"
#include "labgraph/connection.h"
#include "labgraph/internal/retry_loop.h"
#include "labgraph/internal/status_conversion.h"

namespace labgraph::client::internal {

// The reading half that server streams and imports share. `Stream` is the
// gRPC stream; `Base` is the interface to implement.
template <typename Response, typename Stream, typename Base = StreamReader<Response>>
class GrpcStreamReader : public Base {
 public:
  GrpcStreamReader(std::unique_ptr<grpc::ClientContext> context,
                   std::unique_ptr<Stream> stream)
      : context_(std::move(context)), stream_(std::move(stream)) {}

  ~GrpcStreamReader() override {
    if (end_.has_value()) return;
    context_->TryCancel();
    stream_->Finish();
  }

  absl::StatusOr<absl::optional<Response>> Read() override {
    if (!end_.has_value()) {
      Response response;
      if (stream_->Read(&response)) return absl::make_optional(std::move(response));
      end_ = FromGrpc(stream_->Finish());
    }
    if (!end_->ok()) return *end_;
    return absl::optional<Response>();
  }

 protected:
  bool ended() const { return end_.has_value(); }
  Stream& stream() { return *stream_; }

 private:
  const std::unique_ptr<grpc::ClientContext> context_;
  const std::unique_ptr<Stream> stream_;
  absl::optional<absl::Status> end_;
};

// Sends buffers, so that parts that are encoded already need no message.
class GrpcImportStream final
    : public GrpcStreamReader<
          v1::ImportResponse,
          grpc::ClientReaderWriter<grpc::ByteBuffer, v1::ImportResponse>, ImportStream> {
 public:
  using GrpcStreamReader::GrpcStreamReader;

  bool Write(const v1::ImportRequest& part) override {
    return WriteEncoded(part.SerializeAsString());
  }
  bool WriteEncoded(std::string part) override {
    return !ended() && stream().Write(ToBuffer(std::move(part)));
  }
  void WritesDone() override {
    if (!ended()) stream().WritesDone();
  }

 private:
  // A buffer that owns the bytes without having copied them.
  static grpc::ByteBuffer ToBuffer(std::string bytes) {
    auto* owned = new std::string(std::move(bytes));
    const grpc::Slice slice(
        owned->data(), owned->size(),
        [](void* text) { delete static_cast<std::string*>(text); }, owned);
    return grpc::ByteBuffer(&slice, 1);
  }
};

// Calls when the first message is wanted, so that Cancel works from the beginning: making
// the call can wait for a connection.
class GrpcWatchStream final : public WatchStream {
 public:
  using Stream = grpc::ClientReader<v1::WatchResponse>;
  using Open = std::function<std::unique_ptr<Stream>(grpc::ClientContext*)>;

  GrpcWatchStream(std::unique_ptr<grpc::ClientContext> context, Open open)
      : context_(context.get()), unused_(std::move(context)), open_(std::move(open)) {}

  absl::StatusOr<absl::optional<v1::WatchResponse>> Read() override {
    if (reader_ == nullptr) {
      std::unique_ptr<Stream> stream = open_(context_);
      reader_ = std::make_unique<GrpcStreamReader<v1::WatchResponse, Stream>>(
          std::move(unused_), std::move(stream));
    }
    return reader_->Read();
  }
  void Cancel() override { context_->TryCancel(); }

 private:
  grpc::ClientContext* const context_;  // of unused_, later of reader_
  std::unique_ptr<grpc::ClientContext> unused_;
  const Open open_;
  std::unique_ptr<StreamReader<v1::WatchResponse>> reader_;
};

// Opens the stream again after an error, as long as the caller has seen nothing of it.
template <typename Response>
class RetryingReader final : public StreamReader<Response> {
 public:
  // Makes one attempt, which may take the duration given.
  using Open = std::function<std::unique_ptr<StreamReader<Response>>(absl::Duration)>;

  RetryingReader(std::unique_ptr<RetryLoop> loop, Open open)
      : loop_(std::move(loop)),
        open_(std::move(open)),
        reader_(open_(loop_->Remaining())) {}

  absl::StatusOr<absl::optional<Response>> Read() override {
    while (true) {
      absl::StatusOr<absl::optional<Response>> message = reader_->Read();
      if (settled_ || message.ok() || !loop_->WaitToRetry(message.status())) {
        settled_ = true;
        return message;
      }
      reader_ = open_(loop_->Remaining());
    }
  }

 private:
  const std::unique_ptr<RetryLoop> loop_;
  const Open open_;
  std::unique_ptr<StreamReader<Response>> reader_;
  bool settled_ = false;  // something was given to the caller
};

}  // namespace labgraph::client::internal

#endif  // LABGRAPH_INTERNAL_GRPC_STREAMS_H_
