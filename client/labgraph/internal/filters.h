#ifndef LABGRAPH_INTERNAL_FILTERS_H_
#define LABGRAPH_INTERNAL_FILTERS_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace labgraph::client::internal {

// The filter that is true where both are. An empty one is always true.
inline std::string BothFilters(absl::string_view first, absl::string_view second) {
  if (first.empty()) return std::string(second);
  return absl::StrCat("(", first, ") AND (", second, ")");
}

}  // namespace labgraph::client::internal

#endif  // LABGRAPH_INTERNAL_FILTERS_H_
