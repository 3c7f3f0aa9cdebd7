#ifndef LABGRAPH_SERVER_BASE_LOG_H_
#define LABGRAPH_SERVER_BASE_LOG_H_

#include "absl/strings/string_view.h"

namespace labgraph {

enum class LogLevel { kInfo, kWarning, kError };

// Writes one line to standard error: time in UTC, level, text. Line breaks in `text` are
// escaped. Thread-safe; lines of several threads do not mix.
void Log(LogLevel level, absl::string_view text);

}  // namespace labgraph

#endif  // LABGRAPH_SERVER_BASE_LOG_H_
