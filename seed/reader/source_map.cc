#include "seed/reader/source_map.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace labgraph::seed {
namespace {

bool IsNumber(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), absl::ascii_isdigit);
}

// Turns indexes that are no numbers into names: `a["b"][2]` into "a.b[2]".
std::string Normalize(absl::string_view path) {
  std::string result;
  while (!path.empty()) {
    size_t open = path.find('[');
    size_t close = path.find(']', open == absl::string_view::npos ? path.size() : open);
    if (close == absl::string_view::npos) break;
    absl::string_view index = path.substr(open + 1, close - open - 1);
    absl::StrAppend(&result, path.substr(0, open));
    if (IsNumber(index)) {
      absl::StrAppend(&result, "[", index, "]");
    } else {
      if (absl::ConsumePrefix(&index, "\"")) absl::ConsumeSuffix(&index, "\"");
      absl::StrAppend(&result, ".", index);
    }
    path.remove_prefix(close + 1);
  }
  absl::StrAppend(&result, path);
  return result;
}

}  // namespace

void SourceMap::Add(absl::string_view path, Position position) {
  positions_[std::string(path)] = position;
}

Position SourceMap::Find(absl::string_view path) const {
  std::string known = Normalize(path);
  while (!known.empty()) {
    if (auto it = positions_.find(known); it != positions_.end()) return it->second;
    size_t cut = known.find_last_of(".[");
    known.resize(cut == std::string::npos ? 0 : cut);
  }
  return Position{};
}

}  // namespace labgraph::seed
