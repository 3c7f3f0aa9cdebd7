#include <string>

#include "absl/strings/str_cat.h"
#include "client/cli/commands/commands.h"
#include "client/cli/commit_answer.h"
#include "client/cli/commit_input.h"
#include "client/cli/commit_options.h"
#include "client/cli/options.h"
#include "client/cli/usage_error.h"

namespace labgraph::cli {
namespace {

using Mutations = google::protobuf::RepeatedPtrField<v1::Mutation>;

class CommitCommand final : public Command {
 public:
  explicit CommitCommand(std::istream& in) : in_(in) {}

  CLI::App* Declare(CLI::App& program) override {
    CLI::App* command =
        program.add_subcommand("commit", "Change the graph: all of it or nothing");
    command
        ->add_option("file", file_,
                     "JSON lines of labgraph.v1.Mutation, or one labgraph.v1."
                     "CommitRequest; - is standard input")
        ->type_name("FILE");
    options_.Declare(*command);
    DeclareMutations(*command);
    command->footer(
        "Mutations given as options are made in the order in which they stand.");
    return command;
  }

  std::vector<Format> Formats() const override { return CommitFormats(); }

  bool Reads() const override { return false; }

  bool Changes() const override { return !options_.dry_run(); }

  absl::Status Run(const Call& call) override {
    absl::StatusOr<v1::CommitRequest> request = MakeRequest();
    if (!request.ok()) return request.status();
    options_.Apply(*request);
    return MakeCommit(*request, call);
  }

 private:
  void DeclareMutations(CLI::App& command) {
    AddOrdered(
        command, "--put-entity",
        [this](const std::string& json) {
          Parse("--put-entity", json, *mutations_.Add()->mutable_put_entity());
        },
        "Create or replace an entity")
        ->type_name("JSON");
    AddOrdered(
        command, "--put-statement",
        [this](const std::string& json) {
          Parse("--put-statement", json, *mutations_.Add()->mutable_put_statement());
        },
        "Create or replace a statement")
        ->type_name("JSON");
    AddOrdered(
        command, "--retract",
        [this](const std::string& id) {
          mutations_.Add()->mutable_retract_statement()->set_id(id);
        },
        "End a statement")
        ->type_name("ID");
    AddOrdered(
        command, "--delete",
        [this](const std::string& id) {
          mutations_.Add()->mutable_delete_entity()->set_id(id);
        },
        "Remove an entity")
        ->type_name("ID");
    command.add_flag("--cascade", cascade_,
                     "With --delete: also retract the statements that name it");
  }

  static void Parse(const std::string& flag, const std::string& json,
                    google::protobuf::Message& message) {
    const absl::Status status = ParseJson(json, message);
    if (!status.ok()) RejectValue(flag, std::string(status.message()));
  }

  absl::StatusOr<v1::CommitRequest> MakeRequest() {
    if (!file_.empty() && !mutations_.empty()) {
      return UsageError("commit takes a file or mutations as options, not both");
    }
    if (!file_.empty()) {
      if (cascade_) return UsageError("--cascade belongs to --delete");
      const absl::StatusOr<std::string> text = ReadInput(file_, in_);
      if (!text.ok()) return text.status();
      return ParseCommit(*text, file_);
    }
    if (mutations_.empty()) {
      return UsageError("commit needs a file (- for standard input) or mutations");
    }
    return RequestFromOptions();
  }

  absl::StatusOr<v1::CommitRequest> RequestFromOptions() {
    v1::CommitRequest request;
    bool deletes = false;
    for (v1::Mutation& mutation : mutations_) {
      if (!mutation.has_delete_entity()) continue;
      mutation.mutable_delete_entity()->set_cascade(cascade_);
      deletes = true;
    }
    if (cascade_ && !deletes) return UsageError("--cascade belongs to --delete");
    *request.mutable_mutations() = mutations_;
    return request;
  }

  std::istream& in_;
  std::string file_;  // empty: the mutations of the options
  Mutations mutations_;
  CommitOptions options_;
  bool cascade_ = false;
};

}  // namespace

std::unique_ptr<Command> MakeCommitCommand(std::istream& in) {
  return std::make_unique<CommitCommand>(in);
}

}  // namespace labgraph::cli
