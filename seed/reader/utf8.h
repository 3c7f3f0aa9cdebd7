#ifndef LABGRAPH_SEED_READER_UTF8_H_
#define LABGRAPH_SEED_READER_UTF8_H_

#include <cstddef>

#include "absl/strings/string_view.h"

namespace labgraph::seed {

// Bytes from the start of `text` that are well-formed UTF-8; all of them when it is.
size_t ValidUtf8Prefix(absl::string_view text);

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_READER_UTF8_H_
