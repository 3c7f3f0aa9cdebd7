#include "server/graph/redirects.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "server/base/deterministic.h"
#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/keys/codec.h"
#include "server/keys/keyspaces.h"

namespace labgraph::graph {

std::string RedirectRow::Encode() const {
  std::string out;
  keys::AppendVarint(revision, &out);
  out += DeterministicBytes(merge);
  return out;
}

bool RedirectRow::Decode(absl::string_view bytes, RedirectRow* out) {
  keys::Decoder decoder(bytes);
  out->revision = decoder.Varint();
  const absl::string_view merge = decoder.Rest();
  return decoder.ok() &&
         out->merge.ParseFromArray(merge.data(), static_cast<int>(merge.size()));
}

absl::StatusOr<absl::optional<RedirectRow>> ReadRedirect(const VersionedReader& rows,
                                                         absl::string_view key) {
  ASSIGN_OR_RETURN(const absl::optional<std::string> bytes,
                   rows.Get(keys::kRedirect, key));
  if (!bytes.has_value()) return absl::optional<RedirectRow>();
  RedirectRow row;
  if (!RedirectRow::Decode(*bytes, &row)) {
    return errors::StorageCorrupt(absl::StrCat("redirect/", absl::BytesToHexString(key)),
                                  "a redirect cannot be decoded.");
  }
  return absl::optional<RedirectRow>(std::move(row));
}

}  // namespace labgraph::graph
