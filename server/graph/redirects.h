#ifndef LABGRAPH_SERVER_GRAPH_REDIRECTS_H_
#define LABGRAPH_SERVER_GRAPH_REDIRECTS_H_

// Ids that lead to another entity since the two were merged. Rows live in kRedirect under
// the key that the id had in kEntityId.

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "server/graph/merge.pb.h"
#include "server/graph/versioned_reader.h"
#include "server/keys/keys.h"
#include "server/schema/ontology.h"

namespace labgraph::graph {

struct RedirectRow {
  keys::Revision revision = 0;  // that merged
  Merge merge;

  std::string Encode() const;
  // False for bytes that are not of the form.
  static bool Decode(absl::string_view bytes, RedirectRow* out);
};

// The key of kEntityId and kRedirect that an id has. Errors at `field`: ID_MALFORMED,
// LIMIT_EXCEEDED, FIELD_REQUIRED, KIND_UNKNOWN.
absl::StatusOr<std::string> RedirectKey(absl::string_view id,
                                        const schema::Ontology& ontology,
                                        absl::string_view field);

// The row under `key`; nullopt where there is none. Errors: STORAGE_FAILED,
// STORAGE_CORRUPT.
absl::StatusOr<absl::optional<RedirectRow>> ReadRedirect(const VersionedReader& rows,
                                                         absl::string_view key);

// As above, the id of the entity that stayed alone, which costs little however much was
// merged.
absl::StatusOr<absl::optional<std::string>> ReadRedirectInto(const VersionedReader& rows,
                                                             absl::string_view key);

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_REDIRECTS_H_
