#ifndef LABGRAPH_CLIENT_CLI_WORDS_DIFFERENCE_WORDS_H_
#define LABGRAPH_CLIENT_CLI_WORDS_DIFFERENCE_WORDS_H_

#include <string>

#include "google/protobuf/repeated_field.h"
#include "labgraph/v1/history.pb.h"

namespace labgraph::cli {

// "valid.end: \"..\" → \"2024\"; visibility: none → \"politie\"". What a field was and
// is, as JSON, or none where it is not set.
std::string DescribeDifferences(
    const google::protobuf::RepeatedPtrField<v1::FieldDifference>& differences);

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_WORDS_DIFFERENCE_WORDS_H_
