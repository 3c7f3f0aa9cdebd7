#include "server/graph/verify_base.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/graph/write_buffer.h"
#include "server/keys/change_row.h"
#include "server/keys/keyspaces.h"

namespace labgraph::graph {
namespace {

constexpr kv::Keyspace kRows[] = {
    keys::kEntity, keys::kEntityId,       keys::kStatement,   keys::kStatementId,
    keys::kValue,  keys::kPredicateIndex, keys::kSourceIndex, keys::kText};

absl::Status CopyRows(const VerifyContext& context, kv::Keyspace keyspace,
                      WriteBuffer& buffer) {
  const VersionedReader rows = context.At(context.oldest()).rows();
  RowScan scan = rows.Scan(keyspace, "");
  for (; scan.Valid(); scan.Next()) buffer.Put(keyspace, scan.key(), scan.value());
  return scan.status();
}

// Versions of the schema up to the oldest revision, and the numbers of all names.
absl::Status CopySchema(const VerifyContext& context, WriteBuffer& buffer) {
  const std::unique_ptr<kv::Cursor> cursor = context.reader().NewCursor(keys::kSchema);
  for (cursor->Seek(""); cursor->Valid(); cursor->Next()) {
    const bool later = absl::StartsWith(cursor->key(), keys::kSchemaVersionPrefix) &&
                       keys::LastBe64(cursor->key()) > context.oldest();
    if (!later) buffer.Put(keys::kSchema, cursor->key(), cursor->value());
  }
  return cursor->status();
}

absl::Status CopyCurrentEdges(const VerifyContext& context, kv::Keyspace keyspace,
                              WriteBuffer& buffer) {
  const std::unique_ptr<kv::Cursor> cursor = context.reader().NewCursor(keyspace);
  std::vector<keys::Edge> edges;
  for (cursor->Seek(""); cursor->Valid(); cursor->Next()) {
    keys::EdgeKey key;
    edges.clear();
    if (!keys::EdgeKey::Decode(cursor->key(), &key) ||
        !keys::DecodeSegment(cursor->value(), &edges)) {
      continue;  // found by another check
    }
    for (const keys::Edge& edge : edges) {
      if (edge.revision > context.oldest()) continue;
      buffer.AddEdge(keyspace, {{key.node, key.predicate, edge.neighbor, edge.statement},
                                edge.facet,
                                edge.revision});
    }
  }
  return cursor->status();
}

absl::Status CopyFormerEdges(VerifyContext& context, kv::Keyspace keyspace,
                             WriteBuffer& buffer) {
  return ForEachRow(context, keyspace, [&](const RowLife& row) {
    keys::EdgeKey key;
    keys::IndexRow edge;
    if (row.version <= context.oldest() && keys::EdgeKey::Decode(row.key, &key) &&
        keys::IndexRow::Decode(row.value, &edge)) {
      buffer.AddEdge(keyspace,
                     {key, static_cast<keys::FacetNumber>(edge.number), row.version});
    }
    return absl::OkStatus();
  });
}

// Counts the records of a keyspace. `next` becomes a number above all of theirs: that of
// the next record, or a lower one where some between were made and are gone.
absl::Status CountRecords(const kv::Reader& reader, kv::Keyspace keyspace,
                          uint64_t* count, uint64_t* next) {
  *count = 0;
  *next = 1;
  const std::unique_ptr<kv::Cursor> cursor = reader.NewCursor(keyspace);
  for (cursor->Seek(""); cursor->Valid(); cursor->Next()) {
    ++*count;
    if (cursor->key().size() == sizeof(uint64_t))
      *next = keys::LastBe64(cursor->key()) + 1;
  }
  return cursor->status();
}

absl::StatusOr<int64_t> TimeOf(const kv::Reader& reader, keys::Revision revision) {
  ASSIGN_OR_RETURN(const absl::optional<std::string> bytes,
                   reader.Get(keys::kChange, keys::ChangeKey(revision)));
  keys::ChangeRow row;
  if (!bytes.has_value() || !keys::ChangeRow::Decode(*bytes, &row)) {
    return errors::StorageCorrupt(absl::StrCat("change/", revision),
                                  "it is missing or cannot be decoded.");
  }
  return row.time_ns;
}

}  // namespace

absl::Status CopyBase(VerifyContext& context, kv::Store& store, keys::State* state) {
  if (context.oldest() == 0) return absl::OkStatus();
  const std::shared_ptr<const kv::Snapshot> empty = store.GetSnapshot();
  WriteBuffer buffer(empty.get());
  for (const kv::Keyspace keyspace : kRows) {
    RETURN_IF_ERROR(CopyRows(context, keyspace, buffer));
  }
  RETURN_IF_ERROR(CopySchema(context, buffer));
  for (const kv::Keyspace keyspace : {keys::kOut, keys::kIn}) {
    RETURN_IF_ERROR(CopyCurrentEdges(context, keyspace, buffer));
    RETURN_IF_ERROR(CopyFormerEdges(context, keyspace, buffer));
  }
  ASSIGN_OR_RETURN(const kv::Batch batch, buffer.ToBatch());
  RETURN_IF_ERROR(store.Write(batch));
  *state = context.state();
  state->head = context.oldest();
  ASSIGN_OR_RETURN(state->head_time_ns, TimeOf(context.reader(), context.oldest()));
  const std::shared_ptr<const kv::Snapshot> filled = store.GetSnapshot();
  RETURN_IF_ERROR(
      CountRecords(*filled, keys::kEntity, &state->entities, &state->next_entity));
  return CountRecords(*filled, keys::kStatement, &state->statements,
                      &state->next_statement);
}

}  // namespace labgraph::graph
