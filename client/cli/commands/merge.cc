#include <string>

#include "client/cli/commands/commands.h"
#include "client/cli/commit_answer.h"
#include "client/cli/commit_options.h"
#include "client/cli/options.h"
#include "client/cli/usage_error.h"

namespace labgraph::cli {
namespace {

class MergeCommand final : public Command {
 public:
  CLI::App* Declare(CLI::App& program) override {
    CLI::App* command =
        program.add_subcommand("merge", "Make two entities one, or take that back");
    CLI::Option* from =
        command->add_option("from", from_, "The entity that goes")->type_name("FROM");
    command->add_option("into", into_, "The entity that stays")->type_name("INTO");
    command
        ->add_option("--undo", undo_, "Take back the merge with which this entity went")
        ->type_name("ID")
        ->excludes(from);
    options_.Declare(*command);
    command->footer(
        "What was said of the one is said of the other afterwards, and its id leads "
        "there.");
    return command;
  }

  std::vector<Format> Formats() const override { return CommitFormats(); }

  bool Reads() const override { return false; }

  bool Changes() const override { return !options_.dry_run(); }

  absl::Status Run(const Call& call) override {
    v1::CommitRequest request;
    v1::Mutation& mutation = *request.add_mutations();
    if (!undo_.empty()) {
      mutation.mutable_unmerge_entity()->set_id(undo_);
    } else if (!into_.empty()) {
      mutation.mutable_merge_entities()->set_from(from_);
      mutation.mutable_merge_entities()->set_into(into_);
    } else {
      return UsageError("merge needs two entities, FROM and INTO, or --undo ID");
    }
    options_.Apply(request);
    return MakeCommit(request, call);
  }

 private:
  std::string from_;
  std::string into_;  // empty: only one was given
  std::string undo_;  // empty: merge
  CommitOptions options_;
};

}  // namespace

std::unique_ptr<Command> MakeMergeCommand() { return std::make_unique<MergeCommand>(); }

}  // namespace labgraph::cli
