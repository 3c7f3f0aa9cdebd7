#ifndef LABGRAPH_SERVER_BASE_TOKEN_SEAL_H_
#define LABGRAPH_SERVER_BASE_TOKEN_SEAL_H_

// Tokens that callers carry from one call to the next: opaque, and of use only with what
// they were made for. The seal finds mistakes; it is no secret and keeps out no forger.
//
//   token = base64url(content 8-bytes-of-SHA-256(owner content))

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

namespace labgraph {

// `owner` is whatever the token belongs to: a store, a request. Owners that can be told
// apart must not be the beginning of one another with their contents; end them with a
// NUL byte where their length varies.
std::string SealToken(absl::string_view content, absl::string_view owner);

// The content; nullopt for a token that is damaged or of another owner.
absl::optional<std::string> UnsealToken(absl::string_view token, absl::string_view owner);

}  // namespace labgraph

#endif  // LABGRAPH_SERVER_BASE_TOKEN_SEAL_H_
