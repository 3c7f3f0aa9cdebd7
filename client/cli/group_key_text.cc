#include "client/cli/group_key_text.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "client/cli/usage_error.h"

namespace labgraph::cli {
namespace {

constexpr char kKind[] = "kind";
constexpr char kPredicate[] = "predicate";
constexpr char kYear[] = "year";

absl::Status NoKey(absl::string_view text) {
  return UsageError(absl::StrCat("--by: \"", text,
                                 "\" is none of NAME, NAME.kind, NAME.PROPERTY and "
                                 "NAME.PROPERTY.year, nor, of statements, predicate or "
                                 "year"));
}

}  // namespace

absl::StatusOr<v1::GroupKey> ReadGroupKey(absl::string_view text, bool of_statements) {
  v1::GroupKey key;
  if (of_statements && (text == kPredicate || text == kYear)) {
    key.set_by(text == kYear ? v1::GROUP_BY_YEAR : v1::GROUP_BY_PREDICATE);
    return key;
  }
  const std::vector<std::string> parts = absl::StrSplit(text, '.');
  const bool any_empty = std::any_of(parts.begin(), parts.end(),
                                     [](const auto& part) { return part.empty(); });
  const bool has_year = parts.size() == 3 && parts[2] == kYear;
  if (any_empty || parts.size() > 3 || (parts.size() == 3 && !has_year)) {
    return NoKey(text);
  }
  key.set_variable(parts[0]);
  if (parts.size() == 1) {
    key.set_by(v1::GROUP_BY_ID);
  } else if (parts.size() == 2 && parts[1] == kKind) {
    key.set_by(v1::GROUP_BY_KIND);
  } else {
    key.set_by(has_year ? v1::GROUP_BY_YEAR : v1::GROUP_BY_PROPERTY);
    key.set_property(parts[1]);
  }
  return key;
}

}  // namespace labgraph::cli
