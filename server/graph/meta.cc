#include "server/graph/meta.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/keys/keyspaces.h"

namespace labgraph::graph {

absl::StatusOr<std::string> ReadMeta(const kv::Reader& reader, const char* key) {
  ASSIGN_OR_RETURN(absl::optional<std::string> value, reader.Get(keys::kMeta, key));
  if (!value.has_value()) {
    return errors::StorageCorrupt(absl::StrCat("meta/", key),
                                  "a required row is missing.");
  }
  return *std::move(value);
}

}  // namespace labgraph::graph
