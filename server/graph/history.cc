#include "server/graph/history.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"
#include "server/base/timestamp.h"
#include "server/graph/field_differences.h"
#include "server/graph/record_versions.h"
#include "server/graph/tombstones.h"
#include "server/graph/version_walk.h"
#include "server/keys/change_row.h"
#include "server/keys/rows.h"
#include "server/schema/checks.h"

namespace labgraph::graph {
namespace {

// The message of a row and the revision that created its record.
template <typename Message>
struct Decoded {
  keys::Revision first = 0;
  Message message;
};

absl::StatusOr<Decoded<v1::Entity>> Decode(const VersionRow& version, const View&,
                                           const v1::Entity*) {
  keys::EntityRow row;
  Decoded<v1::Entity> out;
  if (!keys::EntityRow::Decode(version.row, &row) ||
      !out.message.ParseFromArray(row.record.data(),
                                  static_cast<int>(row.record.size()))) {
    return errors::StorageCorrupt(absl::StrCat("entity/", version.number),
                                  "a version cannot be decoded.");
  }
  out.first = row.first;
  return out;
}

absl::StatusOr<Decoded<v1::Statement>> Decode(const VersionRow& version, const View& view,
                                              const v1::Statement*) {
  keys::StatementRow row;
  Decoded<v1::Statement> out;
  if (!keys::StatementRow::Decode(version.row, &row) ||
      !out.message.ParseFromArray(row.record.data(),
                                  static_cast<int>(row.record.size()))) {
    return errors::StorageCorrupt(absl::StrCat("statement/", version.number),
                                  "a version cannot be decoded.");
  }
  out.first = row.first;
  if (const auto* predicate = view.ontology().FindPredicate(row.predicate)) {
    out.message.set_predicate(predicate->definition.name());
  }
  return out;
}

v1::Entity* RecordIn(v1::Version* version, const v1::Entity*) {
  return version->mutable_entity();
}
v1::Statement* RecordIn(v1::Version* version, const v1::Statement*) {
  return version->mutable_statement();
}

// Who made the revision, when and why.
absl::Status AddProvenance(const kv::Reader& reader, keys::Revision revision,
                           v1::Version* version) {
  version->set_revision(revision);
  ASSIGN_OR_RETURN(const absl::optional<std::string> bytes,
                   reader.Get(keys::kChange, keys::ChangeKey(revision)));
  keys::ChangeRow row;
  if (!bytes.has_value() || !keys::ChangeRow::Decode(*bytes, &row)) {
    return errors::StorageCorrupt(absl::StrCat("change/", revision),
                                  "it is missing or cannot be decoded.");
  }
  SetUnixNanos(row.time_ns, version->mutable_commit_time());
  version->set_message(std::string(row.message));
  for (const keys::ChangeItem& item : row.items) {
    if (item.kind == keys::ChangeKind::kActor)
      version->set_actor(std::string(item.content));
  }
  return absl::OkStatus();
}

// Makes a page of the versions of records of one type.
template <typename Message>
class History {
 public:
  History(View* view, size_t size) : view_(*view), size_(size) {}

  // Adds what happened up to `newest` as the walk tells it.
  absl::Status Read(VersionWalk& walk, keys::Revision newest);
  HistoryPage Take() { return std::move(page_); }

 private:
  static constexpr const Message* kType = nullptr;

  // An entry for what happened at the revision; null where the page is full, and then it
  // is noted that there is more.
  absl::StatusOr<v1::Version*> AddEntry(keys::Revision revision);
  // Fills the entry of a version. `before` is what it replaced; null where nothing was.
  absl::Status Fill(const VersionRow& version, const VersionRow* before,
                    v1::Version* out);

