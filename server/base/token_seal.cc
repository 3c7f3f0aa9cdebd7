#include "server/base/token_seal.h"

#include <openssl/sha.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace labgraph {
namespace {

constexpr size_t kHashBytes = 8;

std::string Hash(absl::string_view content, absl::string_view owner) {
  const std::string bytes = absl::StrCat(owner, content);
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest);
  return std::string(reinterpret_cast<const char*>(digest), kHashBytes);
}

}  // namespace

std::string SealToken(absl::string_view content, absl::string_view owner) {
  return absl::WebSafeBase64Escape(absl::StrCat(content, Hash(content, owner)));
}

absl::optional<std::string> UnsealToken(absl::string_view token,
                                        absl::string_view owner) {
  std::string bytes;
  if (!absl::WebSafeBase64Unescape(token, &bytes) || bytes.size() <= kHashBytes) {
    return absl::nullopt;
  }
  const std::string content = bytes.substr(0, bytes.size() - kHashBytes);
  if (bytes.substr(content.size()) != Hash(content, owner)) return absl::nullopt;
  return content;
}

}  // namespace labgraph
