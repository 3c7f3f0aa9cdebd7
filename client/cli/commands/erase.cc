#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "client/cli/commands/commands.h"
#include "client/cli/commit_options.h"
#include "client/cli/options.h"
#include "client/cli/output/single.h"
#include "client/cli/record_argument.h"
#include "client/cli/usage_error.h"

namespace labgraph::cli {
namespace {

class EraseCommand final : public Command {
 public:
  CLI::App* Declare(CLI::App& program) override {
    CLI::App* command = program.add_subcommand(
        "erase", "Remove a record from every revision, as if it had never been");
    record_.Declare(*command);
    command->add_flag("--cascade", cascade_,
                      "Also all statements that the entity ever had");
    AddAttribution(*command, attribution_)
        ->required()
        ->description("Required: why; kept with the revision");
    command->add_flag("--yes", is_meant_, "Required: it is meant, and cannot be undone");
    command->footer(
        "Its id can never be used again. Backups made before keep the record until they "
        "are\n"
        "deleted.");
    return command;
  }

  std::vector<Format> Formats() const override { return SingleFormats(); }

  bool Reads() const override { return false; }

  bool Changes() const override { return true; }

  absl::Duration Timeout() const override { return absl::InfiniteDuration(); }

  absl::Status Run(const Call& call) override {
    v1::EraseRequest request;
    if (absl::Status status = record_.Set(request); !status.ok()) return status;
    if (cascade_ && record_.is_statement()) {
      return UsageError("--cascade belongs to an entity");
    }
    if (!is_meant_) {
      return UsageError(
          "what is erased cannot be brought back; --yes says that it is meant");
    }
    if (absl::StripAsciiWhitespace(attribution_.message).empty()) {
      return UsageError("--message must say why: it is kept when the record is not");
    }
    request.set_cascade(cascade_);
    request.set_actor(attribution_.actor);
    request.set_message(attribution_.message);
    const absl::StatusOr<v1::EraseResponse> response = call.connection->Erase(request);
    if (!response.ok()) return response.status();
    Write(*response, call.output);
    return absl::OkStatus();
  }

 private:
  static void Write(const v1::EraseResponse& response, Output& output) {
    WriteSingle(
        {{"revision"}, {"records"}, {"versions"}, {"bytes_removed"}},
        {absl::StrCat(response.revision()), absl::StrCat(response.records()),
         absl::StrCat(response.versions()), response.bytes_removed() ? "yes" : "no"},
        response, output);
    if (!response.bytes_removed()) {
      output.Note(
          "nobody can read it any more, but its bytes are still on disk, as a read that "
          "began before holds them: give the same command again");
    }
  }

  RecordArgument record_;
  bool cascade_ = false;
  Attribution attribution_;
  bool is_meant_ = false;
};

}  // namespace

std::unique_ptr<Command> MakeEraseCommand() { return std::make_unique<EraseCommand>(); }

}  // namespace labgraph::cli
