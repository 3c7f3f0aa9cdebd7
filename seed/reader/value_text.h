#ifndef LABGRAPH_SEED_READER_VALUE_TEXT_H_
#define LABGRAPH_SEED_READER_VALUE_TEXT_H_

#include <string>

#include "google/protobuf/struct.pb.h"

namespace labgraph::seed {

// A value as JSON on one line.
std::string ValueText(const google::protobuf::Value& value);

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_READER_VALUE_TEXT_H_
