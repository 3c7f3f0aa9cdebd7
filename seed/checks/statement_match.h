#ifndef LABGRAPH_SEED_CHECKS_STATEMENT_MATCH_H_
#define LABGRAPH_SEED_CHECKS_STATEMENT_MATCH_H_

#include <string>

#include "labgraph/v1/statement.pb.h"
#include "seed/fixture.pb.h"

namespace labgraph::seed {

// What of a statement does not agree with what is set in the check, in a few words
// ("assertion presumed"); empty when all agrees. Subject, predicate and object are not
// compared: the server has selected by them, and a relation may be stored the other way
// round.
std::string FirstDisagreement(const StatementCheck& check,
                              const v1::Statement& statement);

// What the check asks for: "lab/exit part_of collaboration/nsoc, assertion asserted".
std::string DescribeExpected(const StatementCheck& check);

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_CHECKS_STATEMENT_MATCH_H_
