#ifndef LABGRAPH_BENCH_LOAD_H_
#define LABGRAPH_BENCH_LOAD_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "google/protobuf/message_lite.h"
#include "grpcpp/channel.h"
#include "grpcpp/support/byte_buffer.h"

namespace labgraph::bench {

// Calls over gRPC as bytes: the same client, at the same cost, for whatever is called,
// and nothing but the server's work differs.

// A message in its encoded form.
grpc::ByteBuffer Encode(const google::protobuf::MessageLite& message);
// False where the bytes are of no such message.
bool Decode(const grpc::ByteBuffer& bytes, google::protobuf::MessageLite* message);

// Makes calls of one method that has one answer. A call that fails ends the program. Not
// thread-safe.
class Caller {
 public:
  // The i-th request that is sent; called by several threads at once.
  using Requests = std::function<grpc::ByteBuffer(uint64_t i)>;

  // `method`: full name, for example "/labgraph.v1.GraphService/GetEntity".
  Caller(const std::string& address, std::string method, Requests requests);

  // One call.
  grpc::ByteBuffer Call();
  // Makes `calls` calls, `in_flight` of them at a time (closed loop); gives `calls`.
  uint64_t Run(uint64_t calls, int in_flight);
  // Starts calls at a fixed rate, however long they take (open loop). Gives how long each
  // took from the moment at which it should have been sent, ascending.
  std::vector<absl::Duration> RunAtRate(double calls_per_second, absl::Duration time);

 private:
  static constexpr int kChannels = 2;

  // Keeps `in_flight` calls going on one channel until `calls` have ended.
  void RunOn(int channel, uint64_t calls, int in_flight);

  const std::string method_;
  const Requests requests_;
  std::vector<std::shared_ptr<grpc::Channel>> channels_;
  std::atomic<uint64_t> next_request_ = 0;
};

// What q of the ascending durations are not longer than.
absl::Duration Quantile(const std::vector<absl::Duration>& ascending, double q);

// Reads a stream to its end; gives how the call ended.
absl::Status ReadStream(const std::shared_ptr<grpc::Channel>& channel,
                        const std::string& method, const grpc::ByteBuffer& request,
                        absl::FunctionRef<void(const grpc::ByteBuffer&)> take);

// A connection to `address` that shares nothing with others.
std::shared_ptr<grpc::Channel> NewChannel(const std::string& address);

}  // namespace labgraph::bench

#endif  // LABGRAPH_BENCH_LOAD_H_
