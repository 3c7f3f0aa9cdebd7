#include "server/query/filter_lexer.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "server/base/errors.h"

namespace labgraph::query {
namespace {

constexpr char kSpace[] = " \t\r\n";
constexpr char kEndOfWord[] = " \t\r\n()\"'=!<>:";

}  // namespace

absl::Status FilterSource::Wrong(size_t position, absl::string_view problem) const {
  return errors::FilterMalformed(field, text, position, problem);
}

absl::StatusOr<FilterToken> FilterLexer::Next() {
  using Type = FilterToken::Type;
  position_ =
      std::min(source_.text.find_first_not_of(kSpace, position_), source_.text.size());
  if (position_ == source_.text.size()) return FilterToken{Type::kEnd, "", position_};
  switch (source_.text[position_]) {
    case '(':
      return FilterToken{Type::kOpen, "(", position_++};
    case ')':
      return FilterToken{Type::kClose, ")", position_++};
    case '=':
    case '!':
    case '<':
    case '>':
    case ':':
      return Operator();
    case '"':
    case '\'':
      return Quoted();
    default:
      return Word();
  }
}

absl::StatusOr<FilterToken> FilterLexer::Operator() {
  const char first = source_.text[position_];
  const bool then_equal = source_.text.substr(position_ + 1, 1) == "=";
  if (first == '!' && !then_equal) {
    return source_.Wrong(position_,
                         "expected \"=\" after \"!\"; negation is NOT or \"-\".");
  }
  const size_t size = then_equal && first != '=' && first != ':' ? 2 : 1;
  FilterToken token{FilterToken::Type::kOperator,
                    std::string(source_.text.substr(position_, size)), position_};
  position_ += size;
  return token;
}

absl::StatusOr<FilterToken> FilterLexer::Quoted() {
  const char quote = source_.text[position_];
  FilterToken token{FilterToken::Type::kQuoted, "", position_};
  for (size_t at = position_ + 1; at < source_.text.size(); ++at) {
    char c = source_.text[at];
    if (c == quote) {
      position_ = at + 1;
      return token;
    }
    if (c == '\\') {
      const char escape = ++at < source_.text.size() ? source_.text[at] : '\0';
      if (escape == 'n') {
        c = '\n';
      } else if (escape == 't') {
        c = '\t';
      } else if (escape == '\\' || escape == '"' || escape == '\'') {
        c = escape;
      } else {
        return source_.Wrong(at - 1, "expected \\\\, \\\", \\', \\n or \\t.");
      }
    }
    token.text.push_back(c);
  }
  return source_.Wrong(position_, absl::StrCat("expected a closing ",
                                               std::string(1, quote), " to this one."));
}

FilterToken FilterLexer::Word() {
  const size_t end =
      std::min(source_.text.find_first_of(kEndOfWord, position_), source_.text.size());
  FilterToken token{FilterToken::Type::kWord,
                    std::string(source_.text.substr(position_, end - position_)),
                    position_};
  position_ = end;
  return token;
}

}  // namespace labgraph::query
