#include "server/graph/record_versions.h"

#include <algorithm>
#include <memory>
#include <set>
#include <tuple>

#include "absl/functional/function_ref.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/keys/codec.h"
#include "server/keys/rows.h"
#include "server/schema/checks.h"

namespace labgraph::graph {
namespace {

// Calls `visit` with every row that `key` has or had, and the revision that removed it, 0
// for the current one.
absl::Status ForEachVersion(
    const kv::Reader& reader, kv::Keyspace keyspace, absl::string_view key,
    absl::FunctionRef<absl::Status(absl::string_view row, keys::Revision removed)>
        visit) {
  const std::string prefix = keys::PastPrefix(keyspace, key);
  const std::unique_ptr<kv::Cursor> past = reader.NewCursor(keys::kPast);
  for (past->Seek(prefix); past->Valid() && absl::StartsWith(past->key(), prefix);
       past->Next()) {
    RETURN_IF_ERROR(visit(past->value(), keys::LastBe64(past->key())));
  }
  RETURN_IF_ERROR(past->status());
  ASSIGN_OR_RETURN(const absl::optional<std::string> current, reader.Get(keyspace, key));
  return current.has_value() ? visit(*current, 0) : absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> EntityIdKeyOf(absl::string_view id,
                                          const schema::Ontology& ontology,
                                          const kv::Reader& reader,
                                          absl::string_view field) {
  ASSIGN_OR_RETURN(const schema::EntityId parsed, schema::ParseEntityId(id, field));
  const absl::StatusOr<const schema::Kind*> kind =
      ontology.ResolveKind(parsed.kind, field);
  if (kind.ok()) return keys::EntityIdKey((*kind)->number, parsed.key);
  ASSIGN_OR_RETURN(const absl::optional<std::string> bytes,
                   reader.Get(keys::kSchema, keys::SchemaKindKey(parsed.kind)));
  if (!bytes.has_value()) return kind.status();
  keys::Decoder decoder(*bytes);
  const schema::KindNumber number = decoder.Be32();
  if (!decoder.ok()) {
    return errors::StorageCorrupt("schema", "a number cannot be decoded.");
  }
  return keys::EntityIdKey(number, parsed.key);
}

absl::StatusOr<std::vector<uint64_t>> NumbersOf(const kv::Reader& reader, RecordType type,
                                                absl::string_view id_key) {
  std::set<uint64_t> numbers;
  RETURN_IF_ERROR(
      ForEachVersion(reader, type.ids, id_key,
                     [&](absl::string_view bytes, keys::Revision) -> absl::Status {
                       keys::IndexRow row;
                       if (!keys::IndexRow::Decode(bytes, &row)) {
                         return errors::StorageCorrupt(keys::kNames[type.ids],
                                                       "an id's row cannot be decoded.");
                       }
                       numbers.insert(row.number);
                       return absl::OkStatus();
                     }));
  return std::vector<uint64_t>(numbers.begin(), numbers.end());
}

absl::StatusOr<std::vector<VersionRow>> ReadVersions(const kv::Reader& reader,
                                                     RecordType type,
                                                     absl::string_view id_key,
                                                     keys::Revision oldest) {
  ASSIGN_OR_RETURN(const std::vector<uint64_t> numbers, NumbersOf(reader, type, id_key));
  std::vector<VersionRow> versions;
  for (const uint64_t number : numbers) {
    // Records of both types lie under their number.
    RETURN_IF_ERROR(ForEachVersion(reader, type.records, keys::EntityKey(number),
                                   [&](absl::string_view row, keys::Revision removed) {
                                     if (removed == 0 || removed > oldest) {
                                       versions.push_back({number, keys::RowRevision(row),
                                                           removed, std::string(row)});
                                     }
                                     return absl::OkStatus();
                                   }));
  }
  std::sort(versions.begin(), versions.end(),
            [](const VersionRow& a, const VersionRow& b) {
              return std::tie(a.revision, a.number) < std::tie(b.revision, b.number);
            });
  return versions;
}

}  // namespace labgraph::graph
