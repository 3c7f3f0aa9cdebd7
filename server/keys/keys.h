#ifndef LABGRAPH_SERVER_KEYS_KEYS_H_
#define LABGRAPH_SERVER_KEYS_KEYS_H_

// Every key form of the store. Golden vectors in tests/unit/keys/keys_test.cc hold
// them still: a form is retired, never changed.
//
//   meta             "format" | "store_id" | "epoch" | "state" | "oldest"
//   schema           "v" be64(revision)                   a version of the schema
//                    "k" text(kind)                       number of a kind
//                    "p" text(predicate)                  number of a predicate
//                    "o" be32(predicate number)           its first name
//   entity           be64(entity)
//   entity_id        be32(kind) text(key)
//   statement        be64(statement)
//   statement_id     text(id)
//   out              be64(subject) be32(predicate) be64(object) be64(statement)
//   in               be64(object) be32(predicate) be64(subject) be64(statement)
//   value            be64(subject) be32(predicate) be64(statement)
//   predicate_index  be32(predicate) be64(statement)
//   source_index     be64(document) "s" be64(statement) | be64(document) "e" be64(entity)
//   facet            be32(facet)
//   text             text(word) be64(entity)
//   past             byte(keyspace) key be64(revision that removed the row)
//   change           be64(revision)
//   request          "i" text(request id)                 the answer
//                    "t" be64(unix seconds) text(request id)
//                                                         nothing: answers by age
//                    "c" text(name)                       how far an import has come
//   redirect         be32(kind) text(key)                 of the id that was merged
//   erased           "e" text(entity id) | "s" text(statement id)
//
// In out and in, a key is that of a segment: the lowest (neighbour, statement) it may
// hold; zeros for the first of a node and predicate, which goes with its last edge. In
// past, a row of out or in is one edge with its own neighbour and statement.

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "server/kv/store.h"

namespace labgraph::keys {

// Dense numbers behind ids; 0 is never given.
using EntityNumber = uint64_t;
using StatementNumber = uint64_t;
using FacetNumber = uint32_t;
using Revision = uint64_t;

inline constexpr char kMetaFormat[] = "format";
inline constexpr char kMetaStoreId[] = "store_id";
inline constexpr char kMetaEpoch[] = "epoch";
inline constexpr char kMetaState[] = "state";
inline constexpr char kMetaOldest[] = "oldest";

inline constexpr char kSchemaVersionPrefix[] = "v";
inline constexpr char kSchemaKindPrefix[] = "k";
inline constexpr char kSchemaPredicatePrefix[] = "p";
inline constexpr char kSchemaOriginalPrefix[] = "o";
std::string SchemaVersionKey(Revision revision);
std::string SchemaKindKey(absl::string_view name);
std::string SchemaPredicateKey(absl::string_view name);
std::string SchemaOriginalKey(uint32_t predicate);

std::string EntityKey(EntityNumber entity);
std::string EntityIdKey(uint32_t kind, absl::string_view key);
std::string EntityIdPrefix(uint32_t kind);
std::string StatementKey(StatementNumber statement);
std::string StatementIdKey(absl::string_view id);

// A key of out or in: `node` is the end that the keyspace starts from.
struct EdgeKey {
  EntityNumber node = 0;
  uint32_t predicate = 0;
  EntityNumber neighbor = 0;
  StatementNumber statement = 0;

  std::string Encode() const;
  // False when `key` is not of this form.
  static bool Decode(absl::string_view key, EdgeKey* out);
  friend auto operator<=>(const EdgeKey&, const EdgeKey&) = default;
};
std::string EdgePrefix(EntityNumber node);
std::string EdgePrefix(EntityNumber node, uint32_t predicate);

std::string ValueKey(EntityNumber subject, uint32_t predicate, StatementNumber statement);
std::string ValuePrefix(EntityNumber subject);
std::string ValuePrefix(EntityNumber subject, uint32_t predicate);
std::string PredicateIndexKey(uint32_t predicate, StatementNumber statement);
std::string PredicateIndexPrefix(uint32_t predicate);
std::string SourceStatementKey(EntityNumber document, StatementNumber statement);
std::string SourceStatementPrefix(EntityNumber document);
std::string SourceEntityKey(EntityNumber document, EntityNumber entity);
std::string SourceEntityPrefix(EntityNumber document);
std::string SourcePrefix(EntityNumber document);

std::string FacetKey(FacetNumber facet);
std::string TextKey(absl::string_view word, EntityNumber entity);
std::string PastKey(kv::Keyspace keyspace, absl::string_view key, Revision removed);
std::string PastPrefix(kv::Keyspace keyspace, absl::string_view key_prefix);
std::string ChangeKey(Revision revision);
std::string RequestIdKey(absl::string_view request_id);
std::string RequestTimeKey(int64_t unix_seconds, absl::string_view request_id);
std::string ImportCheckpointKey(absl::string_view name);
std::string ErasedEntityKey(absl::string_view id);
std::string ErasedStatementKey(absl::string_view id);

// The number in the last eight bytes of a key: entity, statement or removed revision,
// whichever its form ends with. REQUIRES: a key of at least eight bytes.
uint64_t LastBe64(absl::string_view key);

}  // namespace labgraph::keys

#endif  // LABGRAPH_SERVER_KEYS_KEYS_H_
