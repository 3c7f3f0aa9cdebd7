#ifndef LABGRAPH_SEED_CSV_CELL_TEMPLATE_H_
#define LABGRAPH_SEED_CSV_CELL_TEMPLATE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "seed/csv/columns.h"
#include "seed/csv/row_splitter.h"

namespace labgraph::seed {

// A row as templates see it.
struct CsvRow {
  // One for each column; those that count as empty are.
  absl::Span<const Cell> cells;
  // On which it begins.
  int line = 0;
  // Name without folders.
  absl::string_view file;
};

// A text with cells in it, such as "airport/{iata|slug}"; csv_mapping.proto tells its
// form. Immutable.
class CellTemplate {
 public:
  CellTemplate() = default;

  // An error says what is wrong with it and what would be right.
  static absl::StatusOr<CellTemplate> Parse(absl::string_view text,
                                            const Columns& columns);

  // Whether it is the same text for every row.
  bool IsConstant() const;

  // The text for a row, in `scratch`, in the row or in this template. False where the
  // text is empty or a cell in it gives nothing; `column` is then the cell's, or -1.
  bool Fill(const CsvRow& row, std::string* scratch, absl::string_view* text,
            int* column) const;

 private:
  enum class Filter { kNone, kSlug, kClean };
  // A stretch of the template: a literal, a cell, or something about the row.
  struct Piece {
    enum class Kind { kLiteral, kCell, kLine, kFile };
    Kind kind = Kind::kLiteral;
    std::string literal;
    int column = -1;
    Filter filter = Filter::kNone;
  };

  // What stands between braces.
  static absl::StatusOr<Piece> ParseReference(absl::string_view reference,
                                              const Columns& columns);
  // False where the piece gives nothing.
  static bool Append(const Piece& piece, const CsvRow& row, std::string* text);

  std::vector<Piece> pieces_;
};

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_CSV_CELL_TEMPLATE_H_
