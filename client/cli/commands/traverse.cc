#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "client/cli/commands/commands.h"
#include "client/cli/options.h"
#include "client/cli/output/answer.h"
#include "client/cli/output/record.h"
#include "client/cli/statement_rows.h"
#include "client/cli/step_options.h"
#include "client/cli/streaming.h"
#include "client/cli/words/cut_words.h"
#include "client/cli/words/enum_words.h"
#include "client/cli/words/walk_words.h"

namespace labgraph::cli {
namespace {

using Request = v1::TraverseRequest;
using Response = v1::TraverseResponse;

std::vector<Column> ColumnsFor(const Request& request) {
  const bool ids_only = request.view() == v1::ENTITY_VIEW_IDS;
  const Audience if_names = ids_only ? Audience::kNobody : Audience::kAll;
  const Audience if_hop =
      request.include_paths() || ids_only ? Audience::kNobody : Audience::kTable;
  const Audience if_paths = request.include_paths() ? Audience::kAll : Audience::kNobody;
  const Audience if_day =
      request.read().valid_at().empty() ? Audience::kCsv : Audience::kAll;
  return {{"depth"},
          {"id"},
          {"name", if_names},
          {"step", Audience::kCsv},
          {"from", Audience::kCsv},
          {"via", if_hop, /*optional=*/true},
          {"predicate", Audience::kCsv},
          {"direction", Audience::kCsv},
          {"statement", Audience::kCsv},
          {"certainty", if_day, /*optional=*/true},
          {"path", if_paths}};
}

Row RowOf(const v1::TraverseHit& hit) {
  const bool is_start = !hit.has_statement();
  const v1::Statement& statement = hit.statement();
  const bool is_whole = !statement.subject().empty();  // else only its id is known
  return {absl::StrCat(hit.depth()),
          {hit.entity().id(), Style::kId},
          hit.entity().label().text(),
          absl::StrCat(hit.step()),
          hit.from(),
          is_whole ? absl::StrCat(hit.from(), " ", HopArrow(statement, hit.from())) : "",
          statement.predicate(),
          is_whole ? Word(HopDirection(statement, hit.from())) : "",
          is_start ? "" : statement.id(),
          CertaintyCell(hit.certainty()),
          DescribeWalkTo(hit.entity().id(), hit.path())};
}

void DrawHits(const Response& message, Graph& graph) {
  for (const v1::TraverseHit& hit : message.hits()) {
    graph.AddEntity(hit.entity());
    for (const v1::Statement& statement : hit.path()) graph.AddStatement(statement);
  }
}

Presentation<Response> PresentationFor(const Request& request) {
  Presentation<Response> presentation;
  presentation.columns = ColumnsFor(request);
  presentation.rows = [](const Response& message, Printer& printer) {
    for (const v1::TraverseHit& hit : message.hits()) printer.Add(RowOf(hit), hit);
  };
  presentation.draw = DrawHits;
  presentation.nothing = "no entities";
  return presentation;
}

void WriteSummary(const v1::TraverseSummary& summary, Output& output) {
  if (output.format() == Format::kJsonl) {
    output.out() << ToJsonLine(summary) << '\n';
    return;
  }
  WriteRecord({{"entities", absl::StrCat(summary.hits())},
               {"by depth", absl::StrJoin(summary.hits_by_depth(), ", ")},
               {"visited entities", absl::StrCat(summary.visited_entities())},
               {"visited statements", absl::StrCat(summary.visited_statements())},
               {"revision", absl::StrCat(summary.revision())}},
              output.look(), output.out());
}

class TraverseCommand final : public Command {
 public:
  CLI::App* Declare(CLI::App& program) override {
    CLI::App* command = program.add_subcommand(
        "traverse", "Walk the graph from some entities, step by step");
    command->add_option("start", start_, "Where to start")
        ->type_name("ID...")
        ->required();
    DeclareSteps(*command, steps_);
    CLI::Option* paths =
        command->add_flag("--paths", paths_, "Give the whole way to every entity");
    CLI::Option* count = command->add_flag("--count", count_, "Only how many there are");
    command->add_flag("--ids", ids_, "Only ids, which is fastest")
        ->excludes(count)
        ->excludes(paths);
    AddCount(*command, "--limit", limit_, "Give at most so many entities");
    AddCount(*command, "--max-visited", max_visited_,
             "Look at no more statements than this");
    command->footer(
        "Steps are made in the order in which they stand. Which labs touch drugs:\n"
        "  labgraph traverse commodity/drugs --in involves --in targets --kind lab");
    return command;
  }

  std::vector<Format> Formats() const override {
    if (count_) return {Format::kTable, Format::kJson, Format::kJsonl};
    if (ids_) return {Format::kTable, Format::kJson, Format::kJsonl, Format::kCsv};
    return AllFormats();
  }

  absl::Status Run(const Call& call) override {
    const Request request = RequestFor(call);
    Answer<Response> answer(PresentationFor(request), call.output);
    v1::TraverseSummary summary;
    const absl::Status status = ReadStream(call.connection->Traverse(request),
                                           call.output, [&](const Response& message) {
                                             answer.Add(message);
                                             if (message.has_summary())
                                               summary = message.summary();
                                           });
    if (!status.ok()) return status;
    const std::string cut = DescribeCut(summary.cut(), "entities");
    if (count_ && call.output.format() != Format::kJson) {
      WriteSummary(summary, call.output);
      if (!cut.empty()) call.output.Note(cut);
    } else {
      answer.Finish(cut);
    }
    return absl::OkStatus();
  }

 private:
  Request RequestFor(const Call& call) const {
    Request request;
    request.mutable_start()->Assign(start_.begin(), start_.end());
    request.mutable_steps()->Assign(steps_.begin(), steps_.end());
    if (ids_) request.set_view(v1::ENTITY_VIEW_IDS);
    request.set_count_only(count_);
    const bool is_drawn =
        call.output.format() == Format::kDot || call.output.format() == Format::kMermaid;
    request.set_include_paths(paths_ || is_drawn);
    request.set_max_hits(limit_);
    request.set_max_visited(max_visited_);
    *request.mutable_read() = call.read;
    return request;
  }

  std::vector<std::string> start_;
  std::vector<v1::TraverseStep> steps_;
  bool paths_ = false;
  bool count_ = false;
  bool ids_ = false;
  uint64_t limit_ = 0;        // 0: the server's default
  uint64_t max_visited_ = 0;  // likewise
};

}  // namespace

std::unique_ptr<Command> MakeTraverseCommand() {
  return std::make_unique<TraverseCommand>();
}

}  // namespace labgraph::cli
