#ifndef LABGRAPH_SERVER_RPC_IMPORT_CALL_H_
#define LABGRAPH_SERVER_RPC_IMPORT_CALL_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "labgraph/v1/editor_service.pb.h"
#include "server/graph/graph.h"

namespace labgraph::rpc {

// One call of Import. Reads parts ahead while those before them are committed; what has
// come by then is committed as one group and answered part by part when it is on disk. It
// takes as long as its caller keeps it going: the limit on a call's time is for answers.
// Belongs to itself and goes when the call is done.
//
// Takes and gives bytes: of messages gRPC does not tell one that it cannot read from the
// end of the stream.
class ImportCall final
    : public grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  // Parts read and not yet being committed take about this much; a group no more. As
  // messages they take several times the bytes they came in.
  static constexpr size_t kReadAheadBytes = 16 << 20;
  static constexpr size_t kReadAheadMutations = 200000;
  // A caller who for so long sends no part, or takes no answer, makes room for others.
  static constexpr absl::Duration kIdle = absl::Minutes(5);

  // Begins. `graph` must outlive the call, and `running`, which is one less from the
  // moment that the call's end is told. `idle` stands for kIdle.
  static ImportCall* Start(grpc::CallbackServerContext* context, graph::Graph* graph,
                           std::atomic<uint64_t>* running, absl::Duration idle);

 private:
  ImportCall(grpc::CallbackServerContext* context, graph::Graph* graph,
             std::atomic<uint64_t>* running, absl::Duration idle);

  void OnReadDone(bool ok) override ABSL_LOCKS_EXCLUDED(mu_);
  void OnWriteDone(bool ok) override ABSL_LOCKS_EXCLUDED(mu_);
  void OnCancel() override ABSL_LOCKS_EXCLUDED(mu_);
  void OnDone() override;

  // The committing thread, from the first part to the end of the call.
  void Run();
  absl::Status CommitAll();
  // Waits for parts; none at the end of the stream. Errors: CANCELLED; BUSY when none
  // come; FIELD_INVALID where the next one could not be read.
  absl::StatusOr<std::vector<v1::ImportRequest>> Take() ABSL_LOCKS_EXCLUDED(mu_);
  // Sends one answer and waits until it is on its way.
  absl::Status Answer(const v1::ImportResponse& response) ABSL_LOCKS_EXCLUDED(mu_);
  // Reads on if there is room and nothing being read.
  void ReadOn() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  grpc::CallbackServerContext* const context_;
  graph::Graph* const graph_;
  std::atomic<uint64_t>* const running_;
  const absl::Duration idle_;
  uint64_t parts_ = 0;     // answered; used by the committing thread
  grpc::ByteBuffer read_;  // belongs to a read while there is one

  absl::Mutex mu_;
  std::vector<v1::ImportRequest> waiting_ ABSL_GUARDED_BY(mu_);
  size_t waiting_bytes_ ABSL_GUARDED_BY(mu_) = 0;
  size_t waiting_mutations_ ABSL_GUARDED_BY(mu_) = 0;
  bool reading_ ABSL_GUARDED_BY(mu_) = false;
  bool ended_ ABSL_GUARDED_BY(mu_) = false;
  absl::Status unreadable_ ABSL_GUARDED_BY(mu_);  // why it ended; OK at its proper end
  bool cancelled_ ABSL_GUARDED_BY(mu_) = false;
  absl::optional<bool> written_ ABSL_GUARDED_BY(mu_);  // how the last write went

  std::thread thread_;  // last: it uses all the above
};

}  // namespace labgraph::rpc

#endif  // LABGRAPH_SERVER_RPC_IMPORT_CALL_H_
