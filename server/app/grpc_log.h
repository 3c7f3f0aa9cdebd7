#ifndef LABGRAPH_SERVER_APP_GRPC_LOG_H_
#define LABGRAPH_SERVER_APP_GRPC_LOG_H_

namespace labgraph::app {

// Sends what gRPC logs, in this whole process, to the log: as warnings, since an error of
// the transport is one connection's. While one of these lives it is left out: whoever has
// it says what went wrong in better words.
class GrpcLogSilence {
 public:
  GrpcLogSilence();
  ~GrpcLogSilence();

  GrpcLogSilence(const GrpcLogSilence&) = delete;
  GrpcLogSilence& operator=(const GrpcLogSilence&) = delete;
};

}  // namespace labgraph::app

#endif  // LABGRAPH_SERVER_APP_GRPC_LOG_H_
