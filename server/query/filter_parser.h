#ifndef LABGRAPH_SERVER_QUERY_FILTER_PARSER_H_
#define LABGRAPH_SERVER_QUERY_FILTER_PARSER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/query/comparison.h"
#include "server/query/filter_lexer.h"
#include "server/query/filter_node.h"
#include "server/schema/ontology.h"

namespace labgraph::query {

// Parses one filter:
//
// clang-format off
//   filter     = [ expression ]
//   expression = factor *( "AND" factor )
//   factor     = term *( "OR" term )            ; OR binds tighter, as in AIP-160
//   term       = [ "NOT" / "-" ] ( "(" expression ")" / comparison )
//   comparison = field ( "=" / "!=" / "<" / "<=" / ">" / ">=" / ":" ) value
// clang-format on
//
// Used once; not thread-safe.
class FilterParser {
 public:
  FilterParser(const FilterSource& source, const schema::Ontology& ontology)
      : source_(source), lexer_(source), ontology_(ontology) {}

  // Null for a blank text. Errors: FILTER_MALFORMED, LIMIT_EXCEEDED (kFilterDepth).
  absl::StatusOr<std::shared_ptr<const FilterNode>> Parse();

 private:
  absl::StatusOr<FilterNode> Expression();
  absl::StatusOr<FilterNode> Factor();
  absl::StatusOr<FilterNode> Term();
  absl::StatusOr<FilterNode> Simple();
  absl::StatusOr<FilterNode> Parenthesis();
  absl::StatusOr<FilterNode> CompareField();

  // Whether the term is negated; takes the sign of it.
  absl::StatusOr<bool> TakeNegation();
  absl::Status Advance();
  // That the present token is not what should stand there.
  absl::Status Expected(absl::string_view what) const;

  const FilterSource source_;
  FilterLexer lexer_;
  const schema::Ontology& ontology_;
  FilterToken token_;
  uint64_t depth_ = 0;
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_FILTER_PARSER_H_
