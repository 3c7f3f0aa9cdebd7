#ifndef LABGRAPH_SERVER_GRAPH_CHANGE_LOG_H_
#define LABGRAPH_SERVER_GRAPH_CHANGE_LOG_H_

// The change log: what every revision changed. server/keys/change_row.h has the form of
// its rows.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "labgraph/v1/change.pb.h"
#include "server/keys/change_row.h"
#include "server/keys/keys.h"
#include "server/kv/store.h"

namespace labgraph::graph {

// SHA-256 over the events of a change, see change_row.h.
class ChangeDigest {
 public:
  ChangeDigest();
  ~ChangeDigest();
  ChangeDigest(const ChangeDigest&) = delete;
  ChangeDigest& operator=(const ChangeDigest&) = delete;

  void Add(keys::ChangeKind kind, absl::string_view content);
  // kChangeDigestBytes. Nothing can be added after it.
  std::string Finish();

 private:
  struct Context;
  const std::unique_ptr<Context> context_;
};

// Notes down what a commit changes. Used by one thread.
class ChangeNotes {
 public:
  // A record was put; `content` is its row's message. `kind` is kEntity or kStatement.
  void Put(keys::ChangeKind kind, uint64_t number, absl::string_view content);
  // The version of a record noted last in this commit is about to be replaced or
  // removed, so that its row will not be there to be referred to.
  // REQUIRES: one was noted.
  void Supersede(keys::ChangeKind kind, uint64_t number, std::string content);
  // `kind` is kEntityDeleted or kStatementRetracted, `content` the id; kSchema, and
  // `content` the schema's row; kRedirect or kErased, and `content` the message's bytes.
  void Note(keys::ChangeKind kind, absl::string_view content);

  bool empty() const { return notes_.empty(); }

  // The row. REQUIRES: called once, after all else.
  std::string Encode(int64_t time_ns, absl::string_view message, absl::string_view actor);

 private:
  struct Item {
    keys::ChangeKind kind;
    uint64_t number;      // of a record to refer to, otherwise 0
    std::string content;  // empty for one to refer to
  };

  std::vector<Item> notes_;
  ChangeDigest digest_;
};

// The change of a revision with all its records. Errors: STORAGE_FAILED; STORAGE_CORRUPT
// where the row or a record that it refers to is missing, damaged, or not what it was.
// `numbers`, unless null, gets one entry per event: the number of the record where the
// event put a version that is still kept or was erased since, otherwise 0.
absl::StatusOr<v1::Change> ReadChange(const kv::Reader& reader, keys::Revision revision,
                                      std::vector<uint64_t>* numbers = nullptr);

// The digest of a change of these items, of which those that refer to records are of
// `revision`. Errors: as ReadChange.
absl::StatusOr<std::string> DigestOf(const kv::Reader& reader, keys::Revision revision,
                                     const std::vector<keys::ChangeItem>& items);

// The row of a change of which only the outside is kept.
std::string WithoutEvents(const keys::ChangeRow& row);

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_CHANGE_LOG_H_
