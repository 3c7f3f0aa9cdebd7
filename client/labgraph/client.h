#ifndef LABGRAPH_CLIENT_H_
#define LABGRAPH_CLIENT_H_

// The whole client library.
//
//   #include "labgraph/client.h"
//
//   namespace client = labgraph::client;
//
//   int main() {
//     auto connection = client::Connect("localhost:50051");
//
//     // Into what was Caterpillar merged?
//     auto range = client::From("lab/caterpillar").Out("merged_into").Run(connection);
//     for (auto& hit : range) {
//       if (!hit.ok()) {
//         std::cerr << client::Describe(hit.status()) << "\n";
//         return 1;
//       }
//       std::cout << hit->entity().label().text() << "\n";
//     }
//   }
//
// One call each:     connection.h (the calls), connect.h (timeouts, retries)
// Ranges:            lists.h (entities, statements, neighbours), traversal.h, paths.h,
//                    match.h with pattern.h
// Counts:            aggregation.h
// What was:          history.h (versions of a record, differences of revisions)
// Changes:           watch.h
// Writing:           commit.h with entity_builder.h, statement_builder.h and
//                    precondition.h; import.h
// When it fails:     error.h
// For your tests:    mock_connection.h (include it yourself)

#include "labgraph/aggregation.h"        // IWYU pragma: export
#include "labgraph/commit.h"             // IWYU pragma: export
#include "labgraph/connect.h"            // IWYU pragma: export
#include "labgraph/connection.h"         // IWYU pragma: export
#include "labgraph/entity_builder.h"     // IWYU pragma: export
#include "labgraph/error.h"              // IWYU pragma: export
#include "labgraph/history.h"            // IWYU pragma: export
#include "labgraph/import.h"             // IWYU pragma: export
#include "labgraph/lists.h"              // IWYU pragma: export
#include "labgraph/match.h"              // IWYU pragma: export
#include "labgraph/paths.h"              // IWYU pragma: export
#include "labgraph/pattern.h"            // IWYU pragma: export
#include "labgraph/precondition.h"       // IWYU pragma: export
#include "labgraph/range.h"              // IWYU pragma: export
#include "labgraph/statement_builder.h"  // IWYU pragma: export
#include "labgraph/traversal.h"          // IWYU pragma: export
#include "labgraph/value.h"              // IWYU pragma: export
#include "labgraph/watch.h"              // IWYU pragma: export

#endif  // LABGRAPH_CLIENT_H_
