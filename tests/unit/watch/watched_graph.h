#ifndef LABGRAPH_TESTS_UNIT_WATCH_WATCHED_GRAPH_H_
#define LABGRAPH_TESTS_UNIT_WATCH_WATCHED_GRAPH_H_

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "labgraph/v1/editor_service.pb.h"
#include "labgraph/v1/history.pb.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_graph.h"

namespace labgraph::watch {

inline constexpr char kSchema[] = R"pb(
  kinds { name: "lab" }
  kinds { name: "team" }
  kinds { name: "doc" }
  predicates { name: "knows" inverse: "known_by" }
  predicates { name: "likes" }
  predicates { name: "size" value_type: VALUE_TYPE_INTEGER }
)pb";

// What an event says, for example "put lab/a", "retract s1".
inline std::string Describe(const v1::ChangeEvent& event) {
  switch (event.event_case()) {
    case v1::ChangeEvent::kPutEntity:
      return absl::StrCat("put ", event.put_entity().id());
    case v1::ChangeEvent::kPutStatement:
      return absl::StrCat("put ", event.put_statement().id());
    case v1::ChangeEvent::kRetractStatement:
      return absl::StrCat("retract ", event.retract_statement());
    case v1::ChangeEvent::kDeleteEntity:
      return absl::StrCat("delete ", event.delete_entity());
    case v1::ChangeEvent::kRedirect:
      return absl::StrCat(event.redirect().id(), " leads to ", event.redirect().into());
    case v1::ChangeEvent::kErase:
      return absl::StrCat("erase ", event.erase().entity(), event.erase().statement());
    default:
      return "schema";
  }
}

// What a message says, for example "3: put lab/a, put lab/b ..." for a part of revision
// 3, "2 heartbeat", "2 snapshot: schema, lab/a, s1".
inline std::string Describe(const v1::WatchResponse& message) {
  std::vector<std::string> said;
  for (const v1::ChangeEvent& event : message.change().events()) {
    said.push_back(Describe(event));
  }
  const v1::SnapshotPart& part = message.snapshot();
  if (part.has_schema()) said.push_back("schema");
  for (const v1::Entity& entity : part.entities()) said.push_back(entity.id());
  for (const v1::Statement& statement : part.statements()) said.push_back(statement.id());
  for (const v1::Redirect& redirect : part.redirects()) {
    said.push_back(absl::StrCat(redirect.id(), " leads to ", redirect.into()));
  }
  if (message.has_heartbeat()) return absl::StrCat(message.revision(), " heartbeat");
  return absl::StrCat(message.revision(), message.has_snapshot() ? " snapshot" : "",
                      said.empty() ? "" : ": ", absl::StrJoin(said, ", "),
                      message.more() ? " ..." : "");
}

// A graph with some labs; revision 1 is the schema.
class WatchedGraph : public testing::TestGraph {
 public:
  WatchedGraph() : TestGraph(kSchema) {}

  // One statement with an id of its own, of "knows" unless told otherwise.
  void Relate(const std::string& id, const std::string& subject,
              const std::string& object, const std::string& predicate = "knows") {
    Do(absl::StrCat("put_statement { id: '", id, "' subject: '", subject,
                    "' predicate: '", predicate, "' object: '", object, "' }"));
  }
  void Retract(const std::string& id) {
    Do(absl::StrCat("retract_statement { id: '", id, "' }"));
  }

  // Labs "lab/<word><i>" for i below `count`, each with a text of `bytes`, in one commit.
  void PutLabs(const std::string& word, int count, size_t bytes = 0) {
    v1::CommitRequest request;
    for (int i = 0; i < count; ++i) {
      v1::Entity* lab = request.add_mutations()->mutable_put_entity();
      lab->set_id(absl::StrCat("lab/", word, i));
      if (bytes > 0) (*lab->mutable_descriptions())["en"] = std::string(bytes, 'x');
    }
    EXPECT_OK(graph().Commit(request));
  }
};

}  // namespace labgraph::watch

#endif  // LABGRAPH_TESTS_UNIT_WATCH_WATCHED_GRAPH_H_
