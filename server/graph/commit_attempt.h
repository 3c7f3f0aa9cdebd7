#ifndef LABGRAPH_SERVER_GRAPH_COMMIT_ATTEMPT_H_
#define LABGRAPH_SERVER_GRAPH_COMMIT_ATTEMPT_H_

#include <cstddef>
#include <string>

#include "server/graph/commit_group.h"
#include "server/graph/draft.h"

namespace labgraph::graph {

// One commit in a group, which is undone unless it is kept.
class CommitAttempt {
 public:
  // `ontology`: that the commit is checked against. `group` must outlive this.
  CommitAttempt(CommitGroup* group, std::shared_ptr<const schema::Ontology> ontology);
  ~CommitAttempt();
  CommitAttempt(const CommitAttempt&) = delete;
  CommitAttempt& operator=(const CommitAttempt&) = delete;

  Draft& draft() { return draft_; }

  // Makes the draft the group's next revision, if it changed anything.
  // `message` and `actor` are kept with it.
  void Finish(const std::string& message, const std::string& actor);

  // What was done stays in the group.
  void Keep();

 private:
  CommitGroup& group_;
  const WriteBuffer::Mark mark_;
  const keys::State before_;
  const size_t facets_before_;
  Draft draft_;
  bool kept_ = false;
};

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_COMMIT_ATTEMPT_H_
