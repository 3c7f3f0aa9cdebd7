#ifndef LABGRAPH_SERVER_RPC_PAGE_TOKEN_H_
#define LABGRAPH_SERVER_RPC_PAGE_TOKEN_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

namespace labgraph::rpc {

// Where an answer goes on, as callers carry it. Opaque, and of use only with the request
// and store it came from: it holds a hash over store, request and content. Fields that
// may differ from page to page are left out of it: page_token, and how much a page gives
// and looks at (page_size, max_hits, max_paths, max_visited).
//
//   token = base64url(byte(1) varint(revision) after 8-bytes-of-SHA-256)
struct PageToken {
  uint64_t revision = 0;
  std::string after;

  std::string Encode(const google::protobuf::Message& request,
                     absl::string_view lineage) const;

  // Errors: PAGE_TOKEN_INVALID, LIMIT_EXCEEDED (kPageTokenBytes) at "page_token".
  static absl::StatusOr<PageToken> Decode(absl::string_view token,
                                          const google::protobuf::Message& request,
                                          absl::string_view lineage);
};

}  // namespace labgraph::rpc

#endif  // LABGRAPH_SERVER_RPC_PAGE_TOKEN_H_
