#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "client/cli/commands/commands.h"
#include "client/cli/labels.h"
#include "client/cli/options.h"
#include "client/cli/output/json.h"
#include "client/cli/output/record.h"
#include "client/cli/statement_rows.h"
#include "client/cli/words/statement_words.h"

namespace labgraph::cli {
namespace {

// One item for each language, by its tag.
void AddTexts(const std::string& name,
              const google::protobuf::Map<std::string, std::string>& texts,
              std::vector<Item>& items) {
  const std::map<std::string, std::string> by_tag(texts.begin(), texts.end());
  for (const auto& [tag, text] : by_tag) {
    items.push_back({absl::StrCat(name, " ", tag), text});
  }
}

std::string DescribeAliases(const v1::Entity& entity) {
  std::string aliases;
  for (const v1::Alias& alias : entity.aliases()) {
    absl::StrAppend(&aliases, aliases.empty() ? "" : ", ", alias.text());
    if (!alias.lang().empty()) absl::StrAppend(&aliases, " (", alias.lang(), ")");
  }
  return aliases;
}

std::vector<Item> ItemsOf(const v1::Entity& entity) {
  std::vector<Item> items = {{"id", {entity.id(), Style::kId}}};
  AddTexts("name", entity.names(), items);
  AddTexts("description", entity.descriptions(), items);
  items.push_back({"aliases", DescribeAliases(entity)});
  items.push_back(
      {"placeholder", entity.placeholder() ? "yes: counted, not identified yet" : ""});
  items.push_back({"visibility", entity.visibility()});
  items.push_back({"sources", {DescribeSources(entity.sources()), Style::kFaint}});
  items.push_back({"revisions", absl::StrCat("created ", entity.created_revision(),
                                             ", updated ", entity.updated_revision())});
  return items;
}

void WriteStatements(const v1::Entity& entity, const StatementRows& rows,
                     Output& output) {
  const std::unique_ptr<Printer> printer = output.MakePrinter(rows.Columns());
  for (const v1::Statement& statement : entity.statements()) {
    printer->Add(rows.RowOf(statement), statement);
  }
  printer->Finish();
}

Graph DrawingOf(const v1::Entity& entity, const Labels& labels) {
  Graph graph;
  graph.AddEntity(entity);
  for (const v1::Statement& statement : entity.statements()) {
    if (!statement.has_object()) continue;
    graph.AddNode(statement.object(), labels.OfEntity(statement.object()));
    graph.AddStatement(statement);
  }
  return graph;
}

class GetCommand final : public Command {
 public:
  CLI::App* Declare(CLI::App& program) override {
    CLI::App* command =
        program.add_subcommand("get", "One entity with everything that is said of it");
    command
        ->add_option("id", id_,
                     "Its id, for example lab/exit, or a name that only it has")
        ->type_name("ID|NAME")
        ->required();
    return command;
  }

  std::vector<Format> Formats() const override { return AllFormats(); }

  absl::Status Run(const Call& call) override {
    v1::GetEntityRequest request;
    request.set_id(id_);
    request.set_view(v1::ENTITY_VIEW_FULL);
    *request.mutable_read() = call.read;
    const absl::StatusOr<v1::GetEntityResponse> response =
        call.connection->GetEntity(request);
    if (!response.ok()) return response.status();
    const absl::Status status = Write(*response, call);
    if (status.ok() && !response->redirected_from().empty()) {
      call.output.Note(absl::StrCat(response->redirected_from(), " was merged into ",
                                    response->entity().id(), ", which this is"));
    }
    if (status.ok() && response->entity().statements_cut()) {
      call.output.Note(absl::StrCat("there are more statements: labgraph statements ",
                                    "--subject ", response->entity().id(),
                                    " --all gives them"));
    }
    return status;
  }

 private:
  static absl::Status Write(const v1::GetEntityResponse& response, const Call& call) {
    switch (call.output.format()) {
      case Format::kJson:
        call.output.out() << ToJsonText(response);
        return absl::OkStatus();
      case Format::kJsonl:
        call.output.out() << ToJsonLine(response.entity()) << '\n';
        return absl::OkStatus();
      default:
        return WriteWithLabels(response, call);
    }
  }

  static absl::Status WriteWithLabels(const v1::GetEntityResponse& response,
                                      const Call& call) {
    const v1::Entity& entity = response.entity();
    absl::StatusOr<Labels> labels = Labels::Fetch(
        *call.connection, call.read, response.revision(), entity.statements());
    if (!labels.ok()) return labels.status();
    Output& output = call.output;
    if (output.format() == Format::kDot || output.format() == Format::kMermaid) {
      output.Draw(DrawingOf(entity, *labels));
      return absl::OkStatus();
    }
    const bool is_table = output.format() == Format::kTable;
    if (is_table) WriteRecord(ItemsOf(entity), output.look(), output.out());
    if (is_table && !entity.statements().empty()) output.out() << '\n';
    WriteStatements(entity, StatementRows(call.read, *std::move(labels)), output);
    return absl::OkStatus();
  }

  std::string id_;
};

}  // namespace

std::unique_ptr<Command> MakeGetCommand() { return std::make_unique<GetCommand>(); }

}  // namespace labgraph::cli
