#ifndef LABGRAPH_SERVER_KEYS_CHANGE_ROW_H_
#define LABGRAPH_SERVER_KEYS_CHANGE_ROW_H_

// The value form of kChange: what one revision changed, in the order it was done. Records
// are not repeated: every version of a record that a revision leaves behind is a row of
// that revision, current or past, and is referred to by its number.
//
//   change = varint(unix nanoseconds) bytes(message) 16 bytes digest item*
//   item   = 0x01 varint(first) varint(count)   entities of `count` successive numbers
//                                               were put
//          | 0x02 varint(first) varint(count)   statements were
//          | 0x03 bytes(Entity)                 an entity was put, and changed again in
//                                               the same revision
//          | 0x04 bytes(Statement)              a statement was
//          | 0x05 bytes(id)                     an entity was deleted
//          | 0x06 bytes(id)                     a statement was retracted
//          | 0x07                               the schema was, to that of the revision
//          | 0x08 bytes(actor)                  who made the change; at most one, first
//          | 0x09 bytes(Redirect)               an id leads to another entity, or no more
//          | 0x0a varint(number) bytes(Erasure) a record was erased: in the revision that
//                                               did so, number 0; in place of what an
//                                               earlier one did to the record, its number
//                                               where it was put; 0 for one that the same
//                                               revision made and then changed or
//                                               removed, once for each
//   bytes  = varint(size) that many bytes
//
// The digest is the beginning of the SHA-256 of byte(kind) bytes(content) for every
// single event, where kind is 0x03 to 0x07, 0x09 or 0x0a and content what stands in the
// last bytes() above; for the schema it is that of its row. So what the references lead
// to can be told from what it was.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace labgraph::keys {

enum class ChangeKind : uint8_t {
  kEntities = 1,
  kStatements = 2,
  kEntity = 3,
  kStatement = 4,
  kEntityDeleted = 5,
  kStatementRetracted = 6,
  kSchema = 7,
  kActor = 8,
  kRedirect = 9,
  kErased = 10,
};

struct ChangeItem {
  ChangeKind kind = ChangeKind::kSchema;
  uint64_t first = 0;         // kEntities and kStatements; kErased: the number
  uint64_t count = 0;         // kEntities and kStatements
  absl::string_view content;  // all others but kSchema

  friend bool operator==(const ChangeItem&, const ChangeItem&) = default;
};

inline constexpr size_t kChangeDigestBytes = 16;

struct ChangeRow {
  int64_t time_ns = 0;  // since the Unix epoch
  absl::string_view message;
  absl::string_view digest;  // kChangeDigestBytes
  std::vector<ChangeItem> items;

  std::string Encode() const;
  // False for bytes that are not of the form; views into the bytes.
  static bool Decode(absl::string_view bytes, ChangeRow* out);
};

}  // namespace labgraph::keys

#endif  // LABGRAPH_SERVER_KEYS_CHANGE_ROW_H_
