#ifndef LABGRAPH_SEED_READER_MESSAGE_READER_H_
#define LABGRAPH_SEED_READER_MESSAGE_READER_H_

#include <string>
#include <vector>

#include "google/protobuf/message.h"
#include "seed/reader/read_context.h"
#include "seed/reader/yaml_node.h"

namespace labgraph::seed {

// Reads a YAML map into a message of any type by its descriptor. Keys are field names;
// enum values may be written short ("presumed"); google.protobuf.Value takes any YAML.
// Every field that does not fit is complained about and left out, the others are read,
// and the position of each is noted under `path`, which is empty for the message of a
// file.
void ReadMessage(const YamlNode& node, const std::string& path,
                 google::protobuf::Message* message, const ReadContext& context);

// The fields of a message that a file may give: those that the server fills in are not
// among them.
std::vector<std::string> WritableFieldNames(const google::protobuf::Descriptor& type);

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_READER_MESSAGE_READER_H_
