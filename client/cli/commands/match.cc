#include "labgraph/match.h"

#include <string>

#include "client/cli/commands/commands.h"
#include "client/cli/match_rows.h"
#include "client/cli/options.h"
#include "client/cli/output/answer.h"
#include "client/cli/pattern_options.h"
#include "client/cli/streaming.h"
#include "client/cli/words/cut_words.h"

namespace labgraph::cli {
namespace {

using Request = v1::MatchPatternRequest;
using Response = v1::MatchPatternResponse;

Presentation<Response> PresentationFor(const MatchRows& rows) {
  Presentation<Response> presentation;
  presentation.columns = rows.Columns();
  presentation.rows = [rows](const Response& message, Printer& printer) {
    for (const v1::PatternRow& match : message.rows()) {
      printer.Add(rows.RowOf(match), match);
    }
  };
  presentation.draw = [](const Response& message, Graph& graph) {
    for (const v1::PatternRow& match : message.rows()) DrawMatch(match, graph);
  };
  presentation.nothing = "nothing matches";
  return presentation;
}

class MatchCommand final : public Command {
 public:
  CLI::App* Declare(CLI::App& program) override {
    CLI::App* command = program.add_subcommand(
        "match", "Entities that stand together in a pattern of relations");
    pattern_.Declare(*command)->required();
    AddNames(*command, "--return", shown_,
             "In tables and CSV only the entities of these names");
    command->add_flag("--statements", statements_,
                      "Give the statements too: dates and sources");
    command->add_flag("--ids", ids_, "Only ids, which is fastest");
    AddCount(*command, "--limit", limit_,
             "Give at most so many matches (default 100000)");
    AddCount(*command, "--max-visited", max_visited_,
             "Look at no more statements than this");
    command->footer(
        "An entity is a NAME, NAME:KIND, :KIND, NAME=ID or an id, an arrow "
        "-PREDICATE->,\n"
        "<-PREDICATE- or -PREDICATE-, with spaces between them; *N or *N..M are hops.\n"
        "Which labs target a crime that involves drugs:\n"
        "  labgraph match ':lab -targets-> crime -involves-> commodity/drugs'\n"
        "Which labs target a crime and the very place that it leads to:\n"
        "  labgraph match ':lab -targets-> crime -has_destination-> place' \\\n"
        "    'lab -targets_place-> place'");
    return command;
  }

  std::vector<Format> Formats() const override {
    if (ids_) return {Format::kTable, Format::kJson, Format::kJsonl, Format::kCsv};
    return AllFormats();
  }

  absl::Status Run(const Call& call) override {
    const absl::StatusOr<client::Pattern> pattern = pattern_.Read();
    if (!pattern.ok()) return pattern.status();
    const absl::StatusOr<Request> request = RequestFor(*pattern, call);
    if (!request.ok()) return request.status();
    const absl::StatusOr<MatchRows> rows = MatchRows::Make(*pattern, shown_, *request);
    if (!rows.ok()) return rows.status();
    Answer<Response> answer(PresentationFor(*rows), call.output);
    v1::MatchPatternSummary summary;
    const absl::Status status = ReadStream(call.connection->MatchPattern(*request),
                                           call.output, [&](const Response& message) {
                                             answer.Add(message);
                                             if (message.has_summary())
                                               summary = message.summary();
                                           });
    if (!status.ok()) return status;
    answer.Finish(DescribeCut(summary.cut(), "matches"));
    return absl::OkStatus();
  }

 private:
  absl::StatusOr<Request> RequestFor(const client::Pattern& pattern,
                                     const Call& call) const {
    client::Match match(pattern);
    if (ids_) match.IdsOnly();
    const bool is_drawn =
        call.output.format() == Format::kDot || call.output.format() == Format::kMermaid;
    if (statements_ || is_drawn) match.WithStatements();
    if (limit_ > 0) match.Limit(limit_);
    if (max_visited_ > 0) match.MaxVisited(max_visited_);
    return match.Read(call.read).Build();
  }

  PatternOptions pattern_;
  std::vector<std::string> shown_;
  bool statements_ = false;
  bool ids_ = false;
  uint64_t limit_ = 0;        // 0: the server's default
  uint64_t max_visited_ = 0;  // likewise
};

}  // namespace

std::unique_ptr<Command> MakeMatchCommand() { return std::make_unique<MatchCommand>(); }

}  // namespace labgraph::cli
