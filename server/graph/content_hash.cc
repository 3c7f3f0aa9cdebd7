#include "server/graph/content_hash.h"

#include <openssl/evp.h>

#include <memory>

#include "absl/strings/escaping.h"
#include "server/base/status_macros.h"
#include "server/keys/codec.h"
#include "server/keys/keys.h"
#include "server/keys/keyspaces.h"

namespace labgraph::graph {
namespace {

constexpr size_t kUpdateBytes = 64 << 10;

}  // namespace

absl::StatusOr<std::string> ContentHash(const kv::Reader& reader) {
  const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> hash(EVP_MD_CTX_new(),
                                                                EVP_MD_CTX_free);
  EVP_DigestInit_ex(hash.get(), EVP_sha256(), nullptr);
  std::string waiting;
  const auto flush = [&] {
    EVP_DigestUpdate(hash.get(), waiting.data(), waiting.size());
    waiting.clear();
  };
  const auto append = [&](absl::string_view bytes) {
    keys::AppendVarint(bytes.size(), &waiting);
    waiting.append(bytes.data(), bytes.size());
  };
  for (kv::Keyspace keyspace = 0; keyspace < keys::Names().size(); ++keyspace) {
    const std::unique_ptr<kv::Cursor> cursor = reader.NewCursor(keyspace);
    for (cursor->Seek(""); cursor->Valid(); cursor->Next()) {
      if (keyspace == keys::kMeta && cursor->key() == keys::kMetaEpoch) continue;
      waiting.push_back(static_cast<char>(keyspace));
      append(cursor->key());
      append(cursor->value());
      if (waiting.size() >= kUpdateBytes) flush();
    }
    RETURN_IF_ERROR(cursor->status());
  }
  flush();
  std::string digest(EVP_MAX_MD_SIZE, '\0');
  unsigned int size = 0;
  EVP_DigestFinal_ex(hash.get(), reinterpret_cast<unsigned char*>(digest.data()), &size);
  digest.resize(size);
  return absl::BytesToHexString(digest);
}

}  // namespace labgraph::graph
