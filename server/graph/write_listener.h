#ifndef LABGRAPH_SERVER_GRAPH_WRITE_LISTENER_H_
#define LABGRAPH_SERVER_GRAPH_WRITE_LISTENER_H_

#include "server/keys/keys.h"
#include "server/kv/store.h"

namespace labgraph::graph {

// Hears what the writer wrote: how floors above keep what they remember of the store in
// step with it.
class WriteListener {
 public:
  virtual ~WriteListener() = default;

  // `batch` is on disk; `head` is the newest revision in it. Called by one writer after
  // another, in order, before any reader sees `head`, so it must not take long.
  virtual void OnWritten(const kv::Batch& batch, keys::Revision head) = 0;
};

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_WRITE_LISTENER_H_
