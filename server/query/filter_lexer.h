#ifndef LABGRAPH_SERVER_QUERY_FILTER_LEXER_H_
#define LABGRAPH_SERVER_QUERY_FILTER_LEXER_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace labgraph::query {

// The text of a filter and the request's field it stands in. Views; outlived by both.
struct FilterSource {
  absl::string_view text;
  absl::string_view field;

  // FILTER_MALFORMED at a byte of the text.
  absl::Status Wrong(size_t position, absl::string_view problem) const;
};

struct FilterToken {
  enum class Type {
    kEnd,
    kOpen,      // (
    kClose,     // )
    kOperator,  // = != < <= > >= :
    kWord,      // bare: a field, a keyword or a value
    kQuoted,    // "..." or '...', unescaped
  };
  Type type = Type::kEnd;
  std::string text;
  size_t position = 0;  // of its first byte

  bool Is(Type wanted, absl::string_view wanted_text) const {
    return type == wanted && text == wanted_text;
  }
};

// Cuts a filter into tokens:
//
//   word   = 1*( any byte but space, tab, newline, quotes, brackets and = ! < > : )
//   quoted = quote *( any byte but that quote and "\" / "\" escape ) quote
//   escape = "\" / quote / "n" / "t"
//
// Not thread-safe.
class FilterLexer {
 public:
  explicit FilterLexer(const FilterSource& source) : source_(source) {}

  // The next token; kEnd at the end, again and again. Errors: FILTER_MALFORMED.
  absl::StatusOr<FilterToken> Next();

 private:
  absl::StatusOr<FilterToken> Operator();
  absl::StatusOr<FilterToken> Quoted();
  FilterToken Word();

  const FilterSource source_;
  size_t position_ = 0;
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_FILTER_LEXER_H_
