#ifndef LABGRAPH_CLIENT_CLI_OUTPUT_DISPLAY_WIDTH_H_
#define LABGRAPH_CLIENT_CLI_OUTPUT_DISPLAY_WIDTH_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

namespace labgraph::cli {

// Whether the text is well-formed UTF-8.
bool IsUtf8(absl::string_view text);

// Columns that a terminal gives to this text: two for East Asian wide characters and
// emoji, none for combining marks, one for everything else. Bytes that are not UTF-8
// count as one each.
size_t DisplayWidth(absl::string_view text);

// The longest beginning that fits in `width` columns; where something was cut off, the
// last of them is an ellipsis.
std::string CutToWidth(absl::string_view text, size_t width);

// The text in one line and unable to steer a terminal: line ends and tabs become spaces,
// other control characters and broken UTF-8 the replacement character.
std::string Printable(absl::string_view text);

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_OUTPUT_DISPLAY_WIDTH_H_
