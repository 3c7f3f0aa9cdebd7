#ifndef LABGRAPH_CLIENT_CLI_OUTPUT_OUTPUT_H_
#define LABGRAPH_CLIENT_CLI_OUTPUT_OUTPUT_H_

#include <memory>
#include <ostream>
#include <vector>

#include "absl/strings/string_view.h"
#include "client/cli/format.h"
#include "client/cli/output/graph.h"
#include "client/cli/output/look.h"
#include "client/cli/output/printer.h"

namespace labgraph::cli {

// Where a command's answer goes, and in which format. Not thread-safe.
class Output {
 public:
  // The streams must outlive the output. `shows_progress`: `err` is a terminal.
  Output(Format format, Look look, std::ostream& out, std::ostream& err,
         bool shows_progress = false)
      : format_(format),
        look_(look),
        out_(out),
        err_(err),
        shows_progress_(shows_progress) {}

  Format format() const { return format_; }
  const Look& look() const { return look_; }
  std::ostream& out() { return out_; }
  // Nobody reads the answer any more: a reader of more rows may stop.
  bool closed() const { return !out_.good(); }

  // REQUIRES: format() is kTable, kJsonl or kCsv.
  std::unique_ptr<Printer> MakePrinter(std::vector<Column> columns);
  // REQUIRES: format() is kDot or kMermaid.
  void Draw(const Graph& graph);

  // Something about the answer that is not part of it: one line beside it.
  void Note(absl::string_view line);

  // How far a long call has come: a line in the place of the one before. Nothing where it
  // could not be taken back.
  void ShowProgress(absl::string_view line);
  // Takes it back. To be called before anything else is written.
  void EndProgress();

 private:
  const Format format_;
  const Look look_;
  std::ostream& out_;
  std::ostream& err_;
  const bool shows_progress_;
};

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_OUTPUT_OUTPUT_H_
