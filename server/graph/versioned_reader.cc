#include "server/graph/versioned_reader.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "server/base/status_macros.h"
#include "server/keys/keyspaces.h"
#include "server/keys/rows.h"

namespace labgraph::graph {
namespace {

constexpr size_t kRemovedBytes = 8;  // be64(removed) at the end of a past key

// The row's own key within a past key.
absl::string_view KeyInPast(absl::string_view past_key) {
  return past_key.substr(1, past_key.size() - 1 - kRemovedBytes);
}

// Whether a past row stood at `revision`.
bool StoodAt(absl::string_view past_key, absl::string_view value,
             keys::Revision revision) {
  return keys::RowRevision(value) <= revision && revision < keys::LastBe64(past_key);
}

}  // namespace

RowScan::RowScan(const kv::Reader* reader, kv::Keyspace keyspace,
                 absl::string_view prefix, absl::string_view start,
                 keys::Revision revision, bool newest)
    : prefix_(prefix), revision_(revision), current_(reader->NewCursor(keyspace)) {
  const absl::string_view from = std::max(start, prefix);
  current_->Seek(from);
  if (!newest) {
    past_prefix_ = keys::PastPrefix(keyspace, prefix);
    past_ = reader->NewCursor(keys::kPast);
    past_->Seek(keys::PastPrefix(keyspace, from));
    // `from` may stand right behind a key, where the past rows of that key stand too.
    while (past_->Valid() && absl::StartsWith(past_->key(), past_prefix_) &&
           KeyInPast(past_->key()) < from) {
      past_->Next();
    }
    SettlePast();
  }
  SettleCurrent();
  Choose();
}

void RowScan::SettleCurrent() {
  while (past_ != nullptr && current_->Valid() &&
         absl::StartsWith(current_->key(), prefix_) &&
         keys::RowRevision(current_->value()) > revision_) {
    current_->Next();
  }
}

void RowScan::SettlePast() {
  while (past_->Valid() && absl::StartsWith(past_->key(), past_prefix_) &&
         !StoodAt(past_->key(), past_->value(), revision_)) {
    past_->Next();
  }
}

void RowScan::Choose() {
  const bool current = current_->Valid() && absl::StartsWith(current_->key(), prefix_);
  const bool past =
      past_ != nullptr && past_->Valid() && absl::StartsWith(past_->key(), past_prefix_);
  valid_ = current || past;
  status_ = current_->status();
  if (past_ != nullptr) status_.Update(past_->status());
  if (!status_.ok()) valid_ = false;
  if (!valid_) return;
  at_past_ = past && (!current || KeyInPast(past_->key()) < current_->key());
  key_ = at_past_ ? KeyInPast(past_->key()) : current_->key();
  value_ = at_past_ ? past_->value() : current_->value();
}

void RowScan::Next() {
  if (at_past_) {
    past_->Next();
    SettlePast();
  } else {
    current_->Next();
    SettleCurrent();
  }
  Choose();
}

absl::StatusOr<absl::optional<std::string>> VersionedReader::Get(
    kv::Keyspace keyspace, absl::string_view key) const {
  ASSIGN_OR_RETURN(absl::optional<std::string> current, reader_->Get(keyspace, key));
  if (newest_) return current;
  if (current.has_value() && keys::RowRevision(*current) <= revision_) return current;
  const std::unique_ptr<kv::Cursor> past = reader_->NewCursor(keys::kPast);
  past->Seek(keys::PastKey(keyspace, key, revision_ + 1));
  // No key is the beginning of another, so the next row is of this key or there is none.
  if (past->Valid() && absl::StartsWith(past->key(), keys::PastPrefix(keyspace, key)) &&
      StoodAt(past->key(), past->value(), revision_)) {
    return absl::optional<std::string>(std::string(past->value()));
  }
  RETURN_IF_ERROR(past->status());
  return absl::optional<std::string>();
}

RowScan VersionedReader::Scan(kv::Keyspace keyspace, absl::string_view prefix,
                              absl::string_view start) const {
  return RowScan(reader_, keyspace, prefix, start, revision_, newest_);
}

}  // namespace labgraph::graph
