#include "server/watch/snapshot_reader.h"

#include <utility>

#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"
#include "server/graph/redirects.h"
#include "server/keys/keyspaces.h"

namespace labgraph::watch {

absl::StatusOr<SnapshotReader::Piece> SnapshotReader::Read(
    const graph::RecordFilter& filter, v1::SnapshotPart* part) {
  looked_at_ = 0;
  bytes_ = part->ByteSizeLong();
  if (stage_ == Stage::kSchema) {
    *part->mutable_schema() = view_->ontology().definitions();
    bytes_ = part->ByteSizeLong();
    Enter(Stage::kEntities);
  }
  if (stage_ == Stage::kEntities) {
    ASSIGN_OR_RETURN(const bool ended, ScanEntities(filter, part));
    if (ended) Enter(Stage::kStatements);
  }
  if (stage_ == Stage::kStatements) {
    ASSIGN_OR_RETURN(const bool ended, ScanStatements(filter, part));
    if (ended) Enter(Stage::kRedirects);
  }
  if (stage_ == Stage::kRedirects) {
    ASSIGN_OR_RETURN(const bool ended, ScanRedirects(filter, part));
    if (ended) return Piece::kLast;
  }
  return bytes_ < limits::kStreamMessageBytes ? Piece::kUnfinished : Piece::kFull;
}

void SnapshotReader::Enter(Stage stage) {
  stage_ = stage;
  next_key_.clear();
}

bool SnapshotReader::HasRoom() const {
  return bytes_ < limits::kStreamMessageBytes && looked_at_ < kRowsPerCall;
}

template <typename Add>
absl::StatusOr<bool> SnapshotReader::Scan(kv::Keyspace keyspace, Add add) {
  if (!HasRoom()) return false;
  graph::RowScan scan = view_->records().rows().Scan(keyspace, "", next_key_);
  for (; scan.Valid() && HasRoom(); scan.Next()) {
    ++looked_at_;
    ASSIGN_OR_RETURN(const size_t added, add(scan.key(), scan.value()));
    bytes_ += added;
  }
  RETURN_IF_ERROR(scan.status());
  if (!scan.Valid()) return true;
  next_key_ = std::string(scan.key());
  return false;
}

absl::StatusOr<bool> SnapshotReader::ScanEntities(const graph::RecordFilter& filter,
                                                  v1::SnapshotPart* part) {
  const auto add = [&](absl::string_view key,
                       absl::string_view row) -> absl::StatusOr<size_t> {
    ASSIGN_OR_RETURN(graph::EntityRecord record,
                     view_->records().DecodeEntity(keys::LastBe64(key), row));
    if (!filter.Passes(record.entity) || !view_->MaySee(record.entity.visibility())) {
      return 0;
    }
    const size_t bytes = record.entity.ByteSizeLong();
    *part->add_entities() = std::move(record.entity);
    return bytes;
  };
  return Scan(keys::kEntity, add);
}

absl::StatusOr<bool> SnapshotReader::ScanStatements(const graph::RecordFilter& filter,
                                                    v1::SnapshotPart* part) {
  const auto add = [&](absl::string_view key,
                       absl::string_view row) -> absl::StatusOr<size_t> {
    ASSIGN_OR_RETURN(graph::StatementRecord record,
                     view_->records().DecodeStatement(keys::LastBe64(key), row));
    if (!filter.Passes(record.statement) || !view_->verdicts().Passes(record.facet)) {
      return 0;
    }
    const size_t bytes = record.statement.ByteSizeLong();
    *part->add_statements() = std::move(record.statement);
    return bytes;
  };
  return Scan(keys::kStatement, add);
}

absl::StatusOr<bool> SnapshotReader::ScanRedirects(const graph::RecordFilter& filter,
                                                   v1::SnapshotPart* part) {
  const auto add = [&](absl::string_view key,
                       absl::string_view bytes) -> absl::StatusOr<size_t> {
    graph::RedirectRow row;
    if (!graph::RedirectRow::Decode(bytes, &row)) {
      return errors::StorageCorrupt("redirect", "a redirect cannot be decoded.");
    }
    v1::Redirect redirect;
    redirect.set_id(row.merge.entity().id());
    redirect.set_into(row.merge.into());
    if (!filter.Passes(redirect) || !view_->MaySee(row.merge.entity().visibility())) {
      return 0;
    }
    const size_t size = redirect.ByteSizeLong();
    *part->add_redirects() = std::move(redirect);
    return size;
  };
  return Scan(keys::kRedirect, add);
}

}  // namespace labgraph::watch
