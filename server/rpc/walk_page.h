#ifndef LABGRAPH_SERVER_RPC_WALK_PAGE_H_
#define LABGRAPH_SERVER_RPC_WALK_PAGE_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "labgraph/v1/read_options.pb.h"

namespace labgraph::rpc {

// Where the answer of a walk goes on. A walk keeps nothing between pages: it is done
// again at the same revision, and what earlier pages gave is passed over.
struct WalkPage {
  v1::ReadOptions read;
  uint64_t before = 0;  // hits, or paths, that earlier pages gave

  // The first page, or the one that `token` names. `request` is the one that both come
  // from. Errors: as PageToken::Decode.
  static absl::StatusOr<WalkPage> Open(absl::string_view token,
                                       const v1::ReadOptions& read,
                                       const google::protobuf::Message& request,
                                       absl::string_view store_id);

  // The token of the page behind this one, which was read at `revision` and gave `given`.
  std::string NextToken(uint64_t revision, uint64_t given,
                        const google::protobuf::Message& request,
                        absl::string_view store_id) const;
};

}  // namespace labgraph::rpc

#endif  // LABGRAPH_SERVER_RPC_WALK_PAGE_H_
