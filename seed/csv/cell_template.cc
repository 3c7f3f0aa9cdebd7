#include "seed/csv/cell_template.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "seed/csv/cell_filter.h"
#include "seed/reader/nearest_name.h"

namespace labgraph::seed {
namespace {

absl::Status UnknownFilter(absl::string_view name) {
  return absl::InvalidArgumentError(absl::StrCat("there is no filter \"", name, "\"",
                                                 DidYouMean(name, {"slug", "clean"}),
                                                 "; the filters are slug and clean"));
}

absl::Status UnknownSpecial(absl::string_view name) {
  return absl::InvalidArgumentError(
      absl::StrCat("there is no \"", name, "\"", DidYouMean(name, {"@line", "@file"}),
                   "; what begins with @ is @line or @file"));
}

}  // namespace

absl::StatusOr<CellTemplate::Piece> CellTemplate::ParseReference(
    absl::string_view reference, const Columns& columns) {
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(reference, absl::MaxSplits('|', 1));
  const auto& [name, filter] = parts;
  Piece piece;
  if (filter == "slug") {
    piece.filter = Filter::kSlug;
  } else if (filter == "clean") {
    piece.filter = Filter::kClean;
  } else if (name.size() < reference.size()) {
    return UnknownFilter(filter);
  }
  if (reference == "@line") {
    piece.kind = Piece::Kind::kLine;
  } else if (reference == "@file") {
    piece.kind = Piece::Kind::kFile;
  } else if (!name.empty() && name[0] == '@') {
    return UnknownSpecial(reference);
  } else {
    absl::StatusOr<int> column = columns.Find(name);
    if (!column.ok()) return column.status();
    piece.kind = Piece::Kind::kCell;
    piece.column = *column;
  }
  return piece;
}

absl::StatusOr<CellTemplate> CellTemplate::Parse(absl::string_view text,
                                                 const Columns& columns) {
  CellTemplate result;
  std::string literal;
  const auto end_literal = [&] {
    if (!literal.empty()) result.pieces_.push_back({Piece::Kind::kLiteral, literal});
    literal.clear();
  };
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c != '{' && c != '}') {
      literal.push_back(c);
    } else if (text.substr(i + 1, 1) == text.substr(i, 1)) {
      literal.push_back(c);
      ++i;
    } else if (const size_t close = text.find('}', i); c == '}' || close == text.npos) {
      return absl::InvalidArgumentError(
          absl::StrCat("\"", text, "\" has a ", c == '{' ? "{ without }" : "} without {",
                       "; a brace that stands for itself is written twice"));
    } else {
      absl::StatusOr<Piece> piece =
          ParseReference(text.substr(i + 1, close - i - 1), columns);
      if (!piece.ok()) return piece.status();
      end_literal();
      result.pieces_.push_back(*std::move(piece));
      i = close;
    }
  }
  end_literal();
  return result;
}

bool CellTemplate::IsConstant() const {
  for (const Piece& piece : pieces_) {
    if (piece.kind != Piece::Kind::kLiteral) return false;
  }
  return true;
}

bool CellTemplate::Fill(const CsvRow& row, std::string* scratch, absl::string_view* text,
                        int* column) const {
  *column = -1;
  // A lone cell, and a lone literal, need no copy.
  if (pieces_.size() == 1 && pieces_[0].filter == Filter::kNone) {
    const Piece& piece = pieces_[0];
    if (piece.kind == Piece::Kind::kLiteral) *text = piece.literal;
    if (piece.kind == Piece::Kind::kFile) *text = row.file;
    if (piece.kind == Piece::Kind::kCell) {
      *column = piece.column;
      *text = row.cells[piece.column].text;
    }
    if (piece.kind != Piece::Kind::kLine) return !text->empty();
  }
  scratch->clear();
  for (const Piece& piece : pieces_) {
    *column = piece.column;
    if (!Append(piece, row, scratch)) return false;
  }
  *text = *scratch;
  return !text->empty();
}

bool CellTemplate::Append(const Piece& piece, const CsvRow& row, std::string* text) {
  const size_t before = text->size();
  switch (piece.kind) {
    case Piece::Kind::kLiteral:
      text->append(piece.literal);
      break;
    case Piece::Kind::kLine:
      absl::StrAppend(text, row.line);
      break;
    case Piece::Kind::kFile:
      text->append(row.file.data(), row.file.size());
      break;
    case Piece::Kind::kCell: {
      const absl::string_view cell = row.cells[piece.column].text;
      if (piece.filter == Filter::kSlug) {
        AppendSlug(cell, text);
      } else if (piece.filter == Filter::kClean) {
        AppendClean(cell, text);
      } else {
        text->append(cell.data(), cell.size());
      }
    }
  }
  return text->size() > before;
}

}  // namespace labgraph::seed
