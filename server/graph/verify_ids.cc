#include <memory>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "server/base/status_macros.h"
#include "server/graph/redirects.h"
#include "server/graph/tombstones.h"
#include "server/graph/verify_checks.h"
#include "server/keys/codec.h"
#include "server/keys/keyspaces.h"
#include "server/schema/checks.h"

namespace labgraph::graph {
namespace {

// Whether a row of the key is, or ever was, there.
absl::StatusOr<bool> EverThere(const kv::Reader& reader, kv::Keyspace keyspace,
                               absl::string_view key) {
  ASSIGN_OR_RETURN(const absl::optional<std::string> row, reader.Get(keyspace, key));
  if (row.has_value()) return true;
  const std::string prefix = keys::PastPrefix(keyspace, key);
  const std::unique_ptr<kv::Cursor> past = reader.NewCursor(keys::kPast);
  past->Seek(prefix);
  RETURN_IF_ERROR(past->status());
  return past->Valid() && absl::StartsWith(past->key(), prefix);
}

// The key of the id under a key of kErased; empty where its kind is unknown by now.
std::string IdKeyOf(absl::string_view erased_key, const schema::Ontology& ontology) {
  keys::Decoder decoder(erased_key.substr(1));
  const std::string id(decoder.Text());
  if (absl::StartsWith(erased_key, "s")) return keys::StatementIdKey(id);
  const auto parsed = schema::ParseEntityId(id, "id");
  const schema::Kind* kind = parsed.ok() ? ontology.FindKind(parsed->kind) : nullptr;
  return kind == nullptr ? "" : keys::EntityIdKey(kind->number, parsed->key);
}

}  // namespace

absl::Status CheckErased(VerifyContext& context) {
  const RecordReader records = context.At(context.state().head);
  const std::unique_ptr<kv::Cursor> cursor = context.reader().NewCursor(keys::kErased);
  for (cursor->Seek(""); cursor->Valid() && !context.full(); cursor->Next()) {
    const std::string name = RowName(keys::kErased, cursor->key());
    const bool statement = absl::StartsWith(cursor->key(), "s");
    v1::Tombstone tombstone;
    const absl::string_view value = cursor->value();
    if (!tombstone.ParseFromArray(value.data(), static_cast<int>(value.size())) ||
        tombstone.revision() > context.state().head) {
      context.Add("I12", name, "The tombstone cannot be decoded, or is of the future.");
      continue;
    }
    const std::string id_key = IdKeyOf(cursor->key(), records.ontology());
    if (id_key.empty()) continue;
    ASSIGN_OR_RETURN(const bool there,
                     EverThere(context.reader(),
                               statement ? keys::kStatementId : keys::kEntityId, id_key));
    if (there) context.Add("I12", name, "The id was erased and has a record.");
  }
  return cursor->status();
}

absl::Status CheckRedirects(VerifyContext& context) {
  const std::unique_ptr<kv::Cursor> cursor = context.reader().NewCursor(keys::kRedirect);
  for (cursor->Seek(""); cursor->Valid() && !context.full(); cursor->Next()) {
    const std::string name = RowName(keys::kRedirect, cursor->key());
    RedirectRow row;
    if (!RedirectRow::Decode(cursor->value(), &row) || row.merge.into().empty()) {
      context.Add("I13", name, "The redirect cannot be decoded.");
      continue;
    }
    ASSIGN_OR_RETURN(const absl::optional<std::string> id,
                     context.reader().Get(keys::kEntityId, cursor->key()));
    if (id.has_value()) {
      context.Add("I13", name, "The id leads elsewhere and has an entity of its own.");
    }
  }
  return cursor->status();
}

}  // namespace labgraph::graph
