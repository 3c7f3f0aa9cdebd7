#include "client/cli/match_rows.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "client/cli/pattern_text.h"
#include "client/cli/statement_rows.h"
#include "client/cli/words/statement_words.h"
#include "client/cli/words/valid_time_words.h"

namespace labgraph::cli {
namespace {

// What several statements say, each thing once and in their order.
class Sayings {
 public:
  void Add(std::string saying) {
    const bool is_new =
        std::find(sayings_.begin(), sayings_.end(), saying) == sayings_.end();
    if (!saying.empty() && is_new) sayings_.push_back(std::move(saying));
  }
  std::string Joined() const { return absl::StrJoin(sayings_, "; "); }

 private:
  std::vector<std::string> sayings_;
};

// How certainly all of them held: those that do not agree possibly did.
v1::Certainty Together(const v1::PatternRow& match) {
  v1::Certainty together = v1::CERTAINTY_UNSPECIFIED;
  for (const v1::Statement& statement : match.statements()) {
    if (statement.certainty() == v1::CERTAINTY_UNSPECIFIED) continue;
    const bool agrees =
        together == v1::CERTAINTY_UNSPECIFIED || together == statement.certainty();
    together = agrees ? statement.certainty() : v1::CERTAINTY_POSSIBLE;
  }
  return together;
}

}  // namespace

absl::StatusOr<MatchRows> MatchRows::Make(const client::Pattern& pattern,
                                          const std::vector<std::string>& shown,
                                          const v1::MatchPatternRequest& request) {
  MatchRows rows;
  const std::vector<v1::PatternVariable>& variables = pattern.variables();
  for (const std::string& name : shown) {
    const absl::StatusOr<int> position = PositionOf(pattern, name, "--return");
    if (!position.ok()) return position.status();
    rows.AddVariable(variables[*position], *position, request);
  }
  const bool any_named = std::any_of(variables.begin(), variables.end(), IsNamed);
  for (size_t i = 0; shown.empty() && i < variables.size(); ++i) {
    if (any_named && !IsNamed(variables[i])) continue;
    rows.AddVariable(variables[i], static_cast<int>(i), request);
  }
  rows.AddStatements(request);
  return rows;
}

void MatchRows::AddVariable(const v1::PatternVariable& variable, int position,
                            const v1::MatchPatternRequest& request) {
  const bool ids_only = request.view() == v1::ENTITY_VIEW_IDS;
  const std::string name = IsNamed(variable) ? variable.name() : variable.ids(0);
  positions_.push_back(position);
  columns_.push_back({name});
  columns_.push_back(
      {absl::StrCat(name, "_name"), ids_only ? Audience::kNobody : Audience::kAll});
}

void MatchRows::AddStatements(const v1::MatchPatternRequest& request) {
  const bool is_asked = request.include_statements();
  const bool is_about_day = !request.read().valid_at().empty();
  const Audience if_asked = is_asked ? Audience::kAll : Audience::kNobody;
  const Audience if_day = is_about_day ? Audience::kAll : Audience::kCsv;
  columns_.push_back(
      {"valid", is_asked ? Audience::kTable : Audience::kNobody, /*optional=*/true});
  columns_.push_back(
      {"certainty", is_asked ? if_day : Audience::kNobody, /*optional=*/true});
  columns_.push_back({"statements", is_asked ? Audience::kCsv : Audience::kNobody});
  columns_.push_back({"sources", if_asked, /*optional=*/true});
}

Row MatchRows::RowOf(const v1::PatternRow& match) const {
  Row row;
  for (const int position : positions_) {
    const v1::Entity& entity = match.entities(position);
    row.emplace_back(entity.id(), Style::kId);
    row.emplace_back(entity.label().text());
  }
  Sayings dates;
  Sayings ids;
  Sayings sources;
  for (const v1::Statement& statement : match.statements()) {
    dates.Add(DescribeValidTime(statement.valid()));
    ids.Add(statement.id());
    for (const v1::Source& source : statement.sources()) {
      sources.Add(DescribeSource(source));
    }
  }
  row.emplace_back(dates.Joined());
  row.push_back(CertaintyCell(Together(match)));
  row.emplace_back(ids.Joined());
  row.emplace_back(sources.Joined(), Style::kFaint);
  return row;
}

void DrawMatch(const v1::PatternRow& match, Graph& graph) {
  for (const v1::Entity& entity : match.entities()) graph.AddEntity(entity);
  for (const v1::Statement& statement : match.statements()) {
    if (!statement.id().empty()) graph.AddStatement(statement);
  }
}

}  // namespace labgraph::cli
