#include <string>

#include "client/cli/commands/commands.h"
#include "client/cli/options.h"
#include "client/cli/output/answer.h"
#include "client/cli/paging.h"
#include "client/cli/words/languages.h"

namespace labgraph::cli {
namespace {

Presentation<v1::ListEntitiesResponse> PresentationFor(const v1::ReadOptions& read) {
  Presentation<v1::ListEntitiesResponse> presentation;
  presentation.columns = {{"id"},
                          {"name"},
                          {"lang"},
                          {"placeholder", Audience::kAll, /*optional=*/true},
                          {"description", Audience::kAll, /*optional=*/true}};
  presentation.rows = [languages = Languages(read.lang())](
                          const v1::ListEntitiesResponse& page, Printer& printer) {
    for (const v1::Entity& entity : page.entities()) {
      printer.Add({{entity.id(), Style::kId},
                   entity.label().text(),
                   {entity.label().lang(), Style::kFaint},
                   entity.placeholder() ? "yes" : "",
                   languages.Pick(entity.descriptions())},
                  entity);
    }
  };
  presentation.nothing = "no entities";
  return presentation;
}

class ListCommand final : public Command {
 public:
  CLI::App* Declare(CLI::App& program) override {
    CLI::App* command = program.add_subcommand("list", "Entities by kind and filter");
    command->add_option("kind", kinds_, "Kinds, each with those under it; none: all")
        ->type_name("KIND...");
    command
        ->add_option("--filter", filter_,
                     "Only where this holds, for example 'placeholder = true'")
        ->type_name("FILTER");
    AddLimit(*command, limit_);
    return command;
  }

  std::vector<Format> Formats() const override {
    return {Format::kTable, Format::kJson, Format::kJsonl, Format::kCsv};
  }

  bool ReadsDay() const override { return !filter_.empty(); }

  absl::Status Run(const Call& call) override {
    v1::ListEntitiesRequest request;
    request.mutable_kinds()->Assign(kinds_.begin(), kinds_.end());
    request.set_filter(filter_);
    *request.mutable_read() = call.read;
    Answer<v1::ListEntitiesResponse> answer(PresentationFor(call.read), call.output);
    const absl::StatusOr<bool> is_cut = ReadPages(
        request, limit_, call.output,
        [&call](const auto& request) { return call.connection->ListEntities(request); },
        [](v1::ListEntitiesResponse& page, uint64_t room) {
          return TrimField(*page.mutable_entities(), room);
        },
        [&answer](const auto& page) { answer.Add(page); });
    if (!is_cut.ok()) return is_cut.status();
    answer.Finish();
    if (*is_cut) NoteMore("entities", limit_, call.output);
    return absl::OkStatus();
  }

 private:
  std::vector<std::string> kinds_;
  std::string filter_;
  Limit limit_;
};

}  // namespace

std::unique_ptr<Command> MakeListCommand() { return std::make_unique<ListCommand>(); }

}  // namespace labgraph::cli
