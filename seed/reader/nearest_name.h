#ifndef LABGRAPH_SEED_READER_NEAREST_NAME_H_
#define LABGRAPH_SEED_READER_NEAREST_NAME_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace labgraph::seed {

// The candidate fewest edits away from `name`, when that is few enough for it to be what
// was meant (a third of the longer one's letters); empty otherwise. Case does not count.
std::string NearestName(absl::string_view name,
                        const std::vector<std::string>& candidates);

// "; did you mean "object"?" or nothing, to go behind a complaint about `name`.
std::string DidYouMean(absl::string_view name,
                       const std::vector<std::string>& candidates);

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_READER_NEAREST_NAME_H_
