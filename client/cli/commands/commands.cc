#include "client/cli/commands/commands.h"

namespace labgraph::cli {

std::vector<std::unique_ptr<Command>> MakeCommands(std::istream& in) {
  std::vector<std::unique_ptr<Command>> commands;
  commands.push_back(MakeInfoCommand());
  commands.push_back(MakeGetCommand());
  commands.push_back(MakeListCommand());
  commands.push_back(MakeSearchCommand());
  commands.push_back(MakeNeighborsCommand());
  commands.push_back(MakeTraverseCommand());
  commands.push_back(MakePathCommand());
  commands.push_back(MakeMatchCommand());
  commands.push_back(MakeCountCommand());
  commands.push_back(MakeStatementsCommand());
  commands.push_back(MakeHistoryCommand());
  commands.push_back(MakeDiffCommand());
  commands.push_back(MakeWatchCommand());
  commands.push_back(MakeSchemaCommand());
  commands.push_back(MakeCommitCommand(in));
  commands.push_back(MakeMergeCommand());
  commands.push_back(MakeBackupCommand());
  commands.push_back(MakeRestoreCommand());
  commands.push_back(MakeVerifyCommand());
  commands.push_back(MakeCompactCommand());
  commands.push_back(MakeEraseCommand());
  commands.push_back(MakeCompletionCommand());
  commands.push_back(MakeVersionCommand());
  commands.push_back(MakeHelpCommand());
  return commands;
}

}  // namespace labgraph::cli
