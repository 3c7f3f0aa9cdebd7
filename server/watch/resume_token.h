#ifndef LABGRAPH_SERVER_WATCH_RESUME_TOKEN_H_
#define LABGRAPH_SERVER_WATCH_RESUME_TOKEN_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "labgraph/v1/history.pb.h"
#include "server/graph/graph.h"
#include "server/keys/keys.h"

namespace labgraph::watch {

// Makes and reads the tokens of one filter on one store: how far a watch came, as callers
// carry it. The server keeps nothing of it. Immutable.
//
//   token = SealToken(byte(form) varint(revision) epoch)
class ResumeTokens {
 public:
  ResumeTokens(const graph::Graph& graph, const v1::RecordFilter& filter);

  // All changes up to `revision` have been told.
  std::string Encode(keys::Revision revision) const;

  // The revision of a token that Encode gave, by any process that served the store.
  // Errors: RESUME_TOKEN_INVALID, STORE_RESTORED at "resume_token".
  absl::StatusOr<keys::Revision> Decode(absl::string_view token) const;

 private:
  std::string owner_;
  std::string epoch_;
};

}  // namespace labgraph::watch

#endif  // LABGRAPH_SERVER_WATCH_RESUME_TOKEN_H_
