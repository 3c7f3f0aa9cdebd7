#include "server/watch/loaded_change.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "server/base/status_macros.h"
#include "server/graph/change_log.h"
#include "server/graph/record_reader.h"
#include "server/graph/versioned_reader.h"
#include "server/keys/keyspaces.h"
#include "server/keys/rows.h"

namespace labgraph::watch {

LoadedChange::LoadedChange(v1::Change change)
    : change_(std::move(change)), bytes_(change_.SpaceUsedLong()) {
  for (int i = 0; i < change_.events_size(); ++i) {
    if (change_.events(i).has_redirect()) redirects_.push_back(i);
  }
}

absl::StatusOr<std::unique_ptr<LoadedChange>> LoadedChange::Load(
    const graph::Head& head, keys::Revision revision) {
  ASSIGN_OR_RETURN(v1::Change change, graph::ReadChange(*head.snapshot, revision));
  return absl::WrapUnique(new LoadedChange(std::move(change)));
}

bool LoadedChange::Merges(const graph::RecordFilter& filter) const {
  return absl::c_any_of(redirects_, [&](int event) {
    const v1::Redirect& redirect = change_.events(event).redirect();
    return !redirect.into().empty() && filter.IsAbout(redirect.id());
  });
}

bool LoadedChange::Redirects(const graph::RecordFilter& filter) const {
  return absl::c_any_of(redirects_, [&](int event) {
    return filter.IsAbout(change_.events(event).redirect().id());
  });
}

absl::StatusOr<bool> LoadedChange::Passes(int event, const graph::RecordFilter& filter,
                                          const graph::Head& head) {
  if (filter.passes_all()) return true;
  const v1::ChangeEvent& what = change_.events(event);
  switch (what.event_case()) {
    case v1::ChangeEvent::kPutEntity:
      return filter.Passes(what.put_entity());
    case v1::ChangeEvent::kDeleteEntity:
      return filter.PassesEntity(what.delete_entity());
    case v1::ChangeEvent::kPutStatement:
      return StatementPasses(what.put_statement().id(), filter, head);
    case v1::ChangeEvent::kRetractStatement:
      return StatementPasses(what.retract_statement(), filter, head);
    case v1::ChangeEvent::kRedirect:
      return filter.Passes(what.redirect());
    case v1::ChangeEvent::kErase:
      return what.erase().has_statement() || filter.PassesEntity(what.erase().entity());
    default:
      return true;
  }
}

void LoadedChange::GroupStatements() {
  if (std::exchange(grouped_, true)) return;
  for (int i = 0; i < change_.events_size(); ++i) {
    const v1::ChangeEvent& event = change_.events(i);
    if (event.has_put_statement()) {
      statements_[event.put_statement().id()].puts.push_back(i);
    } else if (event.event_case() == v1::ChangeEvent::kRetractStatement) {
      statements_[event.retract_statement()].retracted = true;
    }
  }
}

absl::StatusOr<bool> LoadedChange::StatementPasses(const std::string& id,
                                                   const graph::RecordFilter& filter,
                                                   const graph::Head& head) {
  GroupStatements();
  Versions& versions = statements_[id];
  for (const int put : versions.puts) {
    if (filter.Passes(change_.events(put).put_statement())) return true;
  }
  if (!std::exchange(versions.former_known, true)) {
    const absl::Status found = FindFormer(id, head, versions);
    versions.former_known = found.ok();
    RETURN_IF_ERROR(found);
  }
  return versions.former.has_value() && filter.Passes(*versions.former);
}

absl::Status LoadedChange::FindFormer(absl::string_view id, const graph::Head& head,
                                      Versions& versions) const {
  const keys::Revision revision = change_.revision();
  if (!versions.retracted) {
    // Most statements of large commits are new. Their id's row, which stays as it is
    // while they exist, says so without a look into the past.
    ASSIGN_OR_RETURN(const absl::optional<std::string> row,
                     head.snapshot->Get(keys::kStatementId, keys::StatementIdKey(id)));
    if (row.has_value() && keys::RowRevision(*row) == revision) return absl::OkStatus();
  }
  const graph::RecordReader before(
      graph::VersionedReader(head.snapshot.get(), revision - 1, /*newest=*/false),
      head.ontology);
  ASSIGN_OR_RETURN(const absl::optional<keys::StatementNumber> number,
                   before.FindStatement(id));
  if (!number.has_value()) return absl::OkStatus();
  ASSIGN_OR_RETURN(absl::optional<graph::StatementRecord> record,
                   before.ReadStatement(*number));
  if (record.has_value()) versions.former = std::move(record->statement);
  return absl::OkStatus();
}

}  // namespace labgraph::watch
