#ifndef LABGRAPH_SERVER_WATCH_LOADED_CHANGE_H_
#define LABGRAPH_SERVER_WATCH_LOADED_CHANGE_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "labgraph/v1/change.pb.h"
#include "labgraph/v1/statement.pb.h"
#include "server/graph/record_filter.h"
#include "server/graph/view.h"
#include "server/keys/keys.h"

namespace labgraph::watch {

// The change of one revision, read whole, with what is needed to tell which of its events
// a filter lets pass. Remembers what it had to look up, so that many watches of one
// change cost one of them. Not thread-safe.
class LoadedChange {
 public:
  // Errors: those of graph::ReadChange. REQUIRES of every call with a `head`: the change
  // before this one can be read there.
  static absl::StatusOr<std::unique_ptr<LoadedChange>> Load(const graph::Head& head,
                                                            keys::Revision revision);

  const v1::Change& change() const { return change_; }
  // What it takes of memory, about.
  size_t bytes() const { return bytes_; }

  // Whether an entity of the filter is merged, and whether one is merged or a merge of
  // one taken back.
  bool Merges(const graph::RecordFilter& filter) const;
  bool Redirects(const graph::RecordFilter& filter) const;

  // Whether the event at this index is told. A statement that changes is told where the
  // filter lets any of its versions pass, the one before this revision included: whoever
  // keeps a copy learns so that a record left the filter. The schema, and that a
  // statement was erased, are told to all. Errors: those of reading records.
  absl::StatusOr<bool> Passes(int event, const graph::RecordFilter& filter,
                              const graph::Head& head);

 private:
  // One statement of the change.
  struct Versions {
    std::vector<int> puts;  // events
    bool retracted = false;
    bool former_known = false;
    absl::optional<v1::Statement> former;  // as it was before this revision
  };

  explicit LoadedChange(v1::Change change);

  void GroupStatements();
  absl::StatusOr<bool> StatementPasses(const std::string& id,
                                       const graph::RecordFilter& filter,
                                       const graph::Head& head);
  absl::Status FindFormer(absl::string_view id, const graph::Head& head,
                          Versions& versions) const;

  const v1::Change change_;
  const size_t bytes_;
  std::vector<int> redirects_;  // events
  bool grouped_ = false;
  absl::flat_hash_map<std::string, Versions> statements_;  // by id
};

}  // namespace labgraph::watch

#endif  // LABGRAPH_SERVER_WATCH_LOADED_CHANGE_H_
