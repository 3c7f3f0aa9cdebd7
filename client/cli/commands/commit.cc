#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "client/cli/commands/commands.h"
#include "client/cli/commit_input.h"
#include "client/cli/options.h"
#include "client/cli/output/json.h"
#include "client/cli/usage_error.h"
#include "client/cli/words/enum_words.h"

namespace labgraph::cli {
namespace {

using Mutations = google::protobuf::RepeatedPtrField<v1::Mutation>;

bool ChangedAnything(const v1::CommitResponse& response) {
  return std::any_of(response.results().begin(), response.results().end(),
                     [](const v1::MutationResult& result) {
                       return result.outcome() != v1::OUTCOME_UNCHANGED;
                     });
}

std::string DescribeRevision(const v1::CommitResponse& response, bool is_dry_run) {
  const std::string revision = absl::StrCat("revision ", response.revision());
  if (is_dry_run) {
    return absl::StrCat("a dry run: nothing was written, still ", revision);
  }
  if (response.replayed()) {
    return absl::StrCat(revision, ", made by an earlier request with this id");
  }
  if (!ChangedAnything(response)) return absl::StrCat("nothing changed, ", revision);
  return revision;
}

void WriteResults(const v1::CommitResponse& response, Output& output) {
  const std::unique_ptr<Printer> printer = output.MakePrinter(
      {{"mutation"}, {"outcome"}, {"id"}, {"revision", Audience::kCsv}});
  for (int i = 0; i < response.results_size(); ++i) {
    const v1::MutationResult& result = response.results(i);
    printer->Add({absl::StrCat(i),
                  Word(result.outcome()),
                  {result.id(), Style::kId},
                  absl::StrCat(response.revision())},
                 result);
  }
  printer->Finish();
}

void WriteProblems(const v1::CommitResponse& response, Output& output) {
  const std::unique_ptr<Printer> printer =
      output.MakePrinter({{"reason"}, {"field"}, {"message"}});
  for (const v1::Problem& problem : response.problems()) {
    printer->Add({{problem.reason(), Style::kDoubt}, problem.field(), problem.message()},
                 problem);
  }
  printer->Finish();
}

class CommitCommand final : public Command {
 public:
  explicit CommitCommand(std::istream& in) : in_(in) {}

  CLI::App* Declare(CLI::App& program) override {
    CLI::App* command =
        program.add_subcommand("commit", "Change the graph: all of it or nothing");
    command
        ->add_option("file", file_,
                     "JSON lines of labgraph.v1.Mutation, or one labgraph.v1."
                     "CommitRequest; - is standard input")
        ->type_name("FILE");
    command->add_option("-m,--message", message_, "Why; kept with the revision")
        ->type_name("TEXT");
    command
        ->add_option("--request-id", request_id_,
                     "A name for this commit, so that repeating it is safe")
        ->type_name("ID");
    command->add_flag("--dry-run", dry_run_, "Check everything and change nothing");
    DeclareMutations(*command);
    command->footer(
        "Mutations given as options are made in the order in which they stand.");
    return command;
  }

  std::vector<Format> Formats() const override {
    return {Format::kTable, Format::kJson, Format::kJsonl, Format::kCsv};
  }

  bool Reads() const override { return false; }

  absl::Status Run(const Call& call) override {
    absl::StatusOr<v1::CommitRequest> request = MakeRequest();
    if (!request.ok()) return request.status();
    if (!message_.empty()) request->set_message(message_);
    if (!request_id_.empty()) request->set_request_id(request_id_);
    if (dry_run_) request->set_validate_only(true);
    const absl::StatusOr<v1::CommitResponse> response = call.connection->Commit(*request);
    if (!response.ok()) return response.status();
    Write(*response, request->validate_only(), call.output);
    if (response->problems().empty()) return absl::OkStatus();
    return absl::FailedPreconditionError(absl::StrCat(
        "the commit would be refused, problems: ", response->problems_size()));
  }

 private:
  void DeclareMutations(CLI::App& command) {
    AddOrdered(
        command, "--put-entity",
        [this](const std::string& json) {
          Parse("--put-entity", json, *mutations_.Add()->mutable_put_entity());
        },
        "Create or replace an entity")
        ->type_name("JSON");
    AddOrdered(
        command, "--put-statement",
        [this](const std::string& json) {
          Parse("--put-statement", json, *mutations_.Add()->mutable_put_statement());
        },
        "Create or replace a statement")
        ->type_name("JSON");
    AddOrdered(
        command, "--retract",
        [this](const std::string& id) {
          mutations_.Add()->mutable_retract_statement()->set_id(id);
        },
        "End a statement")
        ->type_name("ID");
    AddOrdered(
        command, "--delete",
        [this](const std::string& id) {
          mutations_.Add()->mutable_delete_entity()->set_id(id);
        },
        "Remove an entity")
        ->type_name("ID");
    command.add_flag("--cascade", cascade_,
                     "With --delete: also retract the statements that name it");
  }

  static void Parse(const std::string& flag, const std::string& json,
                    google::protobuf::Message& message) {
    const absl::Status status = ParseJson(json, message);
    if (!status.ok()) RejectValue(flag, std::string(status.message()));
  }

  absl::StatusOr<v1::CommitRequest> MakeRequest() {
    if (!file_.empty() && !mutations_.empty()) {
      return UsageError("commit takes a file or mutations as options, not both");
    }
    if (!file_.empty()) {
      if (cascade_) return UsageError("--cascade belongs to --delete");
      const absl::StatusOr<std::string> text = ReadInput(file_, in_);
      if (!text.ok()) return text.status();
      return ParseCommit(*text, file_);
    }
    if (mutations_.empty()) {
      return UsageError("commit needs a file (- for standard input) or mutations");
    }
    return RequestFromOptions();
  }

  absl::StatusOr<v1::CommitRequest> RequestFromOptions() {
    v1::CommitRequest request;
    bool deletes = false;
    for (v1::Mutation& mutation : mutations_) {
      if (!mutation.has_delete_entity()) continue;
      mutation.mutable_delete_entity()->set_cascade(cascade_);
      deletes = true;
    }
    if (cascade_ && !deletes) return UsageError("--cascade belongs to --delete");
    *request.mutable_mutations() = mutations_;
    return request;
  }

  static void Write(const v1::CommitResponse& response, bool is_dry_run, Output& output) {
    if (output.format() == Format::kJson) {
      output.out() << ToJsonText(response);
      return;
    }
    if (!response.problems().empty()) {
      WriteProblems(response, output);
      return;
    }
    WriteResults(response, output);
    const std::string revision = DescribeRevision(response, is_dry_run);
    if (output.format() == Format::kTable) {
      output.out() << revision << '\n';
    } else {
      output.Note(revision);
    }
  }

  std::istream& in_;
  std::string file_;  // empty: the mutations of the options
  Mutations mutations_;
  std::string message_;
  std::string request_id_;
  bool dry_run_ = false;
  bool cascade_ = false;
};

}  // namespace

std::unique_ptr<Command> MakeCommitCommand(std::istream& in) {
  return std::make_unique<CommitCommand>(in);
}

}  // namespace labgraph::cli
