#include <string>

#include "absl/strings/str_cat.h"
#include "client/cli/commands/commands.h"
#include "client/cli/options.h"
#include "client/cli/output/answer.h"
#include "client/cli/paging.h"
#include "client/cli/statement_rows.h"
#include "client/cli/words/enum_words.h"
#include "client/cli/words/statement_words.h"
#include "client/cli/words/valid_time_words.h"

namespace labgraph::cli {
namespace {

using Response = v1::ListNeighborsResponse;

std::string LabelOf(const v1::NeighborGroup& group) {
  return group.label().text().empty() ? group.predicate() : group.label().text();
}

void AddGroupRows(const v1::NeighborGroup& group, Printer& printer) {
  for (const v1::Neighbor& neighbor : group.neighbors()) {
    const v1::Statement& statement = neighbor.statement();
    printer.Add({{Word(group.direction()), Style::kFaint},
                 group.predicate(),
                 LabelOf(group),
                 {neighbor.entity().id(), Style::kId},
                 neighbor.entity().label().text(),
                 DescribeValidTime(statement.valid()),
                 statement.valid().start(),
                 statement.valid().end(),
                 CertaintyCell(statement.certainty()),
                 statement.id(),
                 {DescribeSources(statement.sources()), Style::kFaint}},
                neighbor);
  }
}

// A group that a page cut goes on at the beginning of the next.
void MergePage(const Response& page, Response& whole) {
  for (const v1::NeighborGroup& group : page.groups()) {
    const int last = whole.groups_size() - 1;
    const bool goes_on = last >= 0 &&
                         whole.groups(last).predicate() == group.predicate() &&
                         whole.groups(last).direction() == group.direction();
    if (goes_on) {
      whole.mutable_groups(last)->mutable_neighbors()->MergeFrom(group.neighbors());
    } else {
      *whole.add_groups() = group;
    }
  }
  whole.set_next_page_token(page.next_page_token());
  whole.set_revision(page.revision());
}

Presentation<Response> NeighborPresentation(const std::string& id,
                                            const v1::ReadOptions& read) {
  const Audience if_day = read.valid_at().empty() ? Audience::kCsv : Audience::kAll;
  Presentation<Response> presentation;
  presentation.columns = {{"direction"},
                          {"predicate", Audience::kCsv},
                          {"relation"},
                          {"id"},
                          {"name"},
                          {"valid", Audience::kTable, /*optional=*/true},
                          {"start", Audience::kCsv},
                          {"end", Audience::kCsv},
                          {"certainty", if_day, /*optional=*/true},
                          {"statement", Audience::kCsv},
                          {"sources", Audience::kAll, /*optional=*/true}};
  presentation.rows = [](const Response& page, Printer& printer) {
    for (const v1::NeighborGroup& group : page.groups()) AddGroupRows(group, printer);
  };
  presentation.draw = [id](const Response& page, Graph& graph) {
    graph.AddNode(id);
    for (const v1::NeighborGroup& group : page.groups()) {
      for (const v1::Neighbor& neighbor : group.neighbors()) {
        graph.AddEntity(neighbor.entity());
        graph.AddStatement(neighbor.statement());
      }
    }
  };
  presentation.merge = MergePage;
  presentation.nothing = "no neighbours";
  return presentation;
}

Presentation<Response> CountPresentation() {
  Presentation<Response> presentation;
  presentation.columns = {
      {"direction"}, {"predicate", Audience::kCsv}, {"relation"}, {"count"}};
  presentation.rows = [](const Response& response, Printer& printer) {
    for (const v1::NeighborGroup& group : response.groups()) {
      printer.Add({{Word(group.direction()), Style::kFaint},
                   group.predicate(),
                   LabelOf(group),
                   absl::StrCat(group.count())},
                  group);
    }
  };
  presentation.nothing = "no neighbours";
  return presentation;
}

Trimmed TrimPage(Response& page, uint64_t room) {
  Trimmed trimmed;
  for (v1::NeighborGroup& group : *page.mutable_groups()) {
    const Trimmed of_group = TrimField(*group.mutable_neighbors(), room - trimmed.count);
    trimmed.count += of_group.count;
    trimmed.is_cut |= of_group.is_cut;
  }
  return trimmed;
}

class NeighborsCommand final : public Command {
 public:
  CLI::App* Declare(CLI::App& program) override {
    CLI::App* command =
        program.add_subcommand("neighbors", "What an entity is related to, one hop away");
    command->add_option("id", id_, "The entity")->type_name("ID")->required();
    CLI::Option* in = command->add_flag("--in", in_, "Only relations that lead to it");
    command->add_flag("--out", out_, "Only relations that lead from it")->excludes(in);
    AddNames(*command, "--predicate", predicates_, "Only these predicates or inverses");
    AddNames(*command, "--kind", kinds_, "Only neighbours of these kinds");
    command->add_flag("--count", count_, "Only how many there are by relation");
    AddLimit(*command, limit_);
    return command;
  }

  std::vector<Format> Formats() const override {
    if (!count_) return AllFormats();
    return {Format::kTable, Format::kJson, Format::kJsonl, Format::kCsv};
  }

  absl::Status Run(const Call& call) override {
    return count_ ? Count(call) : List(call);
  }

 private:
  v1::ListNeighborsRequest RequestFor(const v1::ReadOptions& read) const {
    v1::ListNeighborsRequest request;
    request.set_id(id_);
    if (in_) request.set_direction(v1::DIRECTION_IN);
    if (out_) request.set_direction(v1::DIRECTION_OUT);
    request.mutable_predicates()->Assign(predicates_.begin(), predicates_.end());
    request.mutable_kinds()->Assign(kinds_.begin(), kinds_.end());
    request.set_count_only(count_);
    *request.mutable_read() = read;
    return request;
  }

  absl::Status Count(const Call& call) const {
    const absl::StatusOr<Response> response =
        call.connection->ListNeighbors(RequestFor(call.read));
    if (!response.ok()) return response.status();
    Answer<Response> answer(CountPresentation(), call.output);
    answer.Add(*response);
    answer.Finish();
    return absl::OkStatus();
  }

  absl::Status List(const Call& call) const {
    Answer<Response> answer(NeighborPresentation(id_, call.read), call.output);
    const absl::StatusOr<bool> is_cut = ReadPages(
        RequestFor(call.read), limit_, call.output,
        [&call](const auto& request) { return call.connection->ListNeighbors(request); },
        TrimPage, [&answer](const Response& page) { answer.Add(page); });
    if (!is_cut.ok()) return is_cut.status();
    answer.Finish();
    if (*is_cut) NoteMore("neighbours", limit_, call.output);
    return absl::OkStatus();
  }

  std::string id_;
  bool in_ = false;
  bool out_ = false;
  std::vector<std::string> predicates_;
  std::vector<std::string> kinds_;
  bool count_ = false;
  Limit limit_;
};

}  // namespace

std::unique_ptr<Command> MakeNeighborsCommand() {
  return std::make_unique<NeighborsCommand>();
}

}  // namespace labgraph::cli
