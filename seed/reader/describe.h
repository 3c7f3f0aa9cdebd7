#ifndef LABGRAPH_SEED_READER_DESCRIBE_H_
#define LABGRAPH_SEED_READER_DESCRIBE_H_

#include <string>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "seed/reader/yaml_node.h"

namespace labgraph::seed {

// What a node is, for complaints: `the text "abc"`, `the word yes`, `a list`, `nothing`.
std::string Describe(const YamlNode& node);

// What belongs into a field, one of its items where it is a list: "a whole number from 0
// to 4294967295", "a map of Source".
std::string Describe(const google::protobuf::FieldDescriptor& field);

// How the values of an enum are written in a fixture: without the prefix that they share
// and in lower case, "presumed" for ASSERTION_PRESUMED. The one that stands for "not set"
// is left out.
std::vector<std::string> ShortNames(const google::protobuf::EnumDescriptor& type);

// The value with this short or full name; null when there is none.
const google::protobuf::EnumValueDescriptor* FindEnumValue(
    const google::protobuf::EnumDescriptor& type, const std::string& name);

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_READER_DESCRIBE_H_
