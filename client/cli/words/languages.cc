#include "client/cli/words/languages.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"

namespace labgraph::cli {

Languages::Languages(absl::string_view preferred) {
  for (absl::string_view tag : absl::StrSplit(preferred, ',', absl::SkipWhitespace())) {
    tags_.push_back(absl::AsciiStrToLower(absl::StripAsciiWhitespace(tag)));
  }
  tags_.push_back("en");
}

std::string Languages::Pick(const TextByLang& texts) const {
  for (const std::string& tag : tags_) {
    const auto found = texts.find(tag);
    if (found != texts.end()) return found->second;
  }
  const auto first =
      std::min_element(texts.begin(), texts.end(),
                       [](const auto& a, const auto& b) { return a.first < b.first; });
  return first == texts.end() ? "" : first->second;
}

}  // namespace labgraph::cli
