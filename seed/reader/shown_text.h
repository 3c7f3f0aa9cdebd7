#ifndef LABGRAPH_SEED_READER_SHOWN_TEXT_H_
#define LABGRAPH_SEED_READER_SHOWN_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"

namespace labgraph::seed {

// A text of an input as messages show it: whole, or as many of its first characters as
// go into 60 bytes, and "...".
std::string ShownText(absl::string_view text);

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_READER_SHOWN_TEXT_H_
