#ifndef LABGRAPH_CLIENT_CLI_RECORD_ARGUMENT_H_
#define LABGRAPH_CLIENT_CLI_RECORD_ARGUMENT_H_

#include <string>

#include "absl/status/status.h"

namespace CLI {
class App;
}  // namespace CLI

namespace labgraph::cli {

// Which record a command is about: the argument ID, an entity where it has a "/" and
// otherwise a statement, or --statement ID.
class RecordArgument {
 public:
  // Declares both. This must outlive `app`.
  void Declare(CLI::App& app);

  // Whether it is a statement.
  bool is_statement() const;

  // Sets `entity` or `statement` of a request. Usage error: neither was given.
  template <typename Request>
  absl::Status Set(Request& request) const {
    if (id_.empty() && statement_.empty()) return Missing();
    if (is_statement()) {
      request.set_statement(statement_.empty() ? id_ : statement_);
    } else {
      request.set_entity(id_);
    }
    return absl::OkStatus();
  }

 private:
  static absl::Status Missing();

  std::string id_;
  std::string statement_;
};

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_RECORD_ARGUMENT_H_
