#include "seed/csv/columns.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "seed/reader/nearest_name.h"

namespace labgraph::seed {

absl::StatusOr<int> Columns::Find(absl::string_view name) const {
  const auto found = std::find(names_.begin(), names_.end(), name);
  if (found == names_.end()) {
    return absl::InvalidArgumentError(
        absl::StrCat("there is no column \"", name, "\"", DidYouMean(name, names_), "; ",
                     origin_, " ", absl::StrJoin(names_, ", ")));
  }
  if (std::find(found + 1, names_.end(), name) != names_.end()) {
    return absl::InvalidArgumentError(absl::StrCat("there are two columns \"", name,
                                                   "\"; each needs a name of its own"));
  }
  return static_cast<int>(found - names_.begin());
}

}  // namespace labgraph::seed
