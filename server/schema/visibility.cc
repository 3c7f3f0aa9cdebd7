#include "server/schema/visibility.h"

#include <algorithm>
#include <tuple>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"

namespace labgraph::schema {
namespace {

constexpr char kPublic[] = "public";

bool IsNameByte(char c) {
  return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '_' || c == '-' ||
         c == '.' || c == ':';
}

absl::Status CheckLength(absl::string_view text) {
  if (text.size() <= limits::kVisibilityBytes.value) return absl::OkStatus();
  return errors::LimitExceeded("", limits::kVisibilityBytes, text.size());
}

}  // namespace

bool Authorizations::Holds(absl::string_view name) const {
  return all_ || name == kPublic || names_.contains(name);
}

// A canonical expression: the operands of a group are two or more, distinct and in order;
// none is a group of the same operator, and none is "public".
struct Visibility::Node {
  static Node Name(absl::string_view name) { return Node{0, std::string(name), {}}; }
  // `operands`, each canonical, joined by `op`.
  static Node Join(char op, std::vector<Node> operands);

  bool VisibleTo(const Authorizations& authorizations) const;

  char op;           // '&' or '|' for a group, 0 for a name
  std::string text;  // without brackets around the whole
  std::vector<Node> operands;
};

Visibility::Node Visibility::Node::Join(char op, std::vector<Node> operands) {
  std::vector<Node> kept;
  for (Node& operand : operands) {
    if (operand.op == op) {
      absl::c_move(operand.operands, std::back_inserter(kept));
    } else if (operand.text != kPublic) {
      kept.push_back(std::move(operand));
    } else if (op == '|') {
      return operand;  // everyone may see it, whatever the rest says
    }
  }
  absl::c_sort(kept, [](const Node& a, const Node& b) {
    return std::make_tuple(a.op != 0, absl::string_view(a.text)) <
           std::make_tuple(b.op != 0, absl::string_view(b.text));
  });
  kept.erase(std::unique(kept.begin(), kept.end(),
                         [](const Node& a, const Node& b) { return a.text == b.text; }),
             kept.end());
  if (kept.empty()) return Name(kPublic);
  if (kept.size() == 1) return std::move(kept.front());
  // "&" binds closer, so only an "|" inside an "&" needs brackets.
  std::string text = absl::StrJoin(
      kept, op == '&' ? " & " : " | ", [](std::string* out, const Node& operand) {
        const bool brackets = operand.op == '|';
        absl::StrAppend(out, brackets ? "(" : "", operand.text, brackets ? ")" : "");
      });
  return Node{op, std::move(text), std::move(kept)};
}

bool Visibility::Node::VisibleTo(const Authorizations& authorizations) const {
  const auto visible = [&](const Node& node) { return node.VisibleTo(authorizations); };
  switch (op) {
    case '&':
      return absl::c_all_of(operands, visible);
    case '|':
      return absl::c_any_of(operands, visible);
    default:
      return authorizations.Holds(text);
  }
}

// Recursive descent; the limit on nested brackets bounds the recursion.
class Visibility::Parser {
 public:
  explicit Parser(absl::string_view text) : text_(text) {}

  absl::StatusOr<Node> ParseWhole() {
    SkipSpaces();
    if (AtEnd()) return Node::Name(kPublic);
    ASSIGN_OR_RETURN(Node root, ParseExpression());
    if (!AtEnd()) {
      return Fail(text_[next_] == ')' ? "this bracket was never opened."
                                      : "write \"&\" or \"|\" between two names.");
    }
    return root;
  }

 private:
  absl::StatusOr<Node> ParseExpression() {
    return ParseJoined('|', [this] { return ParseTerm(); });
  }

  absl::StatusOr<Node> ParseTerm() {
    return ParseJoined('&', [this] { return ParseFactor(); });
  }

  // One or more operands with `op` between them.
  template <typename ParseOperand>
  absl::StatusOr<Node> ParseJoined(char op, ParseOperand parse_operand) {
    std::vector<Node> operands;
    do {
      ASSIGN_OR_RETURN(Node operand, parse_operand());
      operands.push_back(std::move(operand));
    } while (Skip(op));
    return Node::Join(op, std::move(operands));
  }

  absl::StatusOr<Node> ParseFactor() {
    if (!Skip('(')) return ParseName();
    if (++depth_ > limits::kVisibilityDepth.value) {
      return errors::LimitExceeded("", limits::kVisibilityDepth, depth_);
    }
    ASSIGN_OR_RETURN(Node inner, ParseExpression());
    if (!Skip(')')) {
      return Fail(AtEnd() ? "a closing bracket is missing."
                          : "write \"&\", \"|\" or a closing bracket here.");
    }
    --depth_;
    return inner;
  }

  absl::StatusOr<Node> ParseName() {
    if (AtEnd()) return Fail("a name is missing after this.");
    if (!absl::ascii_islower(text_[next_])) return Fail(NoNameHint(text_[next_]));
    const size_t start = next_;
    while (!AtEnd() && IsNameByte(text_[next_])) ++next_;
    const absl::string_view name = text_.substr(start, next_ - start);
    if (name.size() > limits::kAuthorizationBytes.value) {
      return errors::LimitExceeded("", limits::kAuthorizationBytes, name.size());
    }
    SkipSpaces();
    return Node::Name(name);
  }

  // What to say about a character where a name should begin.
  static absl::string_view NoNameHint(char found) {
    switch (found) {
      case '&':
      case '|':
      case ')':
        return "a name is missing before this; write for example \"politie & (fiod | "
               "douane)\".";
      case '!':
        return "there is no NOT; name those who may see it.";
      default:
        return "a name begins with a letter a-z; write for example "
               "\"politie & (fiod | douane)\".";
    }
  }

  // Consumes `token` and the spaces after it if it comes next.
  bool Skip(char token) {
    if (AtEnd() || text_[next_] != token) return false;
    ++next_;
    SkipSpaces();
    return true;
  }

  void SkipSpaces() {
    while (!AtEnd() && absl::ascii_isspace(text_[next_])) ++next_;
  }

  bool AtEnd() const { return next_ == text_.size(); }

  absl::Status Fail(absl::string_view problem) const {
    return errors::VisibilityMalformed("", text_, next_, problem);
  }

  const absl::string_view text_;
  size_t next_ = 0;
  size_t depth_ = 0;
};

absl::StatusOr<Visibility> Visibility::Parse(absl::string_view text) {
  RETURN_IF_ERROR(CheckLength(text));
  ASSIGN_OR_RETURN(Node root, Parser(text).ParseWhole());
  RETURN_IF_ERROR(CheckLength(root.text));
  return Visibility(std::move(root));
}

Visibility::Visibility(Node root)
    : root_(std::make_shared<const Node>(std::move(root))), canonical_(root_->text) {}

bool Visibility::VisibleTo(const Authorizations& authorizations) const {
  return root_->VisibleTo(authorizations);
}

}  // namespace labgraph::schema
