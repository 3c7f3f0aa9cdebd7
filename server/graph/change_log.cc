#include "server/graph/change_log.h"

#include <openssl/evp.h>

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/base/timestamp.h"
#include "server/keys/codec.h"
#include "server/keys/keyspaces.h"
#include "server/keys/rows.h"

namespace labgraph::graph {

using keys::ChangeItem;
using keys::ChangeKind;
using keys::ChangeRow;

struct ChangeDigest::Context {
  EVP_MD_CTX* const evp = EVP_MD_CTX_new();
  std::string waiting;  // small pieces, to be hashed together
  ~Context() { EVP_MD_CTX_free(evp); }
  void Flush() {
    EVP_DigestUpdate(evp, waiting.data(), waiting.size());
    waiting.clear();
  }
};

ChangeDigest::ChangeDigest() : context_(std::make_unique<Context>()) {
  EVP_DigestInit_ex(context_->evp, EVP_sha256(), nullptr);
}

ChangeDigest::~ChangeDigest() = default;

void ChangeDigest::Add(ChangeKind kind, absl::string_view content) {
  constexpr size_t kFlushBytes = 4096;
  std::string& waiting = context_->waiting;
  waiting.push_back(static_cast<char>(kind));
  keys::AppendVarint(content.size(), &waiting);
  waiting.append(content.data(), content.size());
  if (waiting.size() >= kFlushBytes) context_->Flush();
}

std::string ChangeDigest::Finish() {
  context_->Flush();
  unsigned char digest[EVP_MAX_MD_SIZE];
  EVP_DigestFinal_ex(context_->evp, digest, nullptr);
  return std::string(reinterpret_cast<const char*>(digest), keys::kChangeDigestBytes);
}

void ChangeNotes::Put(ChangeKind kind, uint64_t number, absl::string_view content) {
  notes_.push_back({kind, number, ""});
  digest_.Add(kind, content);
}

void ChangeNotes::Supersede(ChangeKind kind, uint64_t number, std::string content) {
  const auto last = std::find_if(notes_.rbegin(), notes_.rend(), [&](const Item& item) {
    return item.kind == kind && item.number == number;
  });
  last->number = 0;
  last->content = std::move(content);
}

void ChangeNotes::Note(ChangeKind kind, absl::string_view content) {
  notes_.push_back({kind, 0, kind == ChangeKind::kSchema ? "" : std::string(content)});
  digest_.Add(kind, content);
}

std::string ChangeNotes::Encode(int64_t time_ns, absl::string_view message,
                                absl::string_view actor) {
  const std::string digest = digest_.Finish();
  ChangeRow row{time_ns, message, digest, {}};
  if (!actor.empty()) row.items.push_back({ChangeKind::kActor, 0, 0, actor});
  for (const Item& item : notes_) {
    if (item.number == 0) {
      row.items.push_back({item.kind, 0, 0, item.content});
      continue;
    }
    const ChangeKind run = item.kind == ChangeKind::kEntity ? ChangeKind::kEntities
                                                            : ChangeKind::kStatements;
    if (!row.items.empty() && row.items.back().kind == run &&
        row.items.back().first + row.items.back().count == item.number) {
      ++row.items.back().count;
    } else {
      row.items.push_back({run, item.number, 1, {}});
    }
  }
  return row.Encode();
}

namespace {

absl::Status Corrupt(keys::Revision revision, absl::string_view problem) {
  return errors::StorageCorrupt(absl::StrCat("change/", revision), problem);
}

// The version of a row that `revision` wrote; nullopt where there is none.
absl::StatusOr<absl::optional<std::string>> RowOf(const kv::Reader& reader,
                                                  kv::Keyspace keyspace,
                                                  const std::string& key,
                                                  keys::Revision revision) {
  ASSIGN_OR_RETURN(absl::optional<std::string> current, reader.Get(keyspace, key));
  if (current.has_value() && keys::RowRevision(*current) == revision) return current;
  const std::unique_ptr<kv::Cursor> past = reader.NewCursor(keys::kPast);
  past->Seek(keys::PastKey(keyspace, key, revision + 1));
  RETURN_IF_ERROR(past->status());
  if (!past->Valid() || !absl::StartsWith(past->key(), keys::PastPrefix(keyspace, key)) ||
      keys::RowRevision(past->value()) != revision) {
    return absl::optional<std::string>();
  }
  return absl::optional<std::string>(std::string(past->value()));
}

// Turns the items of one change into its events.
class Resolver {
 public:
  // `numbers` may be null.
  Resolver(const kv::Reader* reader, keys::Revision revision, v1::Change* change,
           std::vector<uint64_t>* numbers)
      : reader_(*reader), revision_(revision), change_(*change), numbers_(numbers) {}

  absl::Status Add(const ChangeItem& item);
  std::string Digest() { return digest_.Finish(); }

 private:
  absl::Status AddRun(const ChangeItem& item);
  // The record behind a number, as its row has it.
  absl::StatusOr<std::string> Record(ChangeKind kind, uint64_t number) const;
  absl::Status AddEvent(ChangeKind kind, absl::string_view content, uint64_t number = 0);

