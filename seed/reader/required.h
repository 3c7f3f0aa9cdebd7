#ifndef LABGRAPH_SEED_READER_REQUIRED_H_
#define LABGRAPH_SEED_READER_REQUIRED_H_

#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "seed/reader/read_context.h"

namespace labgraph::seed {

// Complains where the field at `path` was not given. Where something else was wrong with
// it, that has been said.
void Require(bool given, const std::string& path, const ReadContext& context);
inline void RequireText(const std::string& text, const std::string& path,
                        const ReadContext& context) {
  Require(!text.empty(), path, context);
}

// Complains where no member of the message's oneof is set. `lack` says what the message
// at `path` then does: "asks nothing".
void RequireOneof(const google::protobuf::Message& message, const std::string& oneof_name,
                  const std::string& path, absl::string_view lack,
                  const ReadContext& context);

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_READER_REQUIRED_H_
