#ifndef LABGRAPH_SERVER_GRAPH_ERASER_H_
#define LABGRAPH_SERVER_GRAPH_ERASER_H_

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "labgraph/v1/history.pb.h"
#include "server/graph/draft.h"
#include "server/graph/record_versions.h"

namespace labgraph::graph {

// Erases records in a draft. Used by one thread.
class Eraser {
 public:
  // `tombstone` is what is left of each. Revisions before `oldest` cannot be read.
  Eraser(Draft* draft, keys::Revision oldest, v1::Tombstone tombstone)
      : draft_(*draft), oldest_(oldest), tombstone_(std::move(tombstone)) {}

  // Does nothing where it was done before. Errors: STATEMENT_NOT_FOUND at "statement",
  // STORAGE_FAILED, STORAGE_CORRUPT.
  absl::Status EraseStatement(const std::string& id);
  // With `cascade` all statements that it ever was an end of as well. Errors at "entity":
  // ENTITY_NOT_FOUND, ID_MALFORMED, KIND_UNKNOWN, ENTITY_IN_USE, LIMIT_EXCEEDED.
  absl::Status EraseEntity(const std::string& id, bool cascade);

  // What was erased so far.
  uint64_t records() const { return records_; }
  uint64_t versions() const { return versions_; }

 private:
  struct Record {
    RecordType type;
    std::string id;
    std::string id_key;
    std::string erased_key;
    std::vector<VersionRow> versions;
  };

  kv::Reader& reader() { return draft_.buffer(); }
  // Ids of all statements that ever had one of the numbers as an end.
  absl::StatusOr<std::set<std::string>> StatementsOf(const std::set<uint64_t>& numbers);
  // That nobody but itself and `erased` ever had one of the numbers as a source.
  absl::Status CheckNotCited(const Record& record, const std::set<uint64_t>& numbers,
                             const std::set<std::string>& erased);
  absl::StatusOr<std::string> StatementIdOf(keys::StatementNumber number);

  // That the changes which made the versions can be read: damage must not be covered up.
  absl::Status CheckChanges(const Record& record);
  absl::Status RemoveCurrent(const Record& record);
  absl::Status RemovePast(const Record& record);
  absl::Status RemovePastStatement(const VersionRow& version);
  // Removes all past rows whose key in `keyspace` begins with `prefix` and passes.
  absl::Status RemovePastRows(kv::Keyspace keyspace, absl::string_view prefix,
                              absl::FunctionRef<bool(absl::string_view key)> passes);
  absl::Status RemovePastRows(kv::Keyspace keyspace, absl::string_view key);
  absl::Status EraseFromChanges(const Record& record);
  absl::Status LeaveTombstone(const Record& record);
  // All of the above.
  absl::Status Erase(const Record& record);

  Draft& draft_;
  const keys::Revision oldest_;
  const v1::Tombstone tombstone_;
  uint64_t records_ = 0;
  uint64_t versions_ = 0;
};

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_ERASER_H_
