#ifndef LABGRAPH_SEED_READER_YAML_LOADER_H_
#define LABGRAPH_SEED_READER_YAML_LOADER_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "seed/reader/problem.h"
#include "seed/reader/yaml_node.h"

namespace labgraph::seed {

// Bytes in one YAML file. More data belongs in JSON lines or CSV, which are never held
// whole.
inline constexpr size_t kMaxYamlBytes = 16 * 1024 * 1024;
// Maps and lists within one another.
inline constexpr size_t kMaxYamlDepth = 64;
// Keys and values in one file after its aliases are resolved.
inline constexpr size_t kMaxYamlNodes = 1000 * 1000;

// Parses one YAML document. What is wrong is added to `problems` with `file` as its name;
// absent when no tree can be made of the text. A repeated key is a problem, and
// the first of its values is kept.
absl::optional<YamlNode> LoadYaml(const std::string& file, absl::string_view text,
                                  Problems* problems);

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_READER_YAML_LOADER_H_
