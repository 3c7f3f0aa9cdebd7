#include "seed/bulk_loader.h"

#include <deque>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "labgraph/import.h"
#include "seed/bulk/import_name.h"
#include "seed/bulk/parallel_reader.h"
#include "seed/checks/refusal.h"
#include "seed/encoded_part.h"
#include "seed/field_path.h"
#include "seed/outcome_counts.h"
#include "seed/progress.h"
#include "seed/write_problem.h"

namespace labgraph::seed {
namespace {

// Parts sent and not answered: enough that the server never waits for the next.
constexpr int kPartsInFlight = 4;

// Bytes of a file; 0 where that is not known.
uint64_t SizeOf(const std::string& path) {
  std::error_code error;
  const uintmax_t size = std::filesystem::file_size(path, error);
  return error ? 0 : size;
}

// A part that was sent and not yet answered.
struct PartInFlight {
  // Line of every mutation in it.
  std::vector<int> lines;
  // Of the file, up to the end of the part.
  uint64_t position;
};

// One load of one file.
class BulkLoad {
 public:
  BulkLoad(const BulkFile& file, const LoadContext& context, client::Clock* clock)
      : file_(file),
        short_name_(std::filesystem::path(file.path).filename().string()),
        context_(context),
        part_(context.limits),
        progress_(short_name_, SizeOf(file.path), context.console, clock),
        import_(context.connection, ImportOptions()) {}

  ExitCode Run() {
    absl::StatusOr<FilePosition> begin = FindBegin();
    if (!begin.ok()) return FailWith(begin.status(), context_.console);
    progress_.Begin(begin->byte);
    ExitCode code = SendAll(*begin);
    absl::StatusOr<client::ImportTotals> totals = import_.Finish();
    context_.console->EndProgress();
    if (code == kOk && !totals.ok()) code = ReportError(totals.status());
    if (code == kOk) {
      PrintTotals();
    } else {
      PrintCommitted();
    }
    return code;
  }

 private:
  client::ImportOptions ImportOptions() {
    client::ImportOptions options;
    options.max_in_flight = kPartsInFlight;
    options.on_progress = [this](const client::ImportTotals&) { NotePartCommitted(); };
    return options;
  }

  // Where in the file to begin: behind what is committed of it already.
  absl::StatusOr<FilePosition> FindBegin() {
    absl::StatusOr<std::string> name = ImportName(file_);
    if (!name.ok()) return name.status();
    import_name_ = *std::move(name);
    absl::StatusOr<uint64_t> committed = import_.FindCheckpoint(import_name_);
    if (!committed.ok()) return committed.status();
    if (*committed <= file_.begin.byte) return file_.begin;
    absl::StatusOr<FilePosition> begin = LocateByte(file_.path, *committed);
    if (begin.ok()) {
      context_.console->Print(absl::StrCat(file_.path, ": going on at byte ", begin->byte,
                                           " (line ", begin->line, ")"));
    }
    return begin;
  }

  ExitCode SendAll(FilePosition begin) {
    ParallelReader reader(file_, begin, context_.threads);
    while (absl::optional<EncodedRun> run = reader.Next()) {
      if (!run->problems.empty()) {
        context_.console->Report(run->problems);
        return kProblems;
      }
      for (size_t i = 0; i < run->mutations.size(); ++i) {
        if (part_.Add(*run, i)) continue;
        if (*context_.stop) return kInterrupted;
        if (!SendPart(/*is_last=*/false)) return kOk;
        part_.Add(*run, i);
      }
      if (*context_.stop) return kInterrupted;
    }
    if (!part_.empty()) SendPart(/*is_last=*/true);
    return kOk;
  }

  // False when the import is over; Finish tells why.
  bool SendPart(bool is_last) {
    // Beside the mutations; in wire format messages are joined by writing one behind the
    // other.
    v1::ImportRequest rest;
    rest.set_message(MessageFor(part_.lines().front(), part_.lines().back()));
    rest.mutable_checkpoint()->set_name(import_name_);
    rest.mutable_checkpoint()->set_position(part_.position());
    rest.mutable_checkpoint()->set_done(is_last);
    in_flight_.push_back({part_.lines(), part_.position()});
    std::string request = part_.Take();
    rest.AppendToString(&request);
    return import_.SendEncoded(std::move(request)).ok();
  }

  std::string MessageFor(int from, int to) const {
    if (!context_.message.empty()) return context_.message;
    return absl::StrCat("bulk ", short_name_, ": lines ", from, " to ", to);
  }

  void NotePartCommitted() {
    last_committed_line_ = in_flight_.front().lines.back();
    const uint64_t position = in_flight_.front().position;
    in_flight_.pop_front();
    const client::ImportTotals& totals = import_.committed();
    if (totals.created + totals.updated + totals.retracted > 0) *context_.written = true;
    progress_.Update(position, Committed());
  }

  uint64_t Committed() const {
    const client::ImportTotals& totals = import_.committed();
    return totals.created + totals.updated + totals.unchanged + totals.retracted;
  }

  void PrintCommitted() {
    if (last_committed_line_ == 0) {
      context_.console->Error(
          absl::StrCat(file_.path, ": nothing was committed in this run"));
      return;
    }
    context_.console->Error(
        absl::StrCat(file_.path, ": ", Grouped(Committed()),
                     Committed() == 1 ? " mutation stays" : " mutations stay",
                     " committed, up to line ", last_committed_line_));
  }

  // An error's field is relative to the first part that was not committed.
  ExitCode ReportError(const absl::Status& status) {
    if (!IsRefusal(status)) return FailWith(status, context_.console);
    const v1::Problem problem = ToServerProblem(status);
    absl::optional<MutationField> field = ParseMutationField(problem.field());
    int line = 0;
    if (field.has_value() && !in_flight_.empty() &&
        field->index < in_flight_.front().lines.size()) {
      line = in_flight_.front().lines[field->index];
    }
    context_.console->Report(
        {LocateInLines(file_.path, line, field.has_value() ? field->rest : "", problem)});
    return kProblems;
  }

  void PrintTotals() {
    const client::ImportTotals& totals = import_.committed();
    OutcomeCounts counts{totals.created, totals.updated, totals.unchanged,
                         totals.retracted};
    context_.console->Print(absl::StrCat(
        file_.path, ": ", ToString(counts), "; ",
        counts.nothing_changed() ? "nothing changed, no revision"
                                 : absl::StrCat("revision ", totals.revision)));
  }

  const BulkFile& file_;
  const std::string short_name_;
  const LoadContext& context_;
  std::string import_name_;
  EncodedPart part_;
  ProgressDisplay progress_;
  std::deque<PartInFlight> in_flight_;
  int last_committed_line_ = 0;
  client::ImportSession import_;
};

}  // namespace

bool ScanBulkFile(const BulkFile& file, int threads, const StopFlag& stop,
                  Problems* problems) {
  ParallelReader reader(file, file.begin, threads);
  size_t found = 0;
  while (absl::optional<EncodedRun> run = reader.Next()) {
    if (stop) return false;
    for (Problem& problem : run->problems) {
      if (found++ < kMaxFileProblems) {
        problems->push_back(std::move(problem));
        continue;
      }
      problems->push_back(
          {file.path, problem.position, "too many problems; the rest is not read"});
      return true;
    }
  }
  return true;
}

ExitCode LoadBulkFile(const BulkFile& file, const LoadContext& context,
                      client::Clock* clock) {
  return BulkLoad(file, context, clock).Run();
}

}  // namespace labgraph::seed
