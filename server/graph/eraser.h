#ifndef LABGRAPH_SERVER_GRAPH_ERASER_H_
#define LABGRAPH_SERVER_GRAPH_ERASER_H_

#include <cstdint>
#include <string>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "labgraph/v1/history.pb.h"
#include "server/graph/draft.h"
#include "server/graph/erase_set.h"

namespace labgraph::graph {

// Erases a record in a draft. Used by one thread, for one record.
class Eraser {
 public:
  // `tombstone` is what is left of it. Revisions before `oldest` cannot be read.
  Eraser(Draft* draft, keys::Revision oldest, v1::Tombstone tombstone)
      : draft_(*draft),
        oldest_(oldest),
        tombstone_(std::move(tombstone)),
        revision_(tombstone_.revision()) {}

  // Does nothing where it was done before. Errors: STATEMENT_NOT_FOUND at "statement",
  // STORAGE_FAILED, STORAGE_CORRUPT.
  absl::Status EraseStatement(const std::string& id);
  // With `cascade` all statements that it ever was an end of as well. Errors at "entity":
  // ENTITY_NOT_FOUND, ID_MALFORMED, KIND_UNKNOWN, ENTITY_IN_USE, LIMIT_EXCEEDED.
  absl::Status EraseEntity(const std::string& id, bool cascade);

  // What was erased.
  uint64_t records() const { return records_; }
  uint64_t versions() const { return versions_; }
  // The revision that erased the record: the draft's, or an earlier one.
  keys::Revision revision() const { return revision_; }

 private:
  kv::Reader& reader() { return draft_.buffer(); }
  // Whether a tombstone is there; takes its revision then.
  absl::StatusOr<bool> WasErased(const std::string& erased_key);
  absl::Status AddStatement(const std::string& id);
  // Erases all of the set, of which the last is what the call names: `not_found` where
  // there is nothing of that.
  absl::Status Erase(const absl::Status& not_found);

  absl::Status RemoveCurrent(const ErasedRecord& record);
  absl::Status RemovePast(const ErasedRecord& record);
  absl::Status RemovePastStatement(const VersionRow& version);
  // Past rows with a number of the set in keys that begin with something else: one pass.
  absl::Status RemovePastMentions();
  // Removes all past rows whose key in `keyspace` begins with `prefix` and passes.
  absl::Status RemovePastRows(kv::Keyspace keyspace, absl::string_view prefix,
                              absl::FunctionRef<bool(absl::string_view key)> passes);
  absl::Status RemovePastRows(kv::Keyspace keyspace, absl::string_view key);
  void LeaveTombstone(const ErasedRecord& record);

  Draft& draft_;
  const keys::Revision oldest_;
  const v1::Tombstone tombstone_;
  keys::Revision revision_;
  EraseSet set_;
  uint64_t records_ = 0;
  uint64_t versions_ = 0;
};

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_ERASER_H_
