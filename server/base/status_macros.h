#ifndef LABGRAPH_SERVER_BASE_STATUS_MACROS_H_
#define LABGRAPH_SERVER_BASE_STATUS_MACROS_H_

// Early return on error, under the names that newer Abseil code uses.
//
//   RETURN_IF_ERROR(store->Write(batch));
//   ASSIGN_OR_RETURN(Entity entity, reader.GetEntity(id));

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define LABGRAPH_CONCAT_INNER(a, b) a##b
#define LABGRAPH_CONCAT(a, b) LABGRAPH_CONCAT_INNER(a, b)

#define RETURN_IF_ERROR(expr)                           \
  do {                                                  \
    if (absl::Status status_ = (expr); !status_.ok()) { \
      return status_;                                   \
    }                                                   \
  } while (false)

#define ASSIGN_OR_RETURN(lhs, expr) \
  LABGRAPH_ASSIGN_OR_RETURN_(LABGRAPH_CONCAT(statusor_, __LINE__), lhs, expr)

#define LABGRAPH_ASSIGN_OR_RETURN_(var, lhs, expr) \
  auto var = (expr);                               \
  if (!var.ok()) return std::move(var).status();   \
  lhs = *std::move(var)

#endif  // LABGRAPH_SERVER_BASE_STATUS_MACROS_H_
