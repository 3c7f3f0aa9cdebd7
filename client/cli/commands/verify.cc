#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "client/cli/commands/commands.h"
#include "client/cli/options.h"
#include "client/cli/output/answer.h"
#include "client/cli/streaming.h"
#include "labgraph/error.h"

namespace labgraph::cli {
namespace {

Presentation<v1::VerifyStoreResponse> MakePresentation() {
  Presentation<v1::VerifyStoreResponse> presentation;
  presentation.columns = {{"invariant"}, {"subject"}, {"problem"}};
  presentation.rows = [](const v1::VerifyStoreResponse& message, Printer& printer) {
    for (const v1::Finding& finding : message.findings()) {
      printer.Add({{finding.invariant(), Style::kDoubt},
                   {finding.subject(), Style::kId},
                   finding.problem()},
                  finding);
    }
  };
  presentation.merge = [](const v1::VerifyStoreResponse& message,
                          v1::VerifyStoreResponse& whole) {
    whole.clear_check();  // which is made no longer
    whole.MergeFrom(message);
  };
  return presentation;
}

// What was found, put together from all messages.
struct Verdict {
  uint64_t findings = 0;
  v1::VerifyStoreResponse last;
};

std::string Describe(const Verdict& verdict) {
  return absl::StrCat(verdict.findings == 0 ? "sound: " : "", verdict.last.checks_done(),
                      " of ", verdict.last.checks(), " checks at revision ",
                      verdict.last.revision(), ", content hash ",
                      verdict.last.content_hash());
}

class VerifyCommand final : public Command {
 public:
  CLI::App* Declare(CLI::App& program) override {
    CLI::App* command =
        program.add_subcommand("verify", "Check that the whole store is sound");
    AddCount(*command, "--limit", limit_, "Stop after so many findings (default 100)");
    command->add_flag("--skip-replay", skip_replay_,
                      "Leave out the replay of all changes, which takes most memory");
    command->footer("Exit code 5: something was found.");
    return command;
  }

  std::vector<Format> Formats() const override {
    return {Format::kTable, Format::kJson, Format::kJsonl, Format::kCsv};
  }

  bool Reads() const override { return false; }

  absl::Duration Timeout() const override { return absl::InfiniteDuration(); }

  absl::Status Run(const Call& call) override {
    v1::VerifyStoreRequest request;
    request.set_limit(limit_);
    request.set_skip_replay(skip_replay_);
    Answer<v1::VerifyStoreResponse> answer(MakePresentation(), call.output);
    Verdict verdict;
    const absl::Status status =
        ReadStream(call.connection->VerifyStore(request), call.output,
                   [&](const v1::VerifyStoreResponse& message) {
                     call.output.EndProgress();
                     answer.Add(message);
                     verdict.findings += message.findings_size();
                     verdict.last = message;
                     ShowProgress(message, call.output);
                   });
    call.output.EndProgress();
    if (!status.ok()) return status;
    answer.Finish();
    return Judge(verdict, call.output);
  }

 private:
  static void ShowProgress(const v1::VerifyStoreResponse& message, Output& output) {
    if (message.done()) return;
    output.ShowProgress(absl::StrCat("checking ", message.check(), ", ",
                                     message.checks_done(), " of ", message.checks(),
                                     " checks done"));
  }

  absl::Status Judge(const Verdict& verdict, Output& output) const {
    if (output.closed()) return absl::OkStatus();
    if (!verdict.last.done()) {
      return client::MakeError(
          v1::ERROR_REASON_INTERNAL, "",
          "The verification ended before its end, so the store may not be sound.");
    }
    if (output.format() == Format::kTable) {
      output.out() << Describe(verdict) << '\n';
    } else if (output.format() != Format::kJson) {
      output.Note(Describe(verdict));
    }
    if (verdict.findings == 0) return absl::OkStatus();
    if (verdict.findings >= limit_) {
      output.Note("there may be more to find; --limit N goes on to more");
    }
    return absl::DataLossError(
        absl::StrCat("the store is not sound, findings: ", verdict.findings));
  }

  uint32_t limit_ = 100;
  bool skip_replay_ = false;
};

}  // namespace

std::unique_ptr<Command> MakeVerifyCommand() { return std::make_unique<VerifyCommand>(); }

}  // namespace labgraph::cli
