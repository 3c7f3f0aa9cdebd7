#include "seed/field_path.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace labgraph::seed {

absl::optional<MutationField> ParseMutationField(absl::string_view path) {
  MutationField field;
  size_t close = path.find(']');
  if (!absl::ConsumePrefix(&path, "mutations[") || close == absl::string_view::npos) {
    return absl::nullopt;
  }
  close -= sizeof("mutations[") - 1;
  if (!absl::SimpleAtoi(path.substr(0, close), &field.index)) return absl::nullopt;
  path.remove_prefix(close + 1);
  absl::ConsumePrefix(&path, ".");
  const size_t dot = path.find('.');
  if (dot != absl::string_view::npos) field.rest = std::string(path.substr(dot + 1));
  return field;
}

std::string FixturePath(size_t mutation, size_t entity_count) {
  if (mutation < entity_count) return absl::StrCat("entities[", mutation, "]");
  return absl::StrCat("statements[", mutation - entity_count, "]");
}

}  // namespace labgraph::seed
