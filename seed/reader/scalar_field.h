#ifndef LABGRAPH_SEED_READER_SCALAR_FIELD_H_
#define LABGRAPH_SEED_READER_SCALAR_FIELD_H_

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "seed/reader/read_context.h"
#include "seed/reader/yaml_node.h"

namespace labgraph::seed {

// Writes one YAML scalar into a field that holds numbers, booleans, texts or enum values;
// appends it when the field is a list. A text field takes whatever is written, also 2021
// and true without quotes. What does not fit is complained about and leaves the message
// as it is. REQUIRES: the field's type is not a message.
void ReadScalarField(const YamlNode& node, const google::protobuf::FieldDescriptor* field,
                     google::protobuf::Message* message, const ReadContext& context);

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_READER_SCALAR_FIELD_H_
