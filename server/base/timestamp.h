#ifndef LABGRAPH_SERVER_BASE_TIMESTAMP_H_
#define LABGRAPH_SERVER_BASE_TIMESTAMP_H_

#include <cstdint>

#include "google/protobuf/timestamp.pb.h"

namespace labgraph {

// Sets `time` to so many nanoseconds after the epoch. REQUIRES: not before it.
inline void SetUnixNanos(int64_t ns, google::protobuf::Timestamp* time) {
  time->set_seconds(ns / 1000000000);
  time->set_nanos(static_cast<int32_t>(ns % 1000000000));
}

}  // namespace labgraph

#endif  // LABGRAPH_SERVER_BASE_TIMESTAMP_H_
