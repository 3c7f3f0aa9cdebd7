#ifndef LABGRAPH_SERVER_QUERY_VALUE_TEXT_H_
#define LABGRAPH_SERVER_QUERY_VALUE_TEXT_H_

#include <string>

#include "google/protobuf/struct.pb.h"

namespace labgraph::query {

// A string as it is, anything else as JSON with the fields of objects in order of their
// names: equal for equal values.
std::string ValueText(const google::protobuf::Value& value);

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_VALUE_TEXT_H_
