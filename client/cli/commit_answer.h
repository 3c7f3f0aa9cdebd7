#ifndef LABGRAPH_CLIENT_CLI_COMMIT_ANSWER_H_
#define LABGRAPH_CLIENT_CLI_COMMIT_ANSWER_H_

#include <vector>

#include "absl/status/status.h"
#include "client/cli/command.h"
#include "client/cli/format.h"

namespace labgraph::cli {

// The formats in which MakeCommit can write.
std::vector<Format> CommitFormats();

// Commits, and writes what became of each mutation, or all problems that a dry run found;
// these are an error as well.
absl::Status MakeCommit(const v1::CommitRequest& request, const Call& call);

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_COMMIT_ANSWER_H_
