#include "seed/outcome_counts.h"

#include "absl/strings/str_cat.h"
#include "seed/progress.h"

namespace labgraph::seed {

void OutcomeCounts::Add(v1::Outcome outcome) {
  switch (outcome) {
    case v1::OUTCOME_CREATED:
      ++created;
      break;
    case v1::OUTCOME_UPDATED:
      ++updated;
      break;
    case v1::OUTCOME_RETRACTED:
      ++retracted;
      break;
    default:
      ++unchanged;
      break;
  }
}

std::string ToString(const OutcomeCounts& counts) {
  std::string text =
      absl::StrCat(Grouped(counts.created), " created, ", Grouped(counts.updated),
                   " updated, ", Grouped(counts.unchanged), " unchanged");
  if (counts.retracted > 0)
    absl::StrAppend(&text, ", ", Grouped(counts.retracted), " retracted");
  return text;
}

}  // namespace labgraph::seed
