#include "server/graph/version_walk.h"

#include <limits>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "server/base/status_macros.h"
#include "server/keys/codec.h"
#include "server/keys/keyspaces.h"
#include "server/keys/rows.h"

namespace labgraph::graph {

absl::StatusOr<absl::optional<VersionRow>> VersionWalk::Next() {
  while (true) {
    absl::optional<VersionRow> version;
    if (number_ != 0) {
      ASSIGN_OR_RETURN(version, TakePast());
    } else if (numbers_.empty()) {
      return version;
    } else {
      number_ = numbers_.back();
      numbers_.pop_back();
      ASSIGN_OR_RETURN(version, Enter());
      if (!version.has_value()) continue;
    }
    if (version.has_value()) return version;
    number_ = 0;
  }
}

absl::StatusOr<absl::optional<VersionRow>> VersionWalk::Enter() {
  // Records of both types lie under their number.
  const std::string key = keys::EntityKey(number_);
  past_->Seek(keys::PastKey(type_.records, key, range_.newest + 1));
  if (past_->Valid() &&
      absl::StartsWith(past_->key(), keys::PastPrefix(type_.records, key))) {
    return absl::optional<VersionRow>();
  }
  RETURN_IF_ERROR(past_->status());
  past_->SeekForPrev(
      keys::PastKey(type_.records, key, std::numeric_limits<keys::Revision>::max()));
  ASSIGN_OR_RETURN(absl::optional<std::string> row, reader_.Get(type_.records, key));
  if (!row.has_value()) return absl::optional<VersionRow>();
  const keys::Revision revision = keys::RowRevision(*row);
  return absl::optional<VersionRow>(VersionRow{number_, revision, 0, *std::move(row)});
}

absl::StatusOr<absl::optional<VersionRow>> VersionWalk::TakePast() {
  RETURN_IF_ERROR(past_->status());
  const std::string prefix = keys::PastPrefix(type_.records, keys::EntityKey(number_));
  absl::optional<VersionRow> version;
  if (!past_->Valid() || !absl::StartsWith(past_->key(), prefix)) return version;
  const keys::Revision removed = keys::LastBe64(past_->key());
  if (removed <= range_.oldest) return version;
  version = VersionRow{number_, keys::RowRevision(past_->value()), removed,
                       std::string(past_->value())};
  past_->Prev();
  return version;
}

}  // namespace labgraph::graph
