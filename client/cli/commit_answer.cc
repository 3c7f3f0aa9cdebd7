#include "client/cli/commit_answer.h"

#include <algorithm>
#include <memory>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "client/cli/output/json.h"
#include "client/cli/words/enum_words.h"
#include "labgraph/error.h"

namespace labgraph::cli {
namespace {

constexpr char kRequestBytes[] = "request_bytes";

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

// What is much too large is not even received; the transport has one code for that and
// for a server whose threads are all busy.
bool IsTooLarge(const absl::Status& error) {
  const client::ErrorDetails details = client::DetailsOf(error);
  const auto limit = details.metadata.find("limit");
  return absl::StrContains(error.message(), "message larger than max") ||
         (limit != details.metadata.end() && limit->second == kRequestBytes);
}

absl::Status Advise(const absl::Status& error, const v1::CommitRequest& request) {
  if (!IsTooLarge(error)) return error;
  return client::MakeError(
      v1::ERROR_REASON_LIMIT_EXCEEDED, "",
      absl::StrCat("The commit has ", request.ByteSizeLong(), " bytes, more than the ",
                   "server takes at once (", kRequestBytes,
                   " of labgraph info): make several of it, or load it with "
                   "labgraph-seed."),
      {{"limit", kRequestBytes}});
}

void Write(const v1::CommitResponse& response, bool is_dry_run, Output& output) {
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

}  // namespace

std::vector<Format> CommitFormats() {
  return {Format::kTable, Format::kJson, Format::kJsonl, Format::kCsv};
}

absl::Status MakeCommit(const v1::CommitRequest& request, const Call& call) {
  const absl::StatusOr<v1::CommitResponse> response = call.connection->Commit(request);
  if (!response.ok()) return Advise(response.status(), request);
  Write(*response, request.validate_only(), call.output);
  if (response->problems().empty()) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat("the commit would be refused, problems: ", response->problems_size()));
}

}  // namespace labgraph::cli
