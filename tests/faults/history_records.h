#ifndef LABGRAPH_TESTS_FAULTS_HISTORY_RECORDS_H_
#define LABGRAPH_TESTS_FAULTS_HISTORY_RECORDS_H_

// The few records over which the clients of a history meet: a hub and items that stay,
// links from the hub to the items, and lone items that come and go. What a record holds
// is its name or its mark; its own name in a history is its id.

#include <string>

#include "absl/status/statusor.h"
#include "labgraph/client.h"
#include "tests/faults/history.h"

namespace labgraph::faults {

inline constexpr int kItems = 6;
inline constexpr int kLoneItems = 3;
inline constexpr char kHub[] = "item/hub";

std::string ItemId(int number);
std::string LoneItemId(int number);
// Of the link to the item of the same number.
std::string LinkId(int number);

// Adds the change that makes a record hold a value, or nothing.
void AddItem(int number, const std::string& value, v1::CommitRequest* request);
void AddLoneItem(int number, const Value& value, v1::CommitRequest* request);
void AddLink(int number, const Value& value, v1::CommitRequest* request);

// The first commit: the hub and the items hold "0".
v1::CommitRequest FirstCommit();
// What a commit makes of the records.
Values EffectOf(const v1::CommitRequest& request);

// What a read found, and at which revision.
struct Found {
  uint64_t revision = 0;
  Values values;
};

// A way of reading all or some of the records at once. Where it takes several calls, all
// of them must be of one revision: DATA_LOSS where they are not.
using Reading = absl::StatusOr<Found> (*)(client::Connection& connection,
                                          const v1::ReadOptions& read);
struct NamedReading {
  const char* name;
  Reading read;
};
// Every way there is: by id, in pages, from neighbour to neighbour.
const std::vector<NamedReading>& Readings();

}  // namespace labgraph::faults

#endif  // LABGRAPH_TESTS_FAULTS_HISTORY_RECORDS_H_
