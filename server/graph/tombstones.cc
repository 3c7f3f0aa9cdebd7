#include "server/graph/tombstones.h"

#include <string>

#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/keys/keyspaces.h"

namespace labgraph::graph {

absl::StatusOr<absl::optional<v1::Tombstone>> ReadTombstone(const kv::Reader& reader,
                                                            absl::string_view key) {
  ASSIGN_OR_RETURN(const absl::optional<std::string> bytes,
                   reader.Get(keys::kErased, key));
  if (!bytes.has_value()) return absl::optional<v1::Tombstone>();
  v1::Tombstone tombstone;
  if (!tombstone.ParseFromString(*bytes)) {
    return errors::StorageCorrupt("erased", "a tombstone cannot be decoded.");
  }
  return absl::optional<v1::Tombstone>(std::move(tombstone));
}

}  // namespace labgraph::graph
