#ifndef LABGRAPH_TESTS_FAULTS_ITEMS_H_
#define LABGRAPH_TESTS_FAULTS_ITEMS_H_

// The graph that the tests of this folder write: items with a name, and links between
// them with a mark.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "labgraph/client.h"

namespace labgraph::faults {

// The revision of ApplySchema in a new store.
inline constexpr uint64_t kSchemaRevision = 1;
void ApplySchema(client::Connection& connection);

v1::Entity Item(absl::string_view key, absl::string_view name);
// Of item to item, both as keys.
v1::Statement Link(absl::string_view id, absl::string_view from, absl::string_view to,
                   absl::string_view mark);

// A connection that tries every call once.
std::shared_ptr<client::Connection> ConnectOnce(const std::string& address);

// What VerifyStore finds in the store of a server that does not run.
std::vector<std::string> VerifyDirectory(const std::string& directory);

}  // namespace labgraph::faults

#endif  // LABGRAPH_TESTS_FAULTS_ITEMS_H_
