#include "client/cli/output/look.h"

#include "absl/strings/str_cat.h"

namespace labgraph::cli {
namespace {

constexpr char kBold[] = "\x1b[1m";
constexpr char kReset[] = "\x1b[0m";

absl::string_view CodeOf(Style style) {
  switch (style) {
    case Style::kPlain:
      return "";
    case Style::kId:
      return "\x1b[36m";
    case Style::kFaint:
      return "\x1b[2m";
    case Style::kDoubt:
      return "\x1b[33m";
  }
  return "";
}

std::string Wrap(absl::string_view code, absl::string_view text, const Look& look) {
  if (!look.color || code.empty() || text.empty()) return std::string(text);
  return absl::StrCat(code, text, kReset);
}

}  // namespace

std::string Colored(absl::string_view text, Style style, const Look& look) {
  return Wrap(CodeOf(style), text, look);
}

std::string Bold(absl::string_view text, const Look& look) {
  return Wrap(kBold, text, look);
}

}  // namespace labgraph::cli
