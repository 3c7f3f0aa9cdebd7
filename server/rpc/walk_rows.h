#ifndef LABGRAPH_SERVER_RPC_WALK_ROWS_H_
#define LABGRAPH_SERVER_RPC_WALK_ROWS_H_

// What the handlers of walks share: when to stop, and how rows are filled.

#include <functional>

#include "absl/status/status.h"
#include "labgraph/v1/entity.pb.h"
#include "labgraph/v1/statement.pb.h"
#include "server/keys/keys.h"
#include "server/query/budget.h"
#include "server/rpc/call.h"
#include "server/rpc/walk_view.h"

namespace labgraph::rpc {

// Asks the call how a walk stands; some of the call's time is left for the answer to be
// sent. `call` must outlive it.
std::function<query::Signal()> Poll(const Call& call);

// The entity of a row: as the view gives it, or with the id alone. Empty where the reader
// may not see it. Errors: STORAGE_FAILED, STORAGE_CORRUPT.
absl::Status FillEntity(WalkView& walk, keys::EntityNumber number, v1::EntityView how,
                        v1::Entity* out);
// The statement of a row: with IDS the id alone. Errors as above.
absl::Status FillStatement(WalkView& walk, keys::StatementNumber number,
                           v1::EntityView how, v1::Statement* out);

}  // namespace labgraph::rpc

#endif  // LABGRAPH_SERVER_RPC_WALK_ROWS_H_
