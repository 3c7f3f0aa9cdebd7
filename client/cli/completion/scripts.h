#ifndef LABGRAPH_CLIENT_CLI_COMPLETION_SCRIPTS_H_
#define LABGRAPH_CLIENT_CLI_COMPLETION_SCRIPTS_H_

#include <ostream>
#include <string>

#include "absl/strings/string_view.h"
#include "client/cli/completion/model.h"

// Scripts that complete commands, options and the few words that some of them take.

namespace labgraph::cli {

// To be sourced by bash.
void WriteBashCompletion(const CompletionModel& model, std::ostream& out);
// To be sourced by zsh, or put into $fpath as _labgraph.
void WriteZshCompletion(const CompletionModel& model, std::ostream& out);
// To be sourced by fish, or put into its completions folder.
void WriteFishCompletion(const CompletionModel& model, std::ostream& out);

// A text within single quotes of bash and zsh.
std::string ShellQuoted(absl::string_view text);

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_COMPLETION_SCRIPTS_H_
