#ifndef LABGRAPH_SERVER_KEYS_KEYSPACES_H_
#define LABGRAPH_SERVER_KEYS_KEYSPACES_H_

#include "absl/types/span.h"
#include "server/kv/store.h"

// Every keyspace of the store. Numbers and names are stored and never change; a keyspace
// that goes out of use keeps its number. The forms of their keys stand in keys.h, those
// of their values in rows.h and segment.h.

namespace labgraph::keys {

// What is current and what is past are apart: a read at the newest revision touches
// no old version. Every value but those of kMeta, kSchema, kFacet, kChange, kRequest and
// kErased begins with the revision that wrote it, or each edge in kOut and kIn has its
// own; what is replaced or removed at revision R moves to kPast with R in its key.
inline constexpr kv::Keyspace kMeta = 0;         // format, store id, counters
inline constexpr kv::Keyspace kSchema = 1;       // schema versions, numbers of names
inline constexpr kv::Keyspace kEntity = 2;       // number -> record
inline constexpr kv::Keyspace kEntityId = 3;     // kind, key -> number
inline constexpr kv::Keyspace kStatement = 4;    // number -> record
inline constexpr kv::Keyspace kStatementId = 5;  // id -> number
inline constexpr kv::Keyspace kOut = 6;          // subject -> objects, packed
inline constexpr kv::Keyspace kIn = 7;     // object -> subjects, packed; mirrors kOut
inline constexpr kv::Keyspace kValue = 8;  // subject -> property statements
inline constexpr kv::Keyspace kPredicateIndex = 9;  // predicate -> statements
inline constexpr kv::Keyspace kSourceIndex = 10;    // document -> statements and entities
inline constexpr kv::Keyspace kFacet = 11;          // number -> facet
inline constexpr kv::Keyspace kText = 12;           // word -> entities
inline constexpr kv::Keyspace kPast = 13;           // former rows of all the above
inline constexpr kv::Keyspace kChange = 14;         // revision -> change
inline constexpr kv::Keyspace kRequest = 15;        // request id -> answer
inline constexpr kv::Keyspace kRedirect = 16;       // kind, key -> merge
inline constexpr kv::Keyspace kErased = 17;         // id -> tombstone

inline constexpr const char* kNames[] = {
    "meta", "schema", "entity", "entity_id",       "statement",    "statement_id",
    "out",  "in",     "value",  "predicate_index", "source_index", "facet",
    "text", "past",   "change", "request",         "redirect",     "erased"};

// Names by number, as kv backends take them.
inline absl::Span<const char* const> Names() { return kNames; }

// Those in which writing asks for keys that are mostly absent.
inline constexpr kv::Keyspace kAskedForAbsent[] = {kEntityId, kStatementId, kRequest,
                                                   kErased};

}  // namespace labgraph::keys

#endif  // LABGRAPH_SERVER_KEYS_KEYSPACES_H_
