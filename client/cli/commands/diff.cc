#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "client/cli/commands/commands.h"
#include "client/cli/options.h"
#include "client/cli/output/answer.h"
#include "client/cli/paging.h"
#include "client/cli/words/difference_words.h"
#include "client/cli/words/enum_words.h"
#include "client/cli/words/languages.h"
#include "client/cli/words/statement_words.h"

namespace labgraph::cli {
namespace {

Row RowOf(const v1::RecordDifference& difference, const Languages& languages) {
  const bool is_entity = difference.has_entity();
  return {
      Word(difference.outcome()),
      {is_entity ? difference.entity().id() : difference.statement().id(), Style::kId},
      is_entity ? languages.Pick(difference.entity().names())
                : DescribeFact(difference.statement(), languages),
      DescribeDifferences(difference.differences()),
      {absl::StrCat(difference.revision()), Style::kFaint}};
}

Presentation<v1::DiffRevisionsResponse> PresentationFor(const v1::ReadOptions& read) {
  Presentation<v1::DiffRevisionsResponse> presentation;
  presentation.columns = {{"outcome"},
                          {"record"},
                          {"about"},
                          {"differs", Audience::kAll, /*optional=*/true},
                          {"revision"}};
  presentation.rows = [languages = Languages(read.lang())](
                          const v1::DiffRevisionsResponse& page, Printer& printer) {
    for (const v1::RecordDifference& difference : page.differences()) {
      printer.Add(RowOf(difference, languages), difference);
    }
  };
  presentation.nothing = "no differences";
  return presentation;
}

class DiffCommand final : public Command {
 public:
  CLI::App* Declare(CLI::App& program) override {
    CLI::App* command =
        program.add_subcommand("diff", "What is different between two revisions");
    AddNumber<uint64_t>(
        *command, "from", 0, [this](uint64_t revision) { from_ = revision; },
        "The earlier revision; 0 is the empty store")
        ->type_name("FROM")
        ->required();
    AddNumber<uint64_t>(
        *command, "to", 0, [this](uint64_t revision) { to_ = revision; },
        "The later one; without it the newest")
        ->type_name("TO");
    AddNames(*command, "--kind", kinds_, "Only of these kinds and those under them");
    AddNames(*command, "--predicate", predicates_, "Only these relations and properties");
    AddNames(*command, "--entity", entities_, "Only what is about these entities");
    AddLimit(*command, limit_);
    return command;
  }

  std::vector<Format> Formats() const override {
    return {Format::kTable, Format::kJson, Format::kJsonl, Format::kCsv};
  }

  bool Reads() const override { return false; }

  absl::Status Run(const Call& call) override {
    Answer<v1::DiffRevisionsResponse> answer(PresentationFor(call.read), call.output);
    const absl::StatusOr<bool> is_cut = ReadPages(
        MakeRequest(), limit_, call.output,
        [&call](const auto& request) { return call.connection->DiffRevisions(request); },
        [](v1::DiffRevisionsResponse& page, uint64_t room) {
          return TrimField(*page.mutable_differences(), room);
        },
        [&answer](const auto& page) { answer.Add(page); });
    if (!is_cut.ok()) return is_cut.status();
    answer.Finish();
    if (*is_cut) NoteMore("differences", limit_, call.output);
    return absl::OkStatus();
  }

 private:
  v1::DiffRevisionsRequest MakeRequest() const {
    v1::DiffRevisionsRequest request;
    request.set_from(from_);
    if (to_.has_value()) request.set_to(*to_);
    v1::RecordFilter& filter = *request.mutable_filter();
    filter.mutable_kinds()->Assign(kinds_.begin(), kinds_.end());
    filter.mutable_predicates()->Assign(predicates_.begin(), predicates_.end());
    filter.mutable_entities()->Assign(entities_.begin(), entities_.end());
    return request;
  }

  uint64_t from_ = 0;
  absl::optional<uint64_t> to_;
  std::vector<std::string> kinds_;
  std::vector<std::string> predicates_;
  std::vector<std::string> entities_;
  Limit limit_;
};

}  // namespace

std::unique_ptr<Command> MakeDiffCommand() { return std::make_unique<DiffCommand>(); }

}  // namespace labgraph::cli
