#include "absl/strings/str_cat.h"
#include "client/cli/commands/commands.h"
#include "client/cli/options.h"
#include "client/cli/output/json.h"
#include "client/cli/output/record.h"
#include "google/protobuf/util/time_util.h"

namespace labgraph::cli {
namespace {

using google::protobuf::util::TimeUtil;

std::string DescribeHead(const v1::GetServerInfoResponse& info) {
  if (!info.has_head_commit_time()) return absl::StrCat(info.head_revision());
  return absl::StrCat(info.head_revision(), ", committed ",
                      TimeUtil::ToString(info.head_commit_time()));
}

void WriteLimits(const v1::GetServerInfoResponse& info, Output& output) {
  const std::unique_ptr<Printer> printer =
      output.MakePrinter({{"limit"}, {"value"}, {"description"}});
  for (const v1::Limit& limit : info.limits()) {
    printer->Add({limit.name(), absl::StrCat(limit.value()), limit.description()}, limit);
  }
  printer->Finish();
}

void WriteInfo(const v1::GetServerInfoResponse& info, Output& output) {
  WriteRecord({{"version", info.version()},
               {"store", info.store_id()},
               {"epoch", info.epoch()},
               {"head revision", DescribeHead(info)},
               {"oldest revision", absl::StrCat(info.oldest_revision())},
               {"entities", absl::StrCat(info.entity_count())},
               {"statements", absl::StrCat(info.statement_count())}},
              output.look(), output.out());
  output.out() << '\n';
  WriteLimits(info, output);
}

class InfoCommand final : public Command {
 public:
  CLI::App* Declare(CLI::App& program) override {
    return program.add_subcommand("info",
                                  "What server this is, what it holds, its limits");
  }

  std::vector<Format> Formats() const override {
    return {Format::kTable, Format::kJson, Format::kJsonl};
  }

  bool Reads() const override { return false; }

  absl::Status Run(const Call& call) override {
    const absl::StatusOr<v1::GetServerInfoResponse> info =
        call.connection->GetServerInfo(v1::GetServerInfoRequest());
    if (!info.ok()) return info.status();
    switch (call.output.format()) {
      case Format::kJson:
        call.output.out() << ToJsonText(*info);
        break;
      case Format::kJsonl:
        call.output.out() << ToJsonLine(*info) << '\n';
        break;
      default:
        WriteInfo(*info, call.output);
    }
    return absl::OkStatus();
  }
};

}  // namespace

std::unique_ptr<Command> MakeInfoCommand() { return std::make_unique<InfoCommand>(); }

}  // namespace labgraph::cli
