#include "client/cli/path_rows.h"

#include "absl/strings/str_cat.h"
#include "client/cli/statement_rows.h"
#include "client/cli/words/enum_words.h"
#include "client/cli/words/statement_words.h"
#include "client/cli/words/valid_time_words.h"
#include "client/cli/words/walk_words.h"

namespace labgraph::cli {

std::vector<Column> PathRows::Columns(const v1::ReadOptions& read) {
  const Audience if_day = read.valid_at().empty() ? Audience::kCsv : Audience::kAll;
  return {{"path"},
          {"hop"},
          {"from"},
          {"via", Audience::kTable},
          {"predicate", Audience::kCsv},
          {"direction", Audience::kCsv},
          {"to"},
          {"name"},
          {"valid", Audience::kTable, /*optional=*/true},
          {"start", Audience::kCsv},
          {"end", Audience::kCsv},
          {"certainty", if_day, /*optional=*/true},
          {"statement", Audience::kCsv},
          {"sources", Audience::kAll, /*optional=*/true}};
}

void PathRows::Add(const v1::Path& path, Printer& printer) {
  if (path.entities_size() != path.statements_size() + 1) return;  // no path at all
  ++paths_;
  if (format_ == Format::kJsonl) {
    printer.Add(Row(), path);  // has no columns
    return;
  }
  if (path.statements().empty()) {
    const v1::Entity& entity = path.entities(0);
    printer.Add(RowOf(0, entity.id(), entity, v1::Statement()), path);
  }
  for (int i = 0; i < path.statements_size(); ++i) {
    const v1::Statement& statement = path.statements(i);
    printer.Add(RowOf(i + 1, path.entities(i).id(), path.entities(i + 1), statement),
                statement);
  }
}

Row PathRows::RowOf(int hop, const std::string& from, const v1::Entity& to,
                    const v1::Statement& statement) const {
  return {absl::StrCat(paths_),
          absl::StrCat(hop),
          {from, Style::kId},
          hop == 0 ? "" : HopArrow(statement, from),
          statement.predicate(),
          hop == 0 ? "" : Word(HopDirection(statement, from)),
          {to.id(), Style::kId},
          to.label().text(),
          DescribeValidTime(statement.valid()),
          statement.valid().start(),
          statement.valid().end(),
          CertaintyCell(statement.certainty()),
          statement.id(),
          {DescribeSources(statement.sources()), Style::kFaint}};
}

}  // namespace labgraph::cli
