#ifndef LABGRAPH_SERVER_GRAPH_VERSIONED_READER_H_
#define LABGRAPH_SERVER_GRAPH_VERSIONED_READER_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "server/keys/keys.h"
#include "server/kv/store.h"

namespace labgraph::graph {

// The rows of one keyspace with a common prefix, in key order, as they stood at
// a revision. At the newest revision it is one cursor over current rows; at an
// earlier one it merges those with the past ones. Not thread-safe.
class RowScan {
 public:
  // A scan that is at its end already, with this status.
  explicit RowScan(absl::Status status) : status_(std::move(status)) {}

  bool Valid() const { return valid_; }
  void Next();
  // The error that ended the scan; OK at an ordinary end.
  const absl::Status& status() const { return status_; }
  // Both valid until Next. REQUIRES: Valid().
  absl::string_view key() const { return key_; }
  absl::string_view value() const { return value_; }

 private:
  friend class VersionedReader;
  RowScan(const kv::Reader* reader, kv::Keyspace keyspace, absl::string_view prefix,
          absl::string_view start, keys::Revision revision, bool newest);

  void SettleCurrent();
  void SettlePast();
  void Choose();

  std::string prefix_;
  std::string past_prefix_;
  keys::Revision revision_ = 0;
  std::unique_ptr<kv::Cursor> current_;
  std::unique_ptr<kv::Cursor> past_;  // null at the newest revision
  bool at_past_ = false;              // which of the two key_ and value_ are from
  bool valid_ = false;
  absl::string_view key_;
  absl::string_view value_;
  absl::Status status_;
};

// Reads rows as they stood at one revision. What it reads from must outlive it. As
// thread-safe as that.
class VersionedReader {
 public:
  // `newest`: `revision` is that of the newest row in `reader`, so current rows suffice.
  VersionedReader(const kv::Reader* reader, keys::Revision revision, bool newest)
      : reader_(reader), revision_(revision), newest_(newest) {}

  // The row's value, or nullopt where there was none.
  absl::StatusOr<absl::optional<std::string>> Get(kv::Keyspace keyspace,
                                                  absl::string_view key) const;

  // Rows whose key begins with `prefix`, from `start` on (from the first when empty).
  RowScan Scan(kv::Keyspace keyspace, absl::string_view prefix,
               absl::string_view start = "") const;

  const kv::Reader* reader() const { return reader_; }
  keys::Revision revision() const { return revision_; }
  bool newest() const { return newest_; }

 private:
  const kv::Reader* reader_;
  keys::Revision revision_;
  bool newest_;
};

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_VERSIONED_READER_H_
