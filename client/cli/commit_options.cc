#include "client/cli/commit_options.h"

#include "client/cli/options.h"

namespace labgraph::cli {

CLI::Option* AddAttribution(CLI::App& app, Attribution& attribution) {
  app.add_option("--actor", attribution.actor,
                 "Who makes the change; kept with the revision")
      ->type_name("NAME");
  return app
      .add_option("-m,--message", attribution.message, "Why; kept with the revision")
      ->type_name("TEXT");
}

void CommitOptions::Declare(CLI::App& app) {
  AddAttribution(app, attribution_);
  app.add_option("--request-id", request_id_,
                 "A name for this commit, so that repeating it is safe")
      ->type_name("ID");
  app.add_flag("--dry-run", dry_run_, "Check everything and change nothing");
}

void CommitOptions::Apply(v1::CommitRequest& request) const {
  if (!attribution_.actor.empty()) request.set_actor(attribution_.actor);
  if (!attribution_.message.empty()) request.set_message(attribution_.message);
  if (!request_id_.empty()) request.set_request_id(request_id_);
  if (dry_run_) request.set_validate_only(true);
}

}  // namespace labgraph::cli
