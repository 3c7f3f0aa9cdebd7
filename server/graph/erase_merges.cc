#include "server/graph/erase_merges.h"

#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "server/base/deterministic.h"
#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/graph/redirects.h"
#include "server/keys/keyspaces.h"

namespace labgraph::graph {
namespace {

enum class Edit { kKeep, kChange, kRemove };

struct Row {
  std::string key;
  std::string value;
};

absl::StatusOr<std::vector<Row>> Rows(const kv::Reader& reader, kv::Keyspace keyspace,
                                      const std::string& prefix) {
  std::vector<Row> rows;
  const std::unique_ptr<kv::Cursor> cursor = reader.NewCursor(keyspace);
  for (cursor->Seek(prefix); cursor->Valid() && absl::StartsWith(cursor->key(), prefix);
       cursor->Next()) {
    rows.push_back({std::string(cursor->key()), std::string(cursor->value())});
  }
  RETURN_IF_ERROR(cursor->status());
  return rows;
}

absl::StatusOr<RedirectRow> Decode(const Row& row) {
  RedirectRow redirect;
  if (!RedirectRow::Decode(row.value, &redirect)) {
    return errors::StorageCorrupt("redirect", "a redirect cannot be decoded.");
  }
  return redirect;
}

// Edits the merges of one keyspace, kRedirect or kPast, in place: that they were other
// before is what is to be forgotten.
absl::Status EditMerges(kv::Keyspace keyspace, const std::string& prefix,
                        absl::FunctionRef<Edit(Merge&)> edit, Draft& draft) {
  ASSIGN_OR_RETURN(const std::vector<Row> rows, Rows(draft.buffer(), keyspace, prefix));
  for (const Row& row : rows) {
    ASSIGN_OR_RETURN(RedirectRow redirect, Decode(row));
    switch (edit(redirect.merge)) {
      case Edit::kKeep:
        break;
      case Edit::kChange:
        draft.buffer().Put(keyspace, row.key, redirect.Encode());
        break;
      case Edit::kRemove:
        draft.buffer().Delete(keyspace, row.key);
        break;
    }
  }
  return absl::OkStatus();
}

absl::Status EditAllMerges(absl::FunctionRef<Edit(Merge&)> edit, Draft& draft) {
  RETURN_IF_ERROR(EditMerges(keys::kRedirect, "", edit, draft));
  return EditMerges(keys::kPast, keys::PastPrefix(keys::kRedirect, ""), edit, draft);
}

bool Mark(ErasedRecord* record) {
  if (record != nullptr) record->found = true;
  return record != nullptr;
}

Edit EraseStatements(EraseSet& set, Merge& merge) {
  const auto find = [&](const std::string& id) {
    return set.Find(keys::ChangeKind::kStatement, id);
  };
  Edit result = Edit::kKeep;
  for (int i = merge.statements_size() - 1; i >= 0; --i) {
    MergedStatement& merged = *merge.mutable_statements(i);
    if (merged.has_joined() && Mark(find(merged.joined().id()))) {
      merged.clear_joined();
      merged.set_became("");
      result = Edit::kChange;
    }
    if (!Mark(find(merged.was().id())) && find(merged.became()) == nullptr) continue;
    merge.mutable_statements()->DeleteSubrange(i, 1);
    result = Edit::kChange;
  }
  return result;
}

Edit EraseCiting(EraseSet& set, Merge& merge) {
  Edit result = Edit::kKeep;
  for (int i = merge.citing_size() - 1; i >= 0; --i) {
    if (!Mark(set.Find(keys::ChangeKind::kEntity, merge.citing(i).id()))) continue;
    merge.mutable_citing()->DeleteSubrange(i, 1);
    result = Edit::kChange;
  }
  return result;
}

}  // namespace

absl::Status ForEachMergedStatement(
    const kv::Reader& reader,
    absl::FunctionRef<void(const Merge& merge, const v1::Statement& statement)> visit) {
  const auto visit_rows = [&](kv::Keyspace keyspace,
                              const std::string& prefix) -> absl::Status {
    ASSIGN_OR_RETURN(const std::vector<Row> rows, Rows(reader, keyspace, prefix));
    for (const Row& row : rows) {
      ASSIGN_OR_RETURN(const RedirectRow redirect, Decode(row));
      for (const MergedStatement& merged : redirect.merge.statements()) {
        visit(redirect.merge, merged.was());
        if (merged.has_joined()) visit(redirect.merge, merged.joined());
      }
    }
    return absl::OkStatus();
  };
  RETURN_IF_ERROR(visit_rows(keys::kRedirect, ""));
  return visit_rows(keys::kPast, keys::PastPrefix(keys::kRedirect, ""));
}

absl::Status EraseFromMerges(EraseSet& set, Draft& draft) {
  std::set<std::string> led;
  RETURN_IF_ERROR(EditAllMerges(
      [&](Merge& merge) {
        if (Mark(set.Find(keys::ChangeKind::kEntity, merge.entity().id()))) {
          led.insert(merge.entity().id());
          return Edit::kRemove;
        }
        const Edit statements = EraseStatements(set, merge);
        const Edit citing = EraseCiting(set, merge);
        return statements == Edit::kKeep ? citing : statements;
      },
      draft));
  for (const std::string& id : led) {
    v1::Redirect redirect;
    redirect.set_id(id);
    draft.change().Note(keys::ChangeKind::kRedirect, DeterministicBytes(redirect));
  }
  return absl::OkStatus();
}

}  // namespace labgraph::graph
