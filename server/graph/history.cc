#include "server/graph/history.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/graph/field_differences.h"
#include "server/graph/record_versions.h"
#include "server/graph/tombstones.h"
#include "server/keys/change_row.h"
#include "server/keys/rows.h"
#include "server/schema/checks.h"

namespace labgraph::graph {
namespace {

// What happened to the record at a revision.
struct Event {
  keys::Revision revision = 0;
  const VersionRow* version = nullptr;  // null: it was gone
  const VersionRow* before = nullptr;   // what was replaced; null where nothing was
};

std::vector<Event> EventsOf(const std::vector<VersionRow>& versions,
                            keys::Revision newest) {
  std::vector<Event> events;
  const auto replaced_at = [&](keys::Revision revision) {
    const auto it =
        std::find_if(versions.begin(), versions.end(),
                     [&](const VersionRow& row) { return row.removed == revision; });
    return it == versions.end() ? nullptr : &*it;
  };
  for (const VersionRow& row : versions) {
    if (row.revision > newest) continue;
    events.push_back({row.revision, &row, replaced_at(row.revision)});
    const bool replaced = std::any_of(
        versions.begin(), versions.end(),
        [&](const VersionRow& other) { return other.revision == row.removed; });
    if (row.removed != 0 && row.removed <= newest && !replaced) {
      events.push_back({row.removed, nullptr, &row});
    }
  }
  std::sort(events.begin(), events.end(),
            [](const Event& a, const Event& b) { return a.revision > b.revision; });
  return events;
}

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
  version->mutable_commit_time()->set_seconds(row.time_ns / 1000000000);
  version->mutable_commit_time()->set_nanos(
      static_cast<int32_t>(row.time_ns % 1000000000));
  version->set_message(std::string(row.message));
  for (const keys::ChangeItem& item : row.items) {
    if (item.kind == keys::ChangeKind::kActor)
      version->set_actor(std::string(item.content));
  }
  return absl::OkStatus();
}

// Makes the versions of records of one type.
template <typename Message>
class History {
 public:
  History(View* view, std::vector<VersionRow> versions)
      : view_(*view), versions_(std::move(versions)) {}

  absl::StatusOr<HistoryPage> Read(keys::Revision below, size_t size);
  bool empty() const { return versions_.empty(); }

 private:
  static constexpr const Message* kType = nullptr;

  absl::Status Add(const Event& event, v1::Version* out, bool* forgotten);

  View& view_;
  const std::vector<VersionRow> versions_;
};

template <typename Message>
absl::StatusOr<HistoryPage> History<Message>::Read(keys::Revision below, size_t size) {
  HistoryPage page;
  page.response.set_oldest_revision(view_.head().oldest);
  bool forgotten = false;
  for (const Event& event : EventsOf(versions_, view_.revision())) {
    if (below != 0 && event.revision >= below) continue;
    if (static_cast<size_t>(page.response.versions_size()) == size) {
      page.more_below =
          page.response.versions(page.response.versions_size() - 1).revision();
      return page;
    }
    RETURN_IF_ERROR(Add(event, page.response.add_versions(), &forgotten));
  }
  page.response.set_compacted(forgotten);
  return page;
}

template <typename Message>
absl::Status History<Message>::Add(const Event& event, v1::Version* out,
                                   bool* forgotten) {
  RETURN_IF_ERROR(AddProvenance(*view_.head().snapshot, event.revision, out));
  out->set_outcome(v1::OUTCOME_RETRACTED);
  if (event.version == nullptr) return absl::OkStatus();
  ASSIGN_OR_RETURN(Decoded<Message> now, Decode(*event.version, view_, kType));
  const bool created = event.before == nullptr && now.first == event.revision;
  *forgotten = event.before == nullptr && !created;
  out->set_outcome(created ? v1::OUTCOME_CREATED : v1::OUTCOME_UPDATED);
  if (event.before != nullptr) {
    ASSIGN_OR_RETURN(const Decoded<Message> before, Decode(*event.before, view_, kType));
    AddDifferences(before.message, now.message, out->mutable_differences());
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
  if (tombstone.has_value()) {
    HistoryPage page;
    page.response.set_oldest_revision(view.head().oldest);
    *page.response.mutable_tombstone() = *std::move(tombstone);
    return page;
  }
  ASSIGN_OR_RETURN(std::vector<VersionRow> versions,
                   ReadVersions(reader, type, id_key, view.head().oldest));
  History<Message> history(&view, std::move(versions));
  if (history.empty()) return not_found;
  return history.Read(below, size);
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
  ASSIGN_OR_RETURN(const std::string key, EntityIdKeyOf(id, view.ontology(), "entity"));
  return ReadRecord<v1::Entity>(kEntityRecords, key, keys::ErasedEntityKey(id), view,
                                errors::EntityNotFound("entity", id), below, size);
}

}  // namespace labgraph::graph
