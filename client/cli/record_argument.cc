#include "client/cli/record_argument.h"

#include "absl/strings/str_cat.h"
#include "client/cli/options.h"
#include "client/cli/usage_error.h"

namespace labgraph::cli {
namespace {

// In the id of every entity, between its kind and its key.
constexpr char kEntityMark = '/';

}  // namespace

void RecordArgument::Declare(CLI::App& app) {
  CLI::Option* id =
      app.add_option("id", id_,
                     "An entity, for example lab/exit; an id without / is a statement's")
          ->type_name("ID");
  app.add_option("--statement", statement_, "A statement")->type_name("ID")->excludes(id);
}

bool RecordArgument::is_statement() const {
  return !statement_.empty() || id_.find(kEntityMark) == std::string::npos;
}

absl::Status RecordArgument::Missing() {
  return UsageError(
      "the id of an entity is missing, or --statement with that of a statement");
}

}  // namespace labgraph::cli
