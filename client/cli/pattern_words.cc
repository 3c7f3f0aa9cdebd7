#include "client/cli/pattern_words.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "client/cli/usage_error.h"

namespace labgraph::cli {
namespace {

std::vector<std::string> ListOf(absl::string_view text) {
  return absl::StrSplit(text, ',', absl::SkipEmpty());
}

absl::Status NoEntity(absl::string_view word) {
  return UsageError(absl::StrCat(
      "\"", word,
      "\" is no entity of a pattern, which is a name, NAME:KIND, :KIND, NAME=ID or an "
      "id; a pattern is written like 'lab:lab -targets-> crime', spaces included"));
}

absl::Status NoArrow(absl::string_view word) {
  return UsageError(absl::StrCat(
      "\"", word,
      "\" is no arrow of a pattern, which is -PREDICATE->, <-PREDICATE- or -PREDICATE-, "
      "with *N or *N..M for hops, as in 'a -merged_into*1..3-> b'"));
}

}  // namespace

absl::StatusOr<EntityWord> ReadEntityWord(absl::string_view word) {
  EntityWord entity;
  const size_t mark = std::min(word.find_first_of(":=/"), word.size());
  if (mark < word.size() && word[mark] == '/') {
    entity.ids = {std::string(word)};
    if (word.find_first_of(",:=") != absl::string_view::npos) return NoEntity(word);
    return entity;
  }
  entity.name = std::string(word.substr(0, mark));
  if (mark < word.size()) {
    auto& list = word[mark] == ':' ? entity.kinds : entity.ids;
    list = ListOf(word.substr(mark + 1));
    if (list.empty()) return NoEntity(word);
  }
  if (entity.name.empty() && entity.kinds.size() == 1) entity.name = entity.kinds.front();
  if (!IsVariableName(entity.name)) return NoEntity(word);
  return entity;
}

absl::StatusOr<ArrowWord> ReadArrowWord(absl::string_view word) {
  ArrowWord arrow;
  absl::string_view rest = word;
  const bool is_in = absl::ConsumePrefix(&rest, "<-");
  const bool begins = is_in || absl::ConsumePrefix(&rest, "-");
  const bool is_out = absl::ConsumeSuffix(&rest, "->");
  const bool ends = is_out || absl::ConsumeSuffix(&rest, "-");
  if (!begins || !ends || (is_in && is_out)) return NoArrow(word);
  if (is_in) arrow.direction = v1::DIRECTION_IN;
  if (!is_in && !is_out) arrow.direction = v1::DIRECTION_BOTH;
  const size_t star = rest.find('*');
  arrow.predicates = ListOf(rest.substr(0, star));
  if (star != absl::string_view::npos) {
    arrow.hops = ReadHops(rest.substr(star + 1));
    if (!arrow.hops.has_value()) return NoArrow(word);
  }
  return arrow;
}

bool IsVariableName(absl::string_view text) {
  return !text.empty() && absl::ascii_islower(text.front()) &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '_';
         });
}

}  // namespace labgraph::cli
