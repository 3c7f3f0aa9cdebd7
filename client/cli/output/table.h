#ifndef LABGRAPH_CLIENT_CLI_OUTPUT_TABLE_H_
#define LABGRAPH_CLIENT_CLI_OUTPUT_TABLE_H_

#include <cstddef>
#include <ostream>
#include <string>
#include <vector>

#include "client/cli/output/look.h"
#include "client/cli/output/printer.h"

namespace labgraph::cli {

// Columns aligned by what a terminal shows. The widths are those of the first 1,000 rows,
// which are held back until they are known; wider cells further down stick out. Without
// a row nothing is written, no header either.
class TablePrinter final : public Printer {
 public:
  // `out` must outlive the printer.
  TablePrinter(std::vector<Column> columns, Look look, std::ostream& out);

  void Add(const Row& row, const google::protobuf::Message& message) override;
  void Finish() override;

 private:
  // Chooses the columns and their widths from the rows held back, and writes those.
  void LayOut(bool complete);
  bool IsShown(size_t column, bool complete) const;
  size_t WidestCell(size_t column) const;
  // Makes the widest columns narrower until a line fits.
  void Shrink();
  // The text as far as the column has room for it, where there is a terminal's width.
  std::string Cut(const std::string& text, size_t width) const;
  void WriteHeader();
  void WriteRow(const Row& row);

  const std::vector<Column> columns_;
  const Look look_;
  std::ostream& out_;
  std::vector<Row> held_back_;
  bool laid_out_ = false;
  std::vector<size_t> shown_;   // indexes into columns_
  std::vector<size_t> widths_;  // one for each of shown_
};

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_OUTPUT_TABLE_H_
