#ifndef LABGRAPH_SERVER_KEYS_ROWS_H_
#define LABGRAPH_SERVER_KEYS_ROWS_H_

// Every value form of the store but the packed segments (segment.h) and the change log
// (change_row.h).
//
//   entity           row varint(first) varint(kind) Entity
//   statement        row varint(first) varint(subject) varint(predicate) varint(object)
//                    varint(facet) Statement
//   entity_id        row varint(entity)
//   statement_id     row varint(statement)
//   value, predicate_index, source_index "s"
//                    row varint(facet)
//   source_index "e", text
//                    row
//   out, in in past  row varint(facet)
//   state            varint(head) varint(unix nanoseconds of head) varint(next entity)
//                    varint(next statement) varint(entities) varint(statements)
//                    varint(next kind) varint(next predicate)
//   request "c"      varint(position)
//   oldest           varint(oldest revision that can be read)
//   redirect         row Merge, see server/graph/merge.proto
//   erased           Tombstone
//
// where row = varint(revision that wrote this version), `first` is the revision that
// created the record, and Entity and Statement are the API's messages without their
// output-only fields. `object` is 0 for a property.

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "server/keys/keys.h"

namespace labgraph::keys {

// Each Decode gives false for bytes that are not of the form; views into the bytes.

struct EntityRow {
  Revision revision = 0;
  Revision first = 0;
  uint32_t kind = 0;
  absl::string_view record;

  std::string Encode() const;
  static bool Decode(absl::string_view bytes, EntityRow* out);
};

struct StatementRow {
  Revision revision = 0;
  Revision first = 0;
  EntityNumber subject = 0;
  uint32_t predicate = 0;
  EntityNumber object = 0;
  FacetNumber facet = 0;
  absl::string_view record;

  std::string Encode() const;
  static bool Decode(absl::string_view bytes, StatementRow* out);
};

// entity_id, statement_id (number), value, predicate_index, source_index (facet), text
// and past edges: a revision and at most one number.
struct IndexRow {
  Revision revision = 0;
  uint64_t number = 0;

  std::string Encode() const;
  static bool Decode(absl::string_view bytes, IndexRow* out);
};

// The revision at the front of any row. 0 when there is none.
Revision RowRevision(absl::string_view bytes);

// The counters of the store; written with every batch.
struct State {
  Revision head = 0;
  int64_t head_time_ns = 0;  // since the Unix epoch
  EntityNumber next_entity = 1;
  StatementNumber next_statement = 1;
  uint64_t entities = 0;
  uint64_t statements = 0;
  uint32_t next_kind = 1;
  uint32_t next_predicate = 1;

  std::string Encode() const;
  static bool Decode(absl::string_view bytes, State* out);
  friend bool operator==(const State&, const State&) = default;
};

}  // namespace labgraph::keys

#endif  // LABGRAPH_SERVER_KEYS_ROWS_H_
