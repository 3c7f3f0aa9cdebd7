#ifndef LABGRAPH_SEED_READER_VALUE_READER_H_
#define LABGRAPH_SEED_READER_VALUE_READER_H_

#include <string>

#include "google/protobuf/struct.pb.h"
#include "seed/reader/read_context.h"
#include "seed/reader/yaml_node.h"

namespace labgraph::seed {

// Turns any YAML node into a JSON value. A scalar with quotes is a string; one without is
// null, a boolean, a number or else a string by the core schema of YAML 1.2. A number
// that JSON cannot keep (infinite, or whole and no double) is complained about.
void ReadValue(const YamlNode& node, const std::string& path,
               google::protobuf::Value* value, const ReadContext& context);

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_READER_VALUE_READER_H_