  const kv::Reader& reader_;
  const keys::Revision revision_;
  v1::Change& change_;
  std::vector<uint64_t>* const numbers_;
  ChangeDigest digest_;
};

absl::Status Resolver::Add(const ChangeItem& item) {
  switch (item.kind) {
    case ChangeKind::kEntities:
    case ChangeKind::kStatements:
      return AddRun(item);
    case ChangeKind::kSchema: {
      ASSIGN_OR_RETURN(const absl::optional<std::string> schema,
                       reader_.Get(keys::kSchema, keys::SchemaVersionKey(revision_)));
      if (!schema.has_value()) return Corrupt(revision_, "its schema is missing.");
      return AddEvent(item.kind, *schema);
    }
    case ChangeKind::kActor:
      change_.set_actor(std::string(item.content));
      return absl::OkStatus();
    case ChangeKind::kErased:
      return AddEvent(item.kind, item.content, item.first);
    default:
      return AddEvent(item.kind, item.content);
  }
}

absl::Status Resolver::AddRun(const ChangeItem& item) {
  const ChangeKind kind =
      item.kind == ChangeKind::kEntities ? ChangeKind::kEntity : ChangeKind::kStatement;
  for (uint64_t i = 0; i < item.count; ++i) {
    ASSIGN_OR_RETURN(const std::string record, Record(kind, item.first + i));
    RETURN_IF_ERROR(AddEvent(kind, record, item.first + i));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> Resolver::Record(ChangeKind kind, uint64_t number) const {
  const bool entity = kind == ChangeKind::kEntity;
  ASSIGN_OR_RETURN(
      const absl::optional<std::string> bytes,
      RowOf(reader_, entity ? keys::kEntity : keys::kStatement,
            entity ? keys::EntityKey(number) : keys::StatementKey(number), revision_));
  keys::EntityRow entity_row;
  keys::StatementRow statement_row;
  if (bytes.has_value() && entity && keys::EntityRow::Decode(*bytes, &entity_row)) {
    return std::string(entity_row.record);
  }
  if (bytes.has_value() && !entity &&
      keys::StatementRow::Decode(*bytes, &statement_row)) {
    return std::string(statement_row.record);
  }
  return Corrupt(revision_,
                 absl::StrCat("its version of ", entity ? "entity" : "statement", " ",
                              number, " is missing or damaged."));
}

absl::Status Resolver::AddEvent(ChangeKind kind, absl::string_view content,
                                uint64_t number) {
  digest_.Add(kind, content);
  if (numbers_ != nullptr) numbers_->push_back(number);
  v1::ChangeEvent* event = change_.add_events();
  const auto parse = [&](google::protobuf::MessageLite* message) {
    return message->ParseFromArray(content.data(), static_cast<int>(content.size()));
  };
  bool parsed = true;
  if (kind == ChangeKind::kEntity) parsed = parse(event->mutable_put_entity());
  if (kind == ChangeKind::kStatement) parsed = parse(event->mutable_put_statement());
  if (kind == ChangeKind::kSchema) parsed = parse(event->mutable_schema());
  if (kind == ChangeKind::kRedirect) parsed = parse(event->mutable_redirect());
  if (kind == ChangeKind::kErased) parsed = parse(event->mutable_erase());
  if (kind == ChangeKind::kEntityDeleted) event->set_delete_entity(std::string(content));
  if (kind == ChangeKind::kStatementRetracted) {
    event->set_retract_statement(std::string(content));
  }
  return parsed ? absl::OkStatus() : Corrupt(revision_, "a record cannot be decoded.");
}

}  // namespace

absl::StatusOr<v1::Change> ReadChange(const kv::Reader& reader, keys::Revision revision,
                                      std::vector<uint64_t>* numbers) {
  ASSIGN_OR_RETURN(const absl::optional<std::string> bytes,
                   reader.Get(keys::kChange, keys::ChangeKey(revision)));
  ChangeRow row;
  if (!bytes.has_value() || !ChangeRow::Decode(*bytes, &row)) {
    return Corrupt(revision, "it is missing or cannot be decoded.");
  }
  v1::Change change;
  change.set_revision(revision);
  change.set_message(std::string(row.message));
  SetUnixNanos(row.time_ns, change.mutable_commit_time());
  Resolver resolver(&reader, revision, &change, numbers);
  for (const ChangeItem& item : row.items) RETURN_IF_ERROR(resolver.Add(item));
  if (resolver.Digest() != row.digest) {
    return Corrupt(revision, "its records are not those that it was made of.");
  }
  return change;
}

absl::StatusOr<std::string> DigestOf(const kv::Reader& reader, keys::Revision revision,
                                     const std::vector<ChangeItem>& items) {
  v1::Change change;
  Resolver resolver(&reader, revision, &change, nullptr);
  for (const ChangeItem& item : items) RETURN_IF_ERROR(resolver.Add(item));
  return resolver.Digest();
}

std::string WithoutEvents(const ChangeRow& row) {
  const std::string digest = ChangeDigest().Finish();
  ChangeRow kept{row.time_ns, row.message, digest, {}};
  for (const ChangeItem& item : row.items) {
    if (item.kind == ChangeKind::kActor) kept.items.push_back(item);
  }
  return kept.Encode();
}

}  // namespace labgraph::graph
