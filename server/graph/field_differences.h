#ifndef LABGRAPH_SERVER_GRAPH_FIELD_DIFFERENCES_H_
#define LABGRAPH_SERVER_GRAPH_FIELD_DIFFERENCES_H_

#include "google/protobuf/message.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "labgraph/v1/history.pb.h"

namespace labgraph::graph {

// Adds what differs between two messages of one type, field by field in the order of
// paths. Items of lists are compared place by place.
void AddDifferences(const google::protobuf::Message& before,
                    const google::protobuf::Message& after,
                    google::protobuf::RepeatedPtrField<v1::FieldDifference>* out);

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_FIELD_DIFFERENCES_H_
