#include "bench/load.h"

#include <sys/prctl.h>

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "bench/require.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/grpcpp.h"

namespace labgraph::bench {
namespace {

using Clock = std::chrono::steady_clock;

absl::Status ToStatus(const grpc::Status& status, const std::string& method) {
  if (status.ok()) return absl::OkStatus();
  return absl::Status(static_cast<absl::StatusCode>(status.error_code()),
                      absl::StrCat(method, ": ", status.error_message()));
}

// A call under way.
struct Pending {
  grpc::ClientContext context;
  std::unique_ptr<grpc::GenericClientAsyncResponseReader> reader;
  grpc::ByteBuffer answer;
  grpc::Status status;
  Clock::time_point intended;
};

// The queue gives it back when it has ended.
void Start(grpc::GenericStub& stub, const std::string& method,
           const grpc::ByteBuffer& request, grpc::CompletionQueue* queue,
           Clock::time_point intended = {}) {
  auto* const call = new Pending;
  call->intended = intended;
  call->reader = stub.PrepareUnaryCall(&call->context, method, request, queue);
  call->reader->StartCall();
  call->reader->Finish(&call->answer, &call->status, call);
}

std::unique_ptr<Pending> TakeEnded(grpc::CompletionQueue& queue,
                                   const std::string& method) {
  void* tag = nullptr;
  bool ok = false;
  queue.Next(&tag, &ok);
  std::unique_ptr<Pending> call(static_cast<Pending*>(tag));
  Require(ToStatus(call->status, method));
  return call;
}

}  // namespace

grpc::ByteBuffer Encode(const google::protobuf::MessageLite& message) {
  const grpc::Slice slice(message.SerializeAsString());
  return grpc::ByteBuffer(&slice, 1);
}

bool Decode(const grpc::ByteBuffer& bytes, google::protobuf::MessageLite* message) {
  grpc::Slice slice;
  if (!bytes.DumpToSingleSlice(&slice).ok()) return false;
  return message->ParseFromArray(slice.begin(), static_cast<int>(slice.size()));
}

std::shared_ptr<grpc::Channel> NewChannel(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetMaxReceiveMessageSize(-1);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(),
                                   arguments);
}

Caller::Caller(const std::string& address, std::string method, Requests requests)
    : method_(std::move(method)), requests_(std::move(requests)) {
  for (int i = 0; i < kChannels; ++i) channels_.push_back(NewChannel(address));
}

grpc::ByteBuffer Caller::Call() {
  grpc::GenericStub stub(channels_[0]);
  grpc::CompletionQueue queue;
  Start(stub, method_, requests_(next_request_++), &queue);
  return TakeEnded(queue, method_)->answer;
}

void Caller::RunOn(int channel, uint64_t calls, int in_flight) {
  grpc::GenericStub stub(channels_[channel]);
  grpc::CompletionQueue queue;
  const auto start = [&] { Start(stub, method_, requests_(next_request_++), &queue); };
  uint64_t started = std::min<uint64_t>(calls, static_cast<uint64_t>(in_flight));
  for (uint64_t i = 0; i < started; ++i) start();
  for (uint64_t ended = 0; ended < calls; ++ended) {
    TakeEnded(queue, method_);
    if (started == calls) continue;
    start();
    ++started;
  }
}

uint64_t Caller::Run(uint64_t calls, int in_flight) {
  if (in_flight == 1) {
    RunOn(0, calls, 1);
    return calls;
  }
  std::vector<std::thread> threads;
  for (int i = 0; i < kChannels; ++i) {
    threads.emplace_back(
        [=, this] { RunOn(i, calls / kChannels, in_flight / kChannels); });
  }
  for (std::thread& thread : threads) thread.join();
  return calls / kChannels * kChannels;
}

std::vector<absl::Duration> Caller::RunAtRate(double calls_per_second,
                                              absl::Duration time) {
  const auto calls =
      static_cast<uint64_t>(calls_per_second * absl::ToDoubleSeconds(time));
  const std::chrono::duration<double> gap(1 / calls_per_second);
  grpc::CompletionQueue queue;
  std::vector<absl::Duration> durations;
  durations.reserve(calls);
  std::thread collector([&] {
    for (uint64_t i = 0; i < calls; ++i) {
      const std::unique_ptr<Pending> call = TakeEnded(queue, method_);
      durations.push_back(absl::FromChrono(Clock::now() - call->intended));
    }
  });
  // Wake up when asked to, not up to 50 us later.
  prctl(PR_SET_TIMERSLACK, 1);
  std::vector<grpc::GenericStub> stubs(channels_.begin(), channels_.end());
  const Clock::time_point begin = Clock::now();
  for (uint64_t i = 0; i < calls; ++i) {
    const Clock::time_point intended =
        begin + std::chrono::duration_cast<Clock::duration>(gap * static_cast<double>(i));
    std::this_thread::sleep_until(intended);
    Start(stubs[i % kChannels], method_, requests_(next_request_++), &queue, intended);
  }
  collector.join();
  std::sort(durations.begin(), durations.end());
  return durations;
}

absl::Duration Quantile(const std::vector<absl::Duration>& ascending, double q) {
  const auto at = static_cast<size_t>(q * static_cast<double>(ascending.size()));
  return ascending[std::min(at, ascending.size() - 1)];
}

absl::Status ReadStream(const std::shared_ptr<grpc::Channel>& channel,
                        const std::string& method, const grpc::ByteBuffer& request,
                        absl::FunctionRef<void(const grpc::ByteBuffer&)> take) {
  grpc::GenericStub stub(channel);
  grpc::CompletionQueue queue;
  grpc::ClientContext context;
  const auto ended = [&queue] {
    void* tag = nullptr;
    bool ok = false;
    return queue.Next(&tag, &ok) && ok;
  };
  const auto call = stub.PrepareCall(&context, method, &queue);
  call->StartCall(nullptr);
  ended();
  call->WriteLast(request, grpc::WriteOptions(), nullptr);
  ended();
  grpc::ByteBuffer message;
  for (;;) {
    call->Read(&message, nullptr);
    if (!ended()) break;
    take(message);
  }
  grpc::Status status;
  call->Finish(&status, nullptr);
  ended();
  return ToStatus(status, method);
}

}  // namespace labgraph::bench
