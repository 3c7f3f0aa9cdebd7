#include "server/graph/import_checkpoint.h"

#include <string>

#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"
#include "server/keys/codec.h"
#include "server/keys/keys.h"
#include "server/keys/keyspaces.h"
#include "server/schema/checks.h"

namespace labgraph::graph {
namespace {

// Whether the part has nothing but the name of a checkpoint.
bool OnlyAsks(const v1::ImportRequest& part) {
  return part.mutations().empty() && part.message().empty() &&
         part.checkpoint().position() == 0 && !part.checkpoint().done();
}

absl::StatusOr<uint64_t> Kept(const std::string& key, const WriteBuffer& buffer) {
  ASSIGN_OR_RETURN(const absl::optional<std::string> row,
                   buffer.Get(keys::kRequest, key));
  if (!row.has_value()) return 0;
  keys::Decoder decoder(*row);
  const uint64_t position = decoder.Varint();
  if (decoder.ok() && decoder.empty()) return position;
  return errors::StorageCorrupt("request", "a checkpoint cannot be decoded.");
}

}  // namespace

absl::Status CheckCheckpoint(const v1::ImportCheckpoint& checkpoint) {
  if (checkpoint.name().empty()) return errors::FieldRequired("checkpoint.name");
  return schema::CheckText(checkpoint.name(), limits::kRequestIdBytes, "checkpoint.name");
}

absl::StatusOr<uint64_t> UpdateCheckpoint(const v1::ImportRequest& part,
                                          WriteBuffer& buffer) {
  const v1::ImportCheckpoint& checkpoint = part.checkpoint();
  const std::string key = keys::ImportCheckpointKey(checkpoint.name());
  if (OnlyAsks(part)) return Kept(key, buffer);
  if (checkpoint.done()) {
    buffer.Delete(keys::kRequest, key);
    return 0;
  }
  std::string row;
  keys::AppendVarint(checkpoint.position(), &row);
  buffer.Put(keys::kRequest, key, row);
  return checkpoint.position();
}

}  // namespace labgraph::graph
