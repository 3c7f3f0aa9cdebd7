#ifndef LABGRAPH_CLIENT_CLI_RUN_H_
#define LABGRAPH_CLIENT_CLI_RUN_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "client/cli/console.h"
#include "labgraph/connection.h"

namespace labgraph::cli {

// Makes the connection to a server, with the time that a call may take.
using ConnectionFactory = std::function<std::shared_ptr<client::Connection>(
    const std::string& server, absl::Duration timeout)>;

// The program: reads the command line (without its own name), runs the command and gives
// the exit code of exit_code.h. Not called concurrently with the same console.
int Run(const std::vector<std::string>& args, const Console& console,
        const ConnectionFactory& connect);

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_RUN_H_
