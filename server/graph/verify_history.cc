#include <algorithm>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "server/base/status_macros.h"
#include "server/graph/verify_checks.h"
#include "server/keys/change_row.h"
#include "server/keys/codec.h"
#include "server/keys/keyspaces.h"

namespace labgraph::graph {
namespace {

// Those whose rows begin with a revision and move to the past.
constexpr kv::Keyspace kVersioned[] = {
    keys::kEntity,      keys::kEntityId, keys::kStatement, keys::kStatementId,
    keys::kOut,         keys::kIn,       keys::kValue,     keys::kPredicateIndex,
    keys::kSourceIndex, keys::kText,     keys::kRedirect};

// The revision of the current row, or edge, behind a past key; 0 where there is none.
absl::StatusOr<keys::Revision> CurrentRevision(const VerifyContext& context,
                                               kv::Keyspace keyspace,
                                               absl::string_view key) {
  if (keyspace != keys::kOut && keyspace != keys::kIn) {
    ASSIGN_OR_RETURN(const absl::optional<std::string> row,
                     context.reader().Get(keyspace, key));
    return row.has_value() ? keys::RowRevision(*row) : 0;
  }
  keys::EdgeKey edge_key;
  if (!keys::EdgeKey::Decode(key, &edge_key)) return 0;
  ASSIGN_OR_RETURN(const absl::optional<keys::Edge> edge,
                   FindCurrentEdge(context.reader(), keyspace, edge_key));
  return edge.has_value() ? edge->revision : 0;
}

// The rows of a keyspace and the highest number among their keys.
struct Count {
  uint64_t rows = 0;
  uint64_t highest = 0;
};

absl::StatusOr<Count> CountRows(const VerifyContext& context, kv::Keyspace keyspace) {
  Count count;
  const std::unique_ptr<kv::Cursor> cursor = context.reader().NewCursor(keyspace);
  for (cursor->Seek(""); cursor->Valid(); cursor->Next()) {
    ++count.rows;
    count.highest = std::max(count.highest, keys::Decoder(cursor->key()).Be64());
  }
  RETURN_IF_ERROR(cursor->status());
  return count;
}

absl::Status CheckCount(VerifyContext& context, kv::Keyspace keyspace, uint64_t counted,
                        uint64_t next) {
  ASSIGN_OR_RETURN(const Count count, CountRows(context, keyspace));
  if (count.rows != counted) {
    context.Add("I11", "meta/state",
                absl::StrCat("It counts ", counted, " in ", keys::kNames[keyspace],
                             " and there are ", count.rows, "."));
  }
  if (count.highest >= next) {
    context.Add("I11", "meta/state",
                absl::StrCat("Number ", count.highest, " of ", keys::kNames[keyspace],
                             " is given and ", next, " is to be the next."));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckRevisions(VerifyContext& context) {
  const std::unique_ptr<kv::Cursor> cursor = context.reader().NewCursor(keys::kChange);
  keys::Revision revision = 0;
  int64_t time_ns = 0;
  for (cursor->Seek(""); cursor->Valid() && !context.full(); cursor->Next()) {
    ++revision;
    const std::string name = absl::StrCat("change/", revision);
    keys::ChangeRow change;
    if (cursor->key() != keys::ChangeKey(revision) ||
        !keys::ChangeRow::Decode(cursor->value(), &change)) {
      context.Add("I9", name,
                  "The change is missing, out of order or cannot be decoded.");
      return absl::OkStatus();  // what follows is off by one as well
    }
    const int64_t before_ns = time_ns;
    time_ns = change.time_ns;
    if (time_ns < before_ns)
      context.Add("I9", name, "It is older than the one before it.");
  }
  RETURN_IF_ERROR(cursor->status());
  if (revision != context.state().head || time_ns != context.state().head_time_ns) {
    context.Add(
        "I9", "meta/state",
        absl::StrCat("The newest revision is said to be ", context.state().head,
                     " and the last change is ", revision, ", or their times differ."));
  }
  return absl::OkStatus();
}

absl::Status CheckVersions(VerifyContext& context) {
  for (const kv::Keyspace keyspace : kVersioned) {
    std::string former_key;
    keys::Revision former_last = 0;
    RETURN_IF_ERROR(
        ForEachRow(context, keyspace, [&](const RowLife& row) -> absl::Status {
          const std::string name = RowName(keyspace, row.key);
          if (row.version == 0 || row.first > row.last ||
              row.last > context.state().head) {
            context.Add(
                "I9", name,
                absl::StrCat("It stood from revision ", row.first, " to ", row.last,
                             ", which is no range within those there are."));
          }
          if (row.last == context.state().head) return absl::OkStatus();  // a current row
          if (row.key == former_key && row.first <= former_last) {
            context.Add("I4", name,
                        absl::StrCat("Two versions stood at revision ", row.first));
          }
          former_key = std::string(row.key);
          former_last = row.last;
          ASSIGN_OR_RETURN(const keys::Revision current,
                           CurrentRevision(context, keyspace, row.key));
          if (current != 0 && current <= row.last) {
            context.Add(
                "I4", name,
                absl::StrCat("A past and the current version stood at ", row.last));
          }
          return absl::OkStatus();
        }));
  }
  return absl::OkStatus();
}

absl::Status CheckCounters(VerifyContext& context) {
  const keys::State& state = context.state();
  RETURN_IF_ERROR(CheckCount(context, keys::kEntity, state.entities, state.next_entity));
  return CheckCount(context, keys::kStatement, state.statements, state.next_statement);
}

}  // namespace labgraph::graph
