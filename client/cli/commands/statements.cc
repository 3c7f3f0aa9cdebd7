#include <string>

#include "client/cli/commands/commands.h"
#include "client/cli/options.h"
#include "client/cli/output/answer.h"
#include "client/cli/paging.h"
#include "client/cli/statement_rows.h"

namespace labgraph::cli {
namespace {

Presentation<v1::ListStatementsResponse> PresentationFor(const v1::ReadOptions& read) {
  const StatementRows rows(read);
  Presentation<v1::ListStatementsResponse> presentation;
  presentation.columns = rows.Columns();
  presentation.rows = [rows](const v1::ListStatementsResponse& page, Printer& printer) {
    for (const v1::Statement& statement : page.statements()) {
      printer.Add(rows.RowOf(statement), statement);
    }
  };
  presentation.draw = [](const v1::ListStatementsResponse& page, Graph& graph) {
    for (const v1::Statement& statement : page.statements()) {
      graph.AddStatement(statement);
    }
  };
  presentation.nothing = "no statements";
  return presentation;
}

class StatementsCommand final : public Command {
 public:
  CLI::App* Declare(CLI::App& program) override {
    CLI::App* command = program.add_subcommand(
        "statements", "Facts by subject, object, predicate and source");
    command->add_option("--subject", subject_, "About this entity")->type_name("ID");
    command->add_option("--object", object_, "To this entity")->type_name("ID");
    AddNames(*command, "--predicate", predicates_, "With these predicates or inverses");
    command->add_option("--source", source_, "Found in this document")->type_name("ID");
    AddNames(*command, "--id", ids_, "With these ids");
    AddLimit(*command, limit_);
    return command;
  }

  std::vector<Format> Formats() const override { return AllFormats(); }

  absl::Status Run(const Call& call) override {
    Answer<v1::ListStatementsResponse> answer(PresentationFor(call.read), call.output);
    const absl::StatusOr<bool> is_cut = ReadPages(
        RequestFor(call.read), limit_, call.output,
        [&call](const auto& request) { return call.connection->ListStatements(request); },
        [](v1::ListStatementsResponse& page, uint64_t room) {
          return TrimField(*page.mutable_statements(), room);
        },
        [&answer](const auto& page) { answer.Add(page); });
    if (!is_cut.ok()) return is_cut.status();
    answer.Finish();
    if (*is_cut) NoteMore("statements", limit_, call.output);
    return absl::OkStatus();
  }

 private:
  v1::ListStatementsRequest RequestFor(const v1::ReadOptions& read) const {
    v1::ListStatementsRequest request;
    request.set_subject(subject_);
    request.set_object(object_);
    request.mutable_predicates()->Assign(predicates_.begin(), predicates_.end());
    request.set_source(source_);
    request.mutable_ids()->Assign(ids_.begin(), ids_.end());
    *request.mutable_read() = read;
    return request;
  }

  std::string subject_;
  std::string object_;
  std::vector<std::string> predicates_;
  std::string source_;
  std::vector<std::string> ids_;
  Limit limit_;
};

}  // namespace

std::unique_ptr<Command> MakeStatementsCommand() {
  return std::make_unique<StatementsCommand>();
}

}  // namespace labgraph::cli
