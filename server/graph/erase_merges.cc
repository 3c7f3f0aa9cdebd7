#include "server/graph/erase_merges.h"

#include <memory>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
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

// Edits the merges of one keyspace, kRedirect or kPast, in place: that they were other
// before is what is to be forgotten.
absl::Status EditMerges(kv::Keyspace keyspace, const std::string& prefix,
                        absl::FunctionRef<Edit(Merge&)> edit, Draft& draft) {
  ASSIGN_OR_RETURN(const std::vector<Row> rows, Rows(draft.buffer(), keyspace, prefix));
  for (const Row& row : rows) {
    RedirectRow redirect;
    if (!RedirectRow::Decode(row.value, &redirect)) {
      return errors::StorageCorrupt("redirect", "a redirect cannot be decoded.");
    }
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

}  // namespace

absl::Status EraseStatementFromMerges(const std::string& id, Draft& draft) {
  return EditAllMerges(
      [&](Merge& merge) {
        Edit result = Edit::kKeep;
        for (int i = merge.statements_size() - 1; i >= 0; --i) {
          MergedStatement& merged = *merge.mutable_statements(i);
          if (merged.has_joined() && merged.joined().id() == id) {
            merged.clear_joined();
            merged.set_became("");
            result = Edit::kChange;
          }
          if (merged.was().id() != id && merged.became() != id) continue;
          merge.mutable_statements()->DeleteSubrange(i, 1);
          result = Edit::kChange;
        }
        return result;
      },
      draft);
}

absl::Status EraseEntityFromMerges(const std::string& id, Draft& draft) {
  bool led = false;
  RETURN_IF_ERROR(EditAllMerges(
      [&](Merge& merge) {
        if (merge.entity().id() == id) {
          led = true;
          return Edit::kRemove;
        }
        Edit result = Edit::kKeep;
        for (int i = merge.citing_size() - 1; i >= 0; --i) {
          if (merge.citing(i).id() != id) continue;
          merge.mutable_citing()->DeleteSubrange(i, 1);
          result = Edit::kChange;
        }
        return result;
      },
      draft));
  if (!led) return absl::OkStatus();
  v1::Redirect redirect;
  redirect.set_id(id);
  draft.change().Note(keys::ChangeKind::kRedirect, DeterministicBytes(redirect));
  return absl::OkStatus();
}

}  // namespace labgraph::graph