  View& view_;
  const size_t size_;
  HistoryPage page_;
  size_t bytes_ = 0;  // of its versions but the last
};

template <typename Message>
absl::Status History<Message>::Read(VersionWalk& walk, keys::Revision newest) {
  ASSIGN_OR_RETURN(absl::optional<VersionRow> version, walk.Next());
  keys::Revision later = 0;  // revision of the version after
  while (version.has_value()) {
    ASSIGN_OR_RETURN(absl::optional<VersionRow> older, walk.Next());
    const bool replaced = version->removed == 0 || version->removed == later;
    if (!replaced && version->removed <= newest) {
      ASSIGN_OR_RETURN(v1::Version * out, AddEntry(version->removed));
      if (out == nullptr) return absl::OkStatus();
      out->set_outcome(v1::OUTCOME_RETRACTED);
    }
    if (version->revision <= newest) {
      ASSIGN_OR_RETURN(v1::Version * out, AddEntry(version->revision));
      if (out == nullptr) return absl::OkStatus();
      const bool replaces = older.has_value() && older->removed == version->revision;
      RETURN_IF_ERROR(Fill(*version, replaces ? &*older : nullptr, out));
    }
    later = version->revision;
    version = std::move(older);
  }
  return absl::OkStatus();
}

template <typename Message>
absl::StatusOr<v1::Version*> History<Message>::AddEntry(keys::Revision revision) {
  v1::GetHistoryResponse& response = page_.response;
  if (!response.versions().empty())
    bytes_ += response.versions().rbegin()->ByteSizeLong();
  if (static_cast<size_t>(response.versions_size()) == size_ ||
      bytes_ >= limits::kPageBytes.value) {
    page_.more_below = response.versions(response.versions_size() - 1).revision();
    response.clear_compacted();  // the last page tells
    return nullptr;
  }
  v1::Version* out = response.add_versions();
  RETURN_IF_ERROR(AddProvenance(*view_.head().snapshot, revision, out));
  return out;
}

template <typename Message>
absl::Status History<Message>::Fill(const VersionRow& version, const VersionRow* before,
                                    v1::Version* out) {
  ASSIGN_OR_RETURN(Decoded<Message> now, Decode(version, view_, kType));
  const bool created = before == nullptr && now.first == version.revision;
  page_.response.set_compacted(before == nullptr && !created);
  out->set_outcome(created ? v1::OUTCOME_CREATED : v1::OUTCOME_UPDATED);
  if (before != nullptr) {
    ASSIGN_OR_RETURN(const Decoded<Message> former, Decode(*before, view_, kType));
    AddDifferences(former.message, now.message, out->mutable_differences());
  }
  *RecordIn(out, kType) = std::move(now.message);
  return absl::OkStatus();
}

template <typename Message>
absl::StatusOr<HistoryPage> ReadRecord(RecordType type, const std::string& id_key,
                                       const std::string& erased_key, View& view,
                                       const absl::Status& not_found,
                                       keys::Revision below, size_t size) {
  const kv::Reader& reader = *view.head().snapshot;
  ASSIGN_OR_RETURN(absl::optional<v1::Tombstone> tombstone,
                   ReadTombstone(reader, erased_key));
  HistoryPage page;
  if (tombstone.has_value()) {
    *page.response.mutable_tombstone() = *std::move(tombstone);
  } else {
    ASSIGN_OR_RETURN(std::vector<uint64_t> numbers, NumbersOf(reader, type, id_key));
    const keys::Revision newest =
        below == 0 ? view.revision() : std::min(below - 1, view.revision());
    VersionWalk walk(&reader, type, std::move(numbers), {view.head().oldest, newest});
    History<Message> history(&view, size);
    RETURN_IF_ERROR(history.Read(walk, newest));
    page = history.Take();
    if (page.response.versions().empty()) {
      if (below == 0) return not_found;
      page.response.set_compacted(true);  // since the page before
    }
  }
  page.response.set_oldest_revision(view.head().oldest);
  return page;
}

}  // namespace

absl::StatusOr<HistoryPage> ReadHistory(const v1::GetHistoryRequest& request, View& view,
                                        keys::Revision below, size_t size) {
  if (request.has_statement()) {
    const std::string& id = request.statement();
    RETURN_IF_ERROR(schema::CheckStatementId(id, "statement"));
    return ReadRecord<v1::Statement>(
        kStatementRecords, keys::StatementIdKey(id), keys::ErasedStatementKey(id), view,
        errors::StatementNotFound("statement", id), below, size);
  }
  if (!request.has_entity()) return errors::FieldRequired("entity");
  const std::string& id = request.entity();
  ASSIGN_OR_RETURN(const std::string key,
                   EntityIdKeyOf(id, view.ontology(), *view.head().snapshot, "entity"));
  return ReadRecord<v1::Entity>(kEntityRecords, key, keys::ErasedEntityKey(id), view,
                                errors::EntityNotFound("entity", id), below, size);
}

}  // namespace labgraph::graph
