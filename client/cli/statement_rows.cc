#include "client/cli/statement_rows.h"

#include <utility>

#include "client/cli/words/enum_words.h"
#include "client/cli/words/statement_words.h"
#include "client/cli/words/valid_time_words.h"

namespace labgraph::cli {

Cell CertaintyCell(v1::Certainty certainty) {
  return {Word(certainty),
          certainty == v1::CERTAINTY_CERTAIN ? Style::kPlain : Style::kDoubt};
}

StatementRows::StatementRows(const v1::ReadOptions& read)
    : languages_(read.lang()),
      asks_about_day_(!read.valid_at().empty()),
      below_subject_(false) {}

StatementRows::StatementRows(const v1::ReadOptions& read, Labels labels)
    : languages_(read.lang()),
      asks_about_day_(!read.valid_at().empty()),
      below_subject_(true),
      labels_(std::move(labels)) {}

std::vector<Column> StatementRows::Columns() const {
  const Audience unless_below = below_subject_ ? Audience::kCsv : Audience::kAll;
  const Audience if_below = below_subject_ ? Audience::kAll : Audience::kNobody;
  const Audience if_day = asks_about_day_ ? Audience::kAll : Audience::kCsv;
  return {{"id", unless_below},
          {"subject", unless_below},
          {"predicate", Audience::kCsv},
          {"predicate", Audience::kTable},
          {"object", Audience::kCsv},
          {"value", Audience::kCsv},
          {"target", Audience::kTable},
          {"name", if_below, /*optional=*/true},
          {"valid", Audience::kTable, /*optional=*/true},
          {"start", Audience::kCsv},
          {"end", Audience::kCsv},
          {"time_text", Audience::kCsv},
          {"certainty", if_day, /*optional=*/true},
          {"assertion", Audience::kCsv},
          {"assertion", Audience::kTable, /*optional=*/true},
          {"rank", Audience::kCsv},
          {"rank", Audience::kTable, /*optional=*/true},
          {"qualifiers", Audience::kAll, /*optional=*/true},
          {"sources", Audience::kAll, /*optional=*/true}};
}

Row StatementRows::RowOf(const v1::Statement& statement) const {
  const std::string target = DescribeTarget(statement, languages_);
  const std::string value = statement.has_value() ? target : "";
  const Style target_style = statement.has_object() ? Style::kId : Style::kPlain;
  return {{statement.id(), Style::kFaint},
          {statement.subject(), Style::kId},
          statement.predicate(),
          labels_.OfPredicate(statement.predicate()),
          statement.object(),
          value,
          {target, target_style},
          labels_.OfEntity(statement.object()),
          DescribeValidTime(statement.valid()),
          statement.valid().start(),
          statement.valid().end(),
          statement.valid().text(),
          CertaintyCell(statement.certainty()),
          Word(statement.assertion()),
          {DescribeAssertion(statement.assertion()), Style::kDoubt},
          Word(statement.rank()),
          {DescribeRank(statement.rank()), Style::kDoubt},
          DescribeQualifiers(statement, languages_),
          {DescribeSources(statement.sources()), Style::kFaint}};
}

}  // namespace labgraph::cli
