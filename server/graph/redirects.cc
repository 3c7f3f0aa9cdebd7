#include "server/graph/redirects.h"

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/io/coded_stream.h"
#include "server/base/deterministic.h"
#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/keys/codec.h"
#include "server/keys/keyspaces.h"
#include "server/schema/checks.h"

namespace labgraph::graph {
namespace {

absl::Status Corrupt(absl::string_view key) {
  return errors::StorageCorrupt(absl::StrCat("redirect/", absl::BytesToHexString(key)),
                                "a redirect cannot be decoded.");
}

// The first field of a Merge, which its serialized form begins with. False for bytes that
// are not of the form.
bool DecodeInto(absl::string_view merge, std::string* into) {
  constexpr uint32_t kTag = Merge::kIntoFieldNumber << 3 | 2;  // of a string
  google::protobuf::io::CodedInputStream in(
      reinterpret_cast<const uint8_t*>(merge.data()), static_cast<int>(merge.size()));
  uint32_t size = 0;
  return in.ReadTag() == kTag && in.ReadVarint32(&size) &&
         in.ReadString(into, static_cast<int>(size));
}

}  // namespace

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
    return Corrupt(key);
  }
  return absl::optional<RedirectRow>(std::move(row));
}

absl::StatusOr<absl::optional<std::string>> ReadRedirectInto(const VersionedReader& rows,
                                                             absl::string_view key) {
  ASSIGN_OR_RETURN(const absl::optional<std::string> bytes,
                   rows.Get(keys::kRedirect, key));
  if (!bytes.has_value()) return absl::optional<std::string>();
  keys::Decoder decoder(*bytes);
  decoder.Varint();  // the revision
  const absl::string_view merge = decoder.Rest();
  std::string into;
  if (!decoder.ok() || !DecodeInto(merge, &into)) return Corrupt(key);
  return absl::optional<std::string>(std::move(into));
}

absl::StatusOr<std::string> RedirectKey(absl::string_view id,
                                        const schema::Ontology& ontology,
                                        absl::string_view field) {
  ASSIGN_OR_RETURN(const schema::EntityId parsed, schema::ParseEntityId(id, field));
  ASSIGN_OR_RETURN(const schema::Kind* kind, ontology.ResolveKind(parsed.kind, field));
  return keys::EntityIdKey(kind->number, parsed.key);
}

}  // namespace labgraph::graph
