#ifndef LABGRAPH_TESTS_FAULTS_HISTORY_CHECKER_H_
#define LABGRAPH_TESTS_FAULTS_HISTORY_CHECKER_H_

#include "absl/status/status.h"
#include "tests/faults/history.h"

namespace labgraph::faults {

// Whether a history is strictly serializable in the order that its revisions say:
//
//   1. Every revision from the first on, up to the last that anyone saw, is of exactly
//   one
//      write: of the one that was answered with it, or of one without an answer, which
//      has one revision or none.
//   2. Revisions follow real time. What is invoked after the end of another call is of no
//      smaller revision, and of a greater one if it is a write. A read of the past may be
//      of any.
//   3. A read at a revision finds what the writes up to it left, and nothing of later
//   ones.
//
// Which revisions the writes without an answer have is searched for; the history passes
// if there is a way. OK, or FAILED_PRECONDITION with what contradicts.
absl::Status CheckStrictlySerializable(const History& history);

}  // namespace labgraph::faults

#endif  // LABGRAPH_TESTS_FAULTS_HISTORY_CHECKER_H_
