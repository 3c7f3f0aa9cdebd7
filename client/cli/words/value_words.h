#ifndef LABGRAPH_CLIENT_CLI_WORDS_VALUE_WORDS_H_
#define LABGRAPH_CLIENT_CLI_WORDS_VALUE_WORDS_H_

#include <string>

#include "client/cli/words/languages.h"
#include "google/protobuf/struct.pb.h"

namespace labgraph::cli {

// A value of a property or qualifier as a reader wants it: a text as it is, a text by
// language in the best of them, a quantity in its words, anything else as JSON.
std::string DescribeValue(const google::protobuf::Value& value,
                          const Languages& languages);

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_WORDS_VALUE_WORDS_H_
