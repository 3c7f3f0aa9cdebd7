#include "seed/bulk_loader.h"

#include <algorithm>
#include <deque>
#include <filesystem>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "labgraph/import.h"
#include "seed/field_path.h"
#include "seed/progress.h"
#include "seed/reader/jsonl_reader.h"
#include "seed/write_problem.h"

namespace labgraph::seed {
namespace {

// Records of a part unless --batch says otherwise: enough to share the cost of a
// durable write, few enough to see progress.
constexpr size_t kPartMutations = 2000;
// Parts sent and not answered.
constexpr int kPartsInFlight = 4;

WriteLimits PartLimits(const LoadContext& context) {
  WriteLimits limits = context.limits;
  if (context.batch == 0) limits.mutations = std::min(limits.mutations, kPartMutations);
  return limits;
}

// A part that was sent and not yet answered.
struct PartInFlight {
  // Line of every mutation in it.
  std::vector<int> lines;
  // Of the file, up to the end of the part.
  uint64_t bytes_read;
};

// One load of one file.
class BulkLoad {
 public:
  BulkLoad(const std::string& path, const LoadContext& context, client::Clock* clock)
      : path_(path),
        context_(context),
        reader_(path),
        part_(PartLimits(context)),
        progress_(std::filesystem::path(path).filename().string(), reader_.file_bytes(),
                  context.console, clock),
        import_(context.connection, ImportOptions()) {}

  ExitCode Run() {
    ExitCode code = SendAll();
    absl::StatusOr<client::ImportTotals> totals = import_.Finish();
    context_.console->EndProgress();
    if (code == kOk && !totals.ok()) code = ReportError(totals.status());
    if (code == kOk) {
      PrintTotals();
    } else {
      context_.console->Error(absl::StrCat(path_, ": ", Grouped(Committed()),
                                           " mutations stay committed, up to line ",
                                           last_committed_line_));
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

  ExitCode SendAll() {
    v1::Mutation mutation;
    Problems problems;
    for (;;) {
      if (*context_.stop) return kInterrupted;
      JsonlReader::Result result = reader_.Next(&mutation, &problems);
      if (result == JsonlReader::Result::kEnd) break;
      if (result == JsonlReader::Result::kProblem) {
        context_.console->Report(problems);
        return kProblems;
      }
      if (!part_.HasRoomFor(mutation) && !SendPart()) return kOk;
      part_.Add(std::move(mutation));
      lines_.push_back(reader_.line());
      part_end_ = reader_.bytes_read();
    }
    if (!part_.empty()) SendPart();
    return kOk;
  }

  // False when the import is over; Finish tells why.
  bool SendPart() {
    v1::ImportRequest request;
    Mutations mutations = part_.Take();
    request.mutable_mutations()->Swap(&mutations);
    request.set_message(MessageFor(lines_.front(), lines_.back()));
    in_flight_.push_back({std::move(lines_), part_end_});
    lines_.clear();
    return import_.Send(request).ok();
  }

  std::string MessageFor(int from, int to) const {
    if (!context_.message.empty()) return context_.message;
    return absl::StrCat("bulk ", std::filesystem::path(path_).filename().string(),
                        ": lines ", from, " to ", to);
  }

  void NotePartCommitted() {
    last_committed_line_ = in_flight_.front().lines.back();
    const uint64_t bytes = in_flight_.front().bytes_read;
    in_flight_.pop_front();
    progress_.Update(bytes, Committed());
  }

  uint64_t Committed() const {
    const client::ImportTotals& totals = import_.committed();
    return totals.created + totals.updated + totals.unchanged + totals.retracted;
  }

  // An error's field is relative to the first part that was not committed.
  ExitCode ReportError(const absl::Status& status) {
    if (!IsInputError(status)) return FailWith(status, context_.console);
    const v1::Problem problem = ToServerProblem(status);
    absl::optional<MutationField> field = ParseMutationField(problem.field());
    int line = 0;
    if (field.has_value() && !in_flight_.empty() &&
        field->index < in_flight_.front().lines.size()) {
      line = in_flight_.front().lines[field->index];
    }
    context_.console->Report(
        {LocateInLines(path_, line, field.has_value() ? field->rest : "", problem)});
    return kProblems;
  }

  void PrintTotals() {
    const client::ImportTotals& totals = import_.committed();
    OutcomeCounts counts{totals.created, totals.updated, totals.unchanged,
                         totals.retracted};
    context_.console->Print(absl::StrCat(
        path_, ": ", ToString(counts), "; ",
        counts.nothing_changed() ? "nothing changed, no revision"
                                 : absl::StrCat("revision ", totals.revision)));
  }

  const std::string path_;
  const LoadContext& context_;
  JsonlReader reader_;
  MutationPart part_;
  ProgressDisplay progress_;
  // Of the part being filled: line of every mutation, and where in the file the last
  // ends.
  std::vector<int> lines_;
  uint64_t part_end_ = 0;
  std::deque<PartInFlight> in_flight_;
  int last_committed_line_ = 0;
  client::ImportSession import_;
};

}  // namespace

bool ScanJsonLines(const std::string& path, const StopFlag& stop, Problems* problems) {
  JsonlReader reader(path);
  v1::Mutation mutation;
  Problems found;
  while (reader.Next(&mutation, &found) != JsonlReader::Result::kEnd) {
    if (stop) return false;
    if (found.size() < kMaxLineProblems) continue;
    found.push_back(
        {path, {reader.line(), 0}, "too many problems; the rest is not read"});
    break;
  }
  problems->insert(problems->end(), found.begin(), found.end());
  return true;
}

ExitCode LoadJsonLines(const std::string& path, const LoadContext& context,
                       client::Clock* clock) {
  return BulkLoad(path, context, clock).Run();
}

}  // namespace labgraph::seed
