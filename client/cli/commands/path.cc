#include <string>

#include "client/cli/commands/commands.h"
#include "client/cli/options.h"
#include "client/cli/output/answer.h"
#include "client/cli/path_rows.h"
#include "client/cli/streaming.h"
#include "client/cli/words/cut_words.h"
#include "labgraph/internal/filters.h"

namespace labgraph::cli {
namespace {

using Request = v1::FindPathsRequest;
using Response = v1::FindPathsResponse;

void DrawPaths(const Response& message, Graph& graph) {
  for (const v1::Path& path : message.paths()) {
    for (const v1::Entity& entity : path.entities()) graph.AddEntity(entity);
    for (const v1::Statement& statement : path.statements()) {
      graph.AddStatement(statement);
    }
  }
}

Presentation<Response> PresentationFor(const Call& call) {
  Presentation<Response> presentation;
  presentation.columns = PathRows::Columns(call.read);
  const auto rows = std::make_shared<PathRows>(call.output.format());
  presentation.rows = [rows](const Response& message, Printer& printer) {
    for (const v1::Path& path : message.paths()) rows->Add(path, printer);
  };
  presentation.draw = DrawPaths;
  presentation.nothing = "no path";
  return presentation;
}

class PathCommand final : public Command {
 public:
  CLI::App* Declare(CLI::App& program) override {
    CLI::App* command = program.add_subcommand(
        "path", "How two entities are connected: the shortest path, or more");
    command->add_option("from", from_, "The id of one end")
        ->type_name("FROM")
        ->required();
    command->add_option("to", to_, "The id of the other end")
        ->type_name("TO")
        ->required();
    DeclareMode(*command);
    DeclareConditions(*command);
    command->footer(
        "--k and --all-simple give paths of any length, the shortest first, that pass "
        "nothing\ntwice. Five ways from one lab to another that lead over drugs:\n"
        "  labgraph path lab/exit lab/switch-off --k 5 --require commodity/drugs");
    return command;
  }

  std::vector<Format> Formats() const override { return AllFormats(); }

  absl::Status Run(const Call& call) override {
    Answer<Response> answer(PresentationFor(call), call.output);
    v1::FindPathsSummary summary;
    const absl::Status status =
        ReadStream(call.connection->FindPaths(RequestFor(call.read)), call.output,
                   [&](const Response& message) {
                     answer.Add(message);
                     if (message.has_summary()) summary = message.summary();
                   });
    if (!status.ok()) return status;
    answer.Finish(DescribeCut(summary.cut(), "paths"));
    return absl::OkStatus();
  }

 private:
  void DeclareMode(CLI::App& command) {
    CLI::Option* all =
        command.add_flag("--all", all_, "All shortest paths, not just one");
    CLI::Option* k = AddCount(command, "--k", k_, "The N shortest paths");
    CLI::Option* all_simple =
        command.add_flag("--all-simple", all_simple_, "All paths of at most --max-hops");
    CLI::Option* limit =
        AddCount(command, "--limit", limit_, "Give at most so many paths (default 100)");
    all->excludes(k)->excludes(all_simple);
    k->excludes(all_simple)->excludes(limit);
    AddCount(command, "--max-hops", max_hops_, "Longest path (default 16)");
    AddCount(command, "--max-visited", max_visited_,
             "Look at no more statements than this");
  }

  void DeclareConditions(CLI::App& command) {
    AddNames(command, "--predicate", predicates_, "Only along these relations");
    AddChoice<v1::Direction>(
        command, "--direction",
        {{"out", v1::DIRECTION_OUT},
         {"in", v1::DIRECTION_IN},
         {"both", v1::DIRECTION_BOTH}},
        [this](const v1::Direction& direction) { direction_ = direction; },
        "Which way to follow relations (default both)");
    AddNames(command, "--kind", kinds_, "Only through entities of these kinds");
    AddOrdered(
        command, "--where",
        [this](const std::string& filter) {
          where_ = client::internal::BothFilters(where_, filter);
        },
        "Only through entities that match the filter; may be repeated")
        ->type_name("FILTER");
    AddNames(command, "--avoid", avoid_, "Not through these entities")
        ->type_name("ID,...");
    AddNames(command, "--avoid-predicate", avoid_predicates_,
             "Not along these relations");
    AddNames(command, "--require", require_, "Only paths that pass all these entities")
        ->type_name("ID,...");
    AddNames(command, "--require-predicate", require_predicates_,
             "Only paths that use all these relations");
  }

  v1::PathMode Mode() const {
    if (k_ > 0) return v1::PATH_MODE_K_SHORTEST;
    if (all_simple_) return v1::PATH_MODE_ALL_SIMPLE;
    return all_ ? v1::PATH_MODE_ALL_SHORTEST : v1::PATH_MODE_SHORTEST;
  }

  Request RequestFor(const v1::ReadOptions& read) const {
    Request request;
    request.add_from(from_);
    request.add_to(to_);
    request.set_mode(Mode());
    request.set_direction(direction_);
    request.mutable_predicates()->Assign(predicates_.begin(), predicates_.end());
    request.mutable_kinds()->Assign(kinds_.begin(), kinds_.end());
    request.mutable_avoid_entities()->Assign(avoid_.begin(), avoid_.end());
    request.mutable_avoid_predicates()->Assign(avoid_predicates_.begin(),
                                               avoid_predicates_.end());
    request.set_where(where_);
    request.mutable_required_entities()->Assign(require_.begin(), require_.end());
    request.mutable_required_predicates()->Assign(require_predicates_.begin(),
                                                  require_predicates_.end());
    request.set_max_hops(max_hops_);
    request.set_max_paths(k_ > 0 ? k_ : limit_);
    request.set_max_visited(max_visited_);
    *request.mutable_read() = read;
    return request;
  }

  std::string from_;
  std::string to_;
  bool all_ = false;
  uint32_t k_ = 0;  // 0: not asked for
  bool all_simple_ = false;
  std::vector<std::string> predicates_;
  std::vector<std::string> kinds_;
  std::string where_;
  std::vector<std::string> avoid_;
  std::vector<std::string> avoid_predicates_;
  std::vector<std::string> require_;
  std::vector<std::string> require_predicates_;
  v1::Direction direction_ = v1::DIRECTION_BOTH;
  uint32_t max_hops_ = 0;     // 0: the server's default
  uint32_t limit_ = 0;        // likewise
  uint64_t max_visited_ = 0;  // likewise
};

}  // namespace

std::unique_ptr<Command> MakePathCommand() { return std::make_unique<PathCommand>(); }

}  // namespace labgraph::cli
