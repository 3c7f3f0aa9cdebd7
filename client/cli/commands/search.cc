#include <string>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "client/cli/commands/commands.h"
#include "client/cli/options.h"
#include "client/cli/output/answer.h"
#include "client/cli/words/enum_words.h"

namespace labgraph::cli {
namespace {

Presentation<v1::SearchEntitiesResponse> SearchPresentation() {
  Presentation<v1::SearchEntitiesResponse> presentation;
  presentation.columns = {{"score"}, {"id"}, {"name"}, {"matched"}, {"match"}};
  presentation.rows = [](const v1::SearchEntitiesResponse& response, Printer& printer) {
    for (const v1::SearchResult& result : response.results()) {
      printer.Add({absl::StrFormat("%.2f", result.score()),
                   {result.entity().id(), Style::kId},
                   result.entity().label().text(),
                   result.matched().text(),
                   {Word(result.match()), Style::kFaint}},
                  result);
    }
  };
  presentation.nothing = "no entities";
  return presentation;
}

class SearchCommand final : public Command {
 public:
  CLI::App* Declare(CLI::App& program) override {
    CLI::App* command = program.add_subcommand(
        "search", "Entities by name: without regard to case, accents and small typos");
    command->add_option("word", words_, "What to look for")
        ->type_name("WORD...")
        ->required();
    AddNames(*command, "--kind", kinds_, "Only of these kinds");
    AddCount(*command, "--limit", limit_, "Give at most so many (default 10)");
    return command;
  }

  std::vector<Format> Formats() const override {
    return {Format::kTable, Format::kJson, Format::kJsonl, Format::kCsv};
  }

  bool ReadsDay() const override { return false; }

  absl::Status Run(const Call& call) override {
    v1::SearchEntitiesRequest request;
    request.set_query(absl::StrJoin(words_, " "));
    request.mutable_kinds()->Assign(kinds_.begin(), kinds_.end());
    request.set_limit(limit_);
    *request.mutable_read() = call.read;
    const absl::StatusOr<v1::SearchEntitiesResponse> response =
        call.connection->SearchEntities(request);
    if (!response.ok()) return response.status();
    Answer<v1::SearchEntitiesResponse> answer(SearchPresentation(), call.output);
    answer.Add(*response);
    answer.Finish();
    return absl::OkStatus();
  }

 private:
  std::vector<std::string> words_;
  std::vector<std::string> kinds_;
  uint32_t limit_ = 10;
};

}  // namespace

std::unique_ptr<Command> MakeSearchCommand() { return std::make_unique<SearchCommand>(); }

}  // namespace labgraph::cli
