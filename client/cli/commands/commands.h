#ifndef LABGRAPH_CLIENT_CLI_COMMANDS_COMMANDS_H_
#define LABGRAPH_CLIENT_CLI_COMMANDS_COMMANDS_H_

#include <istream>
#include <memory>
#include <vector>

#include "client/cli/command.h"

namespace labgraph::cli {

// Every command is a class in a file of its name, of which only its maker is seen here.
std::unique_ptr<Command> MakeInfoCommand();
std::unique_ptr<Command> MakeGetCommand();
std::unique_ptr<Command> MakeListCommand();
std::unique_ptr<Command> MakeSearchCommand();
std::unique_ptr<Command> MakeNeighborsCommand();
std::unique_ptr<Command> MakeTraverseCommand();
std::unique_ptr<Command> MakePathCommand();
std::unique_ptr<Command> MakeMatchCommand();
std::unique_ptr<Command> MakeCountCommand();
std::unique_ptr<Command> MakeStatementsCommand();
std::unique_ptr<Command> MakeHistoryCommand();
std::unique_ptr<Command> MakeDiffCommand();
std::unique_ptr<Command> MakeWatchCommand();
std::unique_ptr<Command> MakeSchemaCommand();
// `in` is read for the file name "-" and must outlive the command.
std::unique_ptr<Command> MakeCommitCommand(std::istream& in);
std::unique_ptr<Command> MakeMergeCommand();
std::unique_ptr<Command> MakeBackupCommand();
std::unique_ptr<Command> MakeRestoreCommand();
std::unique_ptr<Command> MakeVerifyCommand();
std::unique_ptr<Command> MakeCompactCommand();
std::unique_ptr<Command> MakeEraseCommand();
std::unique_ptr<Command> MakeCompletionCommand();
std::unique_ptr<Command> MakeVersionCommand();
std::unique_ptr<Command> MakeHelpCommand();

// All of them, in the order of the help text.
std::vector<std::unique_ptr<Command>> MakeCommands(std::istream& in);

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_COMMANDS_COMMANDS_H_
