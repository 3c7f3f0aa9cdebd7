// Visibility expressions: a text is refused or has a canonical form of the same meaning,
// and holding more never shows less.

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "server/base/limits.h"
#include "server/schema/visibility.h"
#include "tests/fuzz/check.h"

namespace labgraph::fuzz {
namespace {

constexpr size_t kNames = 4;

// Some of the names in an expression.
std::vector<std::string> NamesIn(absl::string_view canonical) {
  std::vector<std::string> names;
  for (const absl::string_view name :
       absl::StrSplit(canonical, absl::ByAnyChar("&|() "), absl::SkipEmpty())) {
    if (names.size() == kNames) break;
    names.emplace_back(name);
  }
  return names;
}

// The names whose bits are set.
schema::Authorizations Holding(const std::vector<std::string>& names, size_t bits) {
  absl::flat_hash_set<std::string> held;
  for (size_t i = 0; i < names.size(); ++i) {
    if ((bits >> i & 1) != 0) held.insert(names[i]);
  }
  return schema::Authorizations(std::move(held));
}

}  // namespace

void TestOneInput(absl::string_view text) {
  const auto visibility = schema::Visibility::Parse(text);
  CheckAnswer(visibility.status(), "Parse");
  if (!visibility.ok()) return;
  const std::string& canonical = visibility->canonical();
  Check(!canonical.empty(), "a visibility is never empty");
  Check(canonical.size() <= limits::kVisibilityBytes.value, "limit on visibilities");
  const auto again = schema::Visibility::Parse(canonical);
  Check(again.ok(), absl::StrCat(canonical, " is not read again"));
  Check(again->canonical() == canonical, "a canonical form is its own");
  Check(visibility->VisibleTo(schema::Authorizations::All()), "all see all");
  const std::vector<std::string> names = NamesIn(canonical);
  for (size_t held = 0; held < size_t{1} << names.size(); ++held) {
    const bool sees = visibility->VisibleTo(Holding(names, held));
    Check(again->VisibleTo(Holding(names, held)) == sees, "the meaning stays");
    for (size_t i = 0; sees && i < names.size(); ++i) {
      Check(visibility->VisibleTo(Holding(names, held | size_t{1} << i)),
            "holding more never shows less");
    }
  }
}

}  // namespace labgraph::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  labgraph::fuzz::TestOneInput(labgraph::fuzz::Text(data, size));
  return 0;
}
