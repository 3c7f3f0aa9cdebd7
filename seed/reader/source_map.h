#ifndef LABGRAPH_SEED_READER_SOURCE_MAP_H_
#define LABGRAPH_SEED_READER_SOURCE_MAP_H_

#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "seed/reader/problem.h"

namespace labgraph::seed {

// Where in a file each field of a message was written. Paths are those of the API's
// errors: "statements[12].object", "entities[0].names.nl". Thread-compatible.
class SourceMap {
 public:
  void Add(absl::string_view path, Position position);

  // The position of `path` or else of its nearest parent that is known; that of the file
  // as a whole where there is none. A key of a map may also be written as an index,
  // `names[nl]` or `names["nl"]`.
  Position Find(absl::string_view path) const;

 private:
  absl::flat_hash_map<std::string, Position> positions_;
};

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_READER_SOURCE_MAP_H_
