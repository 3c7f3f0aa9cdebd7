#ifndef LABGRAPH_SEED_WRITE_PROBLEM_H_
#define LABGRAPH_SEED_WRITE_PROBLEM_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "labgraph/v1/editor_service.pb.h"
#include "seed/reader/fixture_reader.h"
#include "seed/reader/problem.h"

namespace labgraph::seed {

// The same error as a server reports it when it only validates.
v1::Problem ToServerProblem(const absl::Status& status);

// The reason of a record that one commit changes twice.
inline constexpr absl::string_view kDuplicateReason = "DUPLICATE_IN_COMMIT";

// A server's complaint about a request made from `file`, at the position of what it is
// about. `first` is the number that the request's first mutation has in the fixture,
// counted over its entities and then its statements.
Problem LocateInFixture(const FixtureFile& file, size_t first,
                        const v1::Problem& problem);

// The same about a line of a file; `field` is relative to the record in it.
Problem LocateInLines(const std::string& path, int line, const std::string& field,
                      const v1::Problem& problem);

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_WRITE_PROBLEM_H_
