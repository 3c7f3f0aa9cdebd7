#include <cstdint>

#include "absl/strings/str_cat.h"
#include "client/cli/commands/commands.h"
#include "client/cli/options.h"
#include "client/cli/output/single.h"

namespace labgraph::cli {
namespace {

class CompactCommand final : public Command {
 public:
  CLI::App* Declare(CLI::App& program) override {
    CLI::App* command = program.add_subcommand(
        "compact", "Forget history: how the graph was before a revision");
    AddCount(*command, "revision", before_,
             "The oldest revision that is to stay readable")
        ->type_name("REVISION")
        ->required();
    command->footer(
        "What was forgotten comes back only from a backup. The graph as it is now does "
        "not\n"
        "change.");
    return command;
  }

  std::vector<Format> Formats() const override { return SingleFormats(); }

  bool Reads() const override { return false; }

  absl::Duration Timeout() const override { return absl::InfiniteDuration(); }

  absl::Status Run(const Call& call) override {
    v1::CompactHistoryRequest request;
    request.set_before(before_);
    const absl::StatusOr<v1::CompactHistoryResponse> response =
        call.connection->CompactHistory(request);
    if (!response.ok()) return response.status();
    WriteSingle({{"oldest_revision"}, {"removed_rows"}},
                {absl::StrCat(response->oldest_revision()),
                 absl::StrCat(response->removed_rows())},
                *response, call.output);
    return absl::OkStatus();
  }

 private:
  uint64_t before_ = 0;
};

}  // namespace

std::unique_ptr<Command> MakeCompactCommand() {
  return std::make_unique<CompactCommand>();
}

}  // namespace labgraph::cli
