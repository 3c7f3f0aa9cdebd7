#ifndef LABGRAPH_CLIENT_CLI_WORDS_STATEMENT_WORDS_H_
#define LABGRAPH_CLIENT_CLI_WORDS_STATEMENT_WORDS_H_

#include <string>

#include "client/cli/words/languages.h"
#include "google/protobuf/repeated_field.h"
#include "labgraph/v1/statement.pb.h"

namespace labgraph::cli {

// The object's id, or the value.
std::string DescribeTarget(const v1::Statement& statement, const Languages& languages);

// What it says, without when and why: "lab/exit -targets-> crime/x".
std::string DescribeFact(const v1::Statement& statement, const Languages& languages);

// "weight=main, role=lead", by qualifier name.
std::string DescribeQualifiers(const v1::Statement& statement,
                               const Languages& languages);

// A document with the place in it and who says so, where that is known:
// "document/nsoc-labs-page B1.2" or "document/report (organisation/police)".
std::string DescribeSource(const v1::Source& source);

// All of them: "document/nsoc-labs-page B1.2; document/report (organisation/police)".
std::string DescribeSources(
    const google::protobuf::RepeatedPtrField<v1::Source>& sources);

// Empty where it is plainly said, as most facts are.
std::string DescribeAssertion(v1::Assertion assertion);

// Empty for the normal rank.
std::string DescribeRank(v1::Rank rank);

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_WORDS_STATEMENT_WORDS_H_
