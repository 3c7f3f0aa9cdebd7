#ifndef LABGRAPH_CLIENT_CLI_WORDS_VALID_TIME_WORDS_H_
#define LABGRAPH_CLIENT_CLI_WORDS_VALID_TIME_WORDS_H_

#include <string>

#include "labgraph/v1/statement.pb.h"

namespace labgraph::cli {

// When a fact held, in words: "since 2021-07~" (and still so), "from 2021" (its end is
// unknown), "until 2022", "2021 to 2022", "in 2022-11", "always"; empty when nothing is
// known. The source's own words come first: "medio 2021 (since 2021-06~)".
std::string DescribeValidTime(const v1::ValidTime& valid);

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_WORDS_VALID_TIME_WORDS_H_
