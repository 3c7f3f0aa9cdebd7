#ifndef LABGRAPH_INTERNAL_REQUEST_ID_H_
#define LABGRAPH_INTERNAL_REQUEST_ID_H_

#include <string>

namespace labgraph::client::internal {

// 128 random bits from the operating system, in 32 hexadecimal digits: no two
// callers draw the same. Thread-safe.
std::string RandomRequestId();

}  // namespace labgraph::client::internal

#endif  // LABGRAPH_INTERNAL_REQUEST_ID_H_
