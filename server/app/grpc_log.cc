#include "server/app/grpc_log.h"

#include <grpc/support/log.h>

#include <atomic>

#include "absl/strings/str_cat.h"
#include "server/base/log.h"

namespace labgraph::app {
namespace {

std::atomic<int> silences = 0;

void LogOfGrpc(gpr_log_func_args* args) {
  if (silences > 0) return;
  Log(args->severity == GPR_LOG_SEVERITY_ERROR ? LogLevel::kWarning : LogLevel::kInfo,
      absl::StrCat("grpc: ", args->message));
}

}  // namespace

GrpcLogSilence::GrpcLogSilence() {
  ++silences;
  gpr_set_log_function(LogOfGrpc);
}

GrpcLogSilence::~GrpcLogSilence() { --silences; }

}  // namespace labgraph::app
