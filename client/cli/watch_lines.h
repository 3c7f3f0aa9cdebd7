#ifndef LABGRAPH_CLIENT_CLI_WATCH_LINES_H_
#define LABGRAPH_CLIENT_CLI_WATCH_LINES_H_

#include <ostream>
#include <string>

#include "client/cli/output/look.h"
#include "client/cli/words/languages.h"
#include "labgraph/v1/history.pb.h"
#include "labgraph/watch.h"

namespace labgraph::cli {

// Writes the events of a watch for people, each record on a line of its own that begins
// with the revision. Nothing of heartbeats.
class WatchLines {
 public:
  // `out` must outlive this.
  WatchLines(const Look& look, const std::string& languages, std::ostream& out)
      : look_(look), languages_(languages), out_(out) {}

  void Write(const client::WatchEvent& event);

 private:
  void WriteChange(const v1::Change& change);
  void WriteSnapshot(uint64_t revision, const v1::SnapshotPart& part);
  void WriteEvent(uint64_t revision, const v1::ChangeEvent& event);
  void WriteEntity(uint64_t revision, const v1::Entity& entity);
  void WriteStatement(uint64_t revision, const v1::Statement& statement);
  void WriteSchema(uint64_t revision, const v1::Schema& schema);
  void WriteRedirect(uint64_t revision, const v1::Redirect& redirect);
  // A line about the record `id`; what is empty is left out.
  void Line(uint64_t revision, const std::string& what, const std::string& id,
            const std::string& rest);

  const Look look_;
  const Languages languages_;
  std::ostream& out_;
};

// The event as a message of the API, for programs.
v1::WatchResponse MessageOf(const client::WatchEvent& event);

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_WATCH_LINES_H_
