#include "client/cli/output/output.h"

#include <utility>

#include "client/cli/output/csv.h"
#include "client/cli/output/display_width.h"
#include "client/cli/output/dot.h"
#include "client/cli/output/json.h"
#include "client/cli/output/mermaid.h"
#include "client/cli/output/table.h"

namespace labgraph::cli {
namespace {

// To the start of the terminal's line, and nothing behind it.
constexpr char kClearLine[] = "\r\x1b[K";

}  // namespace

std::unique_ptr<Printer> Output::MakePrinter(std::vector<Column> columns) {
  switch (format_) {
    case Format::kJsonl:
      return std::make_unique<JsonlPrinter>(out_);
    case Format::kCsv:
      return std::make_unique<CsvPrinter>(std::move(columns), out_);
    default:
      return std::make_unique<TablePrinter>(std::move(columns), look_, out_);
  }
}

void Output::Draw(const Graph& graph) {
  if (format_ == Format::kMermaid) {
    WriteMermaid(graph, out_);
  } else {
    WriteDot(graph, out_);
  }
}

void Output::Note(absl::string_view line) {
  err_ << "labgraph: " << Printable(line) << '\n';
}

void Output::ShowProgress(absl::string_view line) {
  if (shows_progress_) err_ << kClearLine << Printable(line) << std::flush;
}

void Output::EndProgress() {
  if (shows_progress_) err_ << kClearLine << std::flush;
}

}  // namespace labgraph::cli
