#ifndef LABGRAPH_NAMES_H_
#define LABGRAPH_NAMES_H_

#include <concepts>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace labgraph::client {

// What the builders take for any number of ids or names: std::string, absl::string_view
// or a literal.
template <typename T>
concept Name = std::convertible_to<const T&, absl::string_view>;

// The same as a vector, which is how the builders hand them on.
template <Name... Names>
std::vector<std::string> NameList(const Names&... names) {
  return {std::string(absl::string_view(names))...};
}

}  // namespace labgraph::client

#endif  // LABGRAPH_NAMES_H_
