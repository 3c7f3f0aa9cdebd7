#ifndef LABGRAPH_SERVER_BASE_DETERMINISTIC_H_
#define LABGRAPH_SERVER_BASE_DETERMINISTIC_H_

#include <string>

#include "google/protobuf/message_lite.h"

namespace labgraph {

// The message's wire form with map entries in key order: equal for equal messages, so
// that it can be compared, hashed and stored.
std::string DeterministicBytes(const google::protobuf::MessageLite& message);

}  // namespace labgraph

#endif  // LABGRAPH_SERVER_BASE_DETERMINISTIC_H_
