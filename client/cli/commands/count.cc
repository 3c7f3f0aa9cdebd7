#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "client/cli/commands/commands.h"
#include "client/cli/group_key_text.h"
#include "client/cli/options.h"
#include "client/cli/output/answer.h"
#include "client/cli/pattern_options.h"
#include "client/cli/words/cut_words.h"
#include "labgraph/aggregation.h"

namespace labgraph::cli {
namespace {

using Response = v1::AggregateResponse;

Row RowOf(const v1::AggregateGroup& group) {
  Row row;
  for (const std::string& key : group.keys()) row.emplace_back(key);
  row.emplace_back(absl::StrCat(group.count()));
  return row;
}

Presentation<Response> PresentationFor(const std::vector<std::string>& keys) {
  Presentation<Response> presentation;
  for (const std::string& key : keys) presentation.columns.push_back({key});
  presentation.columns.push_back({"count"});
  presentation.rows = [](const Response& answer, Printer& printer) {
    for (const v1::AggregateGroup& group : answer.groups()) {
      printer.Add(RowOf(group), group);
    }
  };
  presentation.nothing = "nothing to count";
  return presentation;
}

class CountCommand final : public Command {
 public:
  CLI::App* Declare(CLI::App& program) override {
    CLI::App* command = program.add_subcommand(
        "count", "How many matches of a pattern, entities or statements there are");
    CLI::Option* pattern = pattern_.Declare(*command);
    AddNames(*command, "--by", keys_,
             "Count by NAME, NAME.kind, NAME.PROPERTY or NAME.PROPERTY.year; statements "
             "also by predicate or year, their NAMEs are subject and object")
        ->type_name("KEY,...");
    DeclareStatements(*command, pattern);
    AddCount(*command, "--limit", limit_,
             "Give at most so many groups, the largest (default 1000)");
    AddCount(*command, "--max-visited", max_visited_,
             "Look at no more statements than this");
    command->footer(
        "Patterns are those of match; without one statements are counted.\n"
        "How many labs target each crime:\n"
        "  labgraph count ':lab -targets-> crime' --by crime\n"
        "What kinds of entity are there:\n"
        "  labgraph count any --by any.kind\n"
        "What does a source say, by relation:\n"
        "  labgraph count --source document/nsoc-labs-page --by predicate");
    return command;
  }

  std::vector<Format> Formats() const override {
    return {Format::kTable, Format::kJson, Format::kJsonl, Format::kCsv};
  }

  absl::Status Run(const Call& call) override {
    absl::StatusOr<client::Aggregation> count = Counted();
    if (!count.ok()) return count.status();
    for (const std::string& text : keys_) {
      const absl::StatusOr<v1::GroupKey> key = ReadGroupKey(text, pattern_.empty());
      if (!key.ok()) return key.status();
      count->By(*key);
    }
    if (limit_ > 0) count->Limit(limit_);
    if (max_visited_ > 0) count->MaxVisited(max_visited_);
    const absl::StatusOr<Response> response =
        count->Read(call.read).Run(*call.connection);
    if (!response.ok()) return response.status();
    Write(*response, call.output);
    return absl::OkStatus();
  }

 private:
  void DeclareStatements(CLI::App& command, CLI::Option* pattern) {
    command.add_option("--subject", subject_, "Statements about this entity")
        ->type_name("ID")
        ->excludes(pattern);
    command.add_option("--object", object_, "Statements to this entity")
        ->type_name("ID")
        ->excludes(pattern);
    AddNames(command, "--predicate", predicates_,
             "Statements with these predicates or inverses")
        ->excludes(pattern);
    command.add_option("--source", source_, "Statements found in this document")
        ->type_name("ID")
        ->excludes(pattern);
  }

  absl::StatusOr<client::Aggregation> Counted() const {
    if (pattern_.empty()) {
      return client::CountStatements()
          .Subject(subject_)
          .Object(object_)
          .Predicates(predicates_)
          .Source(source_);
    }
    const absl::StatusOr<client::Pattern> pattern = pattern_.Read();
    if (!pattern.ok()) return pattern.status();
    return client::CountMatches(*pattern);
  }

  void Write(const Response& response, Output& output) const {
    Answer<Response> answer(PresentationFor(keys_), output);
    answer.Add(response);
    answer.Finish(DescribeCut(response.cut(), "groups"));
    const auto given = static_cast<uint64_t>(response.groups_size());
    if (given < response.group_count()) {
      output.Note(absl::StrCat("these are the largest ", given, " of ",
                               response.group_count(),
                               " groups; a larger --limit gives more"));
    }
  }

  PatternOptions pattern_;
  std::vector<std::string> keys_;
  std::string subject_;
  std::string object_;
  std::vector<std::string> predicates_;
  std::string source_;
  uint32_t limit_ = 0;        // 0: the server's default
  uint64_t max_visited_ = 0;  // likewise
};

}  // namespace

std::unique_ptr<Command> MakeCountCommand() { return std::make_unique<CountCommand>(); }

}  // namespace labgraph::cli
