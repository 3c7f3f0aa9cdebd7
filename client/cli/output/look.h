#ifndef LABGRAPH_CLIENT_CLI_OUTPUT_LOOK_H_
#define LABGRAPH_CLIENT_CLI_OUTPUT_LOOK_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"
#include "client/cli/output/row.h"

namespace labgraph::cli {

// What the place where a table ends up can show.
struct Look {
  bool color = false;
  size_t width = 0;  // columns of the terminal; 0 does not cut
};

// The text in the colour of its style, where there are colours. What surrounds it is
// not coloured.
std::string Colored(absl::string_view text, Style style, const Look& look);

// The text as a heading.
std::string Bold(absl::string_view text, const Look& look);

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_OUTPUT_LOOK_H_
