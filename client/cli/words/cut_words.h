#ifndef LABGRAPH_CLIENT_CLI_WORDS_CUT_WORDS_H_
#define LABGRAPH_CLIENT_CLI_WORDS_CUT_WORDS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "labgraph/v1/graph_service.pb.h"

namespace labgraph::cli {

// Why an answer is not whole and what gives more of it; empty when it is whole. `what`
// is plural: "entities".
std::string DescribeCut(v1::CutReason reason, absl::string_view what);

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_WORDS_CUT_WORDS_H_
