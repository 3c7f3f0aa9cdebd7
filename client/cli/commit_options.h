#ifndef LABGRAPH_CLIENT_CLI_COMMIT_OPTIONS_H_
#define LABGRAPH_CLIENT_CLI_COMMIT_OPTIONS_H_

#include <string>

#include "labgraph/v1/editor_service.pb.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace labgraph::cli {

// Who makes a change, and why.
struct Attribution {
  std::string actor;
  std::string message;
};

// Declares --actor and -m, and gives -m. `attribution` must outlive `app`.
CLI::Option* AddAttribution(CLI::App& app, Attribution& attribution);

// The options of every command that commits.
class CommitOptions {
 public:
  // Declares them. This must outlive `app`.
  void Declare(CLI::App& app);

  // Sets what was given; the rest stays as it is.
  void Apply(v1::CommitRequest& request) const;
  bool dry_run() const { return dry_run_; }

 private:
  Attribution attribution_;
  std::string request_id_;
  bool dry_run_ = false;
};

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_COMMIT_OPTIONS_H_
