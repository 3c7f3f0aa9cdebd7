#include "server/query/filter_parser.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"

namespace labgraph::query {
namespace {

using Type = FilterToken::Type;

bool IsKeyword(const FilterToken& token) {
  return token.type == Type::kWord &&
         (token.text == "AND" || token.text == "OR" || token.text == "NOT");
}

Comparator ComparatorOf(absl::string_view text) {
  if (text == "=") return Comparator::kEqual;
  if (text == "!=") return Comparator::kNotEqual;
  if (text == "<") return Comparator::kLess;
  if (text == "<=") return Comparator::kLessEqual;
  if (text == ">") return Comparator::kGreater;
  if (text == ">=") return Comparator::kGreaterEqual;
  return Comparator::kHas;
}

}  // namespace

absl::StatusOr<std::shared_ptr<const FilterNode>> FilterParser::Parse() {
  RETURN_IF_ERROR(Advance());
  if (token_.type == Type::kEnd) return std::shared_ptr<const FilterNode>();
  ASSIGN_OR_RETURN(FilterNode root, Expression());
  if (token_.type != Type::kEnd) return Expected("AND, OR or the end");
  return std::make_shared<const FilterNode>(std::move(root));
}

absl::StatusOr<FilterNode> FilterParser::Expression() {
  std::vector<FilterNode> factors;
  while (true) {
    ASSIGN_OR_RETURN(FilterNode factor, Factor());
    factors.push_back(std::move(factor));
    if (!token_.Is(Type::kWord, "AND")) break;
    RETURN_IF_ERROR(Advance());
  }
  return FilterNode::Join(FilterNode::Type::kAnd, std::move(factors));
}

absl::StatusOr<FilterNode> FilterParser::Factor() {
  std::vector<FilterNode> terms;
  while (true) {
    ASSIGN_OR_RETURN(FilterNode term, Term());
    terms.push_back(std::move(term));
    if (!token_.Is(Type::kWord, "OR")) break;
    RETURN_IF_ERROR(Advance());
  }
  return FilterNode::Join(FilterNode::Type::kOr, std::move(terms));
}

absl::StatusOr<FilterNode> FilterParser::Term() {
  ASSIGN_OR_RETURN(const bool negated, TakeNegation());
  ASSIGN_OR_RETURN(FilterNode node, Simple());
  return negated ? FilterNode::Not(std::move(node)) : std::move(node);
}

absl::StatusOr<bool> FilterParser::TakeNegation() {
  if (token_.Is(Type::kWord, "NOT") || token_.Is(Type::kWord, "-")) {
    RETURN_IF_ERROR(Advance());
    return true;
  }
  // The sign stands against its field: what is left of the word is the field.
  if (token_.type != Type::kWord || token_.text.front() != '-') return false;
  token_.text.erase(0, 1);
  ++token_.position;
  return true;
}

absl::StatusOr<FilterNode> FilterParser::Simple() {
  if (token_.type == Type::kOpen) return Parenthesis();
  if (token_.type == Type::kWord && !IsKeyword(token_)) return CompareField();
  return Expected("a field or \"(\"");
}

absl::StatusOr<FilterNode> FilterParser::Parenthesis() {
  if (++depth_ > limits::kFilterDepth.value) {
    return errors::LimitExceeded(source_.field, limits::kFilterDepth, depth_);
  }
  const size_t opened = token_.position;
  RETURN_IF_ERROR(Advance());
  ASSIGN_OR_RETURN(FilterNode node, Expression());
  if (token_.type != Type::kClose) {
    return Expected(absl::StrCat("AND, OR or \")\" for the \"(\" at byte ", opened));
  }
  --depth_;
  RETURN_IF_ERROR(Advance());
  return node;
}

absl::StatusOr<FilterNode> FilterParser::CompareField() {
  Comparison comparison;
  comparison.field = token_;
  const size_t dot = token_.text.find('.');
  comparison.name = token_.text.substr(0, dot);
  if (dot != std::string::npos) comparison.lang = token_.text.substr(dot + 1);
  RETURN_IF_ERROR(Advance());
  if (token_.type != Type::kOperator) {
    return Expected(
        absl::StrCat("=, !=, <, <=, >, >= or : after \"", comparison.field.text, "\""));
  }
  comparison.comparator = ComparatorOf(token_.text);
  RETURN_IF_ERROR(Advance());
  if ((token_.type != Type::kWord && token_.type != Type::kQuoted) || IsKeyword(token_)) {
    return Expected("a value");
  }
  comparison.value = token_;
  ASSIGN_OR_RETURN(Condition condition,
                   CompileComparison(comparison, ontology_, source_));
  RETURN_IF_ERROR(Advance());
  return FilterNode::Leaf(std::move(condition));
}

absl::Status FilterParser::Advance() {
  ASSIGN_OR_RETURN(token_, lexer_.Next());
  return absl::OkStatus();
}

absl::Status FilterParser::Expected(absl::string_view what) const {
  const std::string found =
      token_.type == Type::kEnd ? "the end" : absl::StrCat("\"", token_.text, "\"");
  const std::string upper = absl::AsciiStrToUpper(token_.text);
  const bool lower_case = upper == "AND" || upper == "OR" || upper == "NOT";
  return source_.Wrong(
      token_.position,
      absl::StrCat("expected ", what, ", found ", found,
                   lower_case && upper != token_.text ? "; write it in capitals." : "."));
}

}  // namespace labgraph::query
