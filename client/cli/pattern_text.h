#ifndef LABGRAPH_CLIENT_CLI_PATTERN_TEXT_H_
#define LABGRAPH_CLIENT_CLI_PATTERN_TEXT_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "labgraph/pattern.h"

namespace labgraph::cli {

// Reads a pattern as it is typed: chains of entities and arrows with spaces between them,
// the way in which the tool shows walks.
//
//   chain     = entity *( arrow entity )
//   entity    = NAME                  any entity, the same one wherever the name stands
//             | [ NAME ] ":" KINDS    of one of these kinds; the name is else the kind
//             | [ NAME "=" ] IDS      one of these; without a name a single one
//   arrow     = "-" relations "->"    from subject to object
//             | "<-" relations "-"    from object to subject
//             | "-" relations "-"     either way
//   relations = [ PREDICATES ] [ "*" N [ ".." M ] ]
//
// Lists have commas, and no predicates are all relations. NAME begins with a letter a-z
// and goes on with those, digits and '_'. Each of `conditions` is "NAME: FILTER", on an
// entity of the chains.
//
// Usage errors say what cannot be read and how it is written.
absl::StatusOr<client::Pattern> ReadPattern(const std::vector<std::string>& chains,
                                            const std::vector<std::string>& conditions);

// Whether the variable has a name of its own, and was not just given as an id.
bool IsNamed(const v1::PatternVariable& variable);

// The position of the variable of this name. Usage error where there is none; `option` is
// where it was named.
absl::StatusOr<int> PositionOf(const client::Pattern& pattern, absl::string_view name,
                               absl::string_view option);

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_PATTERN_TEXT_H_
