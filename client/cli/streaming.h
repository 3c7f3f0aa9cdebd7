#ifndef LABGRAPH_CLIENT_CLI_STREAMING_H_
#define LABGRAPH_CLIENT_CLI_STREAMING_H_

#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "client/cli/output/output.h"
#include "labgraph/connection.h"

namespace labgraph::cli {

// Gives every message of a stream to `consume`, until its end or until nobody reads
// `output` any more. An error leaves consumed what came before it.
template <typename Response, typename Consume>
absl::Status ReadStream(std::unique_ptr<client::StreamReader<Response>> stream,
                        const Output& output, Consume consume) {
  while (!output.closed()) {
    const absl::StatusOr<absl::optional<Response>> message = stream->Read();
    if (!message.ok()) return message.status();
    if (!message->has_value()) break;
    consume(**message);
  }
  return absl::OkStatus();
}

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_STREAMING_H_
