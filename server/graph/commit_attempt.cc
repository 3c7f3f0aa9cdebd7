#include "server/graph/commit_attempt.h"

#include <algorithm>
#include <utility>

#include "absl/time/time.h"
#include "server/keys/keys.h"
#include "server/keys/keyspaces.h"

namespace labgraph::graph {

CommitAttempt::CommitAttempt(CommitGroup* group,
                             std::shared_ptr<const schema::Ontology> ontology)
    : group_(*group),
      mark_(group->buffer.SetMark()),
      before_(group->state),
      facets_before_(group->facets->size()),
      draft_({&group->buffer, group->facets, group->index, group->numbers, group->rare},
             group->state, std::move(ontology)) {}

CommitAttempt::~CommitAttempt() {
  if (kept_) return;
  group_.buffer.RollBack(mark_);
  group_.state = before_;
  group_.facets->Truncate(facets_before_);  // no reader sees a row that has one of these
}

void CommitAttempt::Finish(const std::string& message, const std::string& actor) {
  if (!draft_.changed()) return;
  keys::State& state = draft_.state();
  state.head = draft_.revision();
  // Never earlier than the revision before, whatever the clock does.
  state.head_time_ns =
      std::max(state.head_time_ns, absl::ToUnixNanos(group_.clock->Now()));
  group_.buffer.PutNew(keys::kChange, keys::ChangeKey(state.head),
                       draft_.change().Encode(state.head_time_ns, message, actor));
  group_.state = state;
}

void CommitAttempt::Keep() {
  kept_ = true;
  group_.buffer.DropMarks();
}

}  // namespace labgraph::graph
