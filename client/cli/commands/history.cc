#include <string>

#include "absl/strings/str_cat.h"
#include "client/cli/commands/commands.h"
#include "client/cli/options.h"
#include "client/cli/output/answer.h"
#include "client/cli/paging.h"
#include "client/cli/record_argument.h"
#include "client/cli/words/difference_words.h"
#include "client/cli/words/enum_words.h"
#include "google/protobuf/util/time_util.h"

namespace labgraph::cli {
namespace {

using google::protobuf::util::TimeUtil;

Presentation<v1::GetHistoryResponse> MakePresentation() {
  Presentation<v1::GetHistoryResponse> presentation;
  presentation.columns = {{"revision"},
                          {"time"},
                          {"actor", Audience::kAll, /*optional=*/true},
                          {"outcome"},
                          {"differs", Audience::kAll, /*optional=*/true},
                          {"message", Audience::kAll, /*optional=*/true}};
  presentation.rows = [](const v1::GetHistoryResponse& page, Printer& printer) {
    for (const v1::Version& version : page.versions()) {
      printer.Add({absl::StrCat(version.revision()),
                   {TimeUtil::ToString(version.commit_time()), Style::kFaint},
                   version.actor(),
                   Word(version.outcome()),
                   DescribeDifferences(version.differences()),
                   version.message()},
                  version);
    }
  };
  presentation.nothing = "no versions";
  return presentation;
}

std::string DescribeTombstone(const v1::Tombstone& tombstone) {
  std::string words = absl::StrCat("it was erased at revision ", tombstone.revision(),
                                   ", ", TimeUtil::ToString(tombstone.time()));
  if (!tombstone.actor().empty()) absl::StrAppend(&words, " by ", tombstone.actor());
  if (!tombstone.message().empty()) absl::StrAppend(&words, ": ", tombstone.message());
  return words;
}

// What is to be said of the whole, from its last page.
void NoteEnd(const v1::GetHistoryResponse& page, Output& output) {
  if (page.has_tombstone()) output.Note(DescribeTombstone(page.tombstone()));
  if (page.compacted()) {
    output.Note(absl::StrCat(
        "older versions may be forgotten: the last one is how it stood at revision ",
        page.oldest_revision(), ", the oldest that is kept"));
  }
}

class HistoryCommand final : public Command {
 public:
  CLI::App* Declare(CLI::App& program) override {
    CLI::App* command = program.add_subcommand(
        "history", "What a record said before, since when, and who changed it");
    record_.Declare(*command);
    AddLimit(*command, limit_);
    return command;
  }

  std::vector<Format> Formats() const override {
    return {Format::kTable, Format::kJson, Format::kJsonl, Format::kCsv};
  }

  bool Reads() const override { return false; }

  absl::Status Run(const Call& call) override {
    v1::GetHistoryRequest request;
    if (absl::Status status = record_.Set(request); !status.ok()) return status;
    Answer<v1::GetHistoryResponse> answer(MakePresentation(), call.output);
    v1::GetHistoryResponse last;
    const absl::StatusOr<bool> is_cut = ReadPages(
        request, limit_, call.output,
        [&call](const auto& request) { return call.connection->GetHistory(request); },
        [](v1::GetHistoryResponse& page, uint64_t room) {
          return TrimField(*page.mutable_versions(), room);
        },
        [&](const auto& page) {
          answer.Add(page);
          last = page;
        });
    if (!is_cut.ok()) return is_cut.status();
    answer.Finish();
    if (*is_cut) {
      NoteMore("versions", limit_, call.output);
    } else {
      NoteEnd(last, call.output);
    }
    return absl::OkStatus();
  }

 private:
  RecordArgument record_;
  Limit limit_;
};

}  // namespace

std::unique_ptr<Command> MakeHistoryCommand() {
  return std::make_unique<HistoryCommand>();
}

}  // namespace labgraph::cli
