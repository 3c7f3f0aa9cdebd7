#include "server/graph/epoch.h"

#include <cstdint>

#include "absl/random/random.h"
#include "absl/strings/str_format.h"
#include "server/keys/keys.h"
#include "server/keys/keyspaces.h"

namespace labgraph::graph {

std::string NewEpoch() {
  absl::BitGen random;
  return absl::StrFormat("%016x", absl::Uniform<uint64_t>(random));
}

absl::Status BeginNewEpoch(kv::Store& store) {
  kv::Batch batch;
  batch.Put(keys::kMeta, keys::kMetaEpoch, NewEpoch());
  return store.Write(batch);
}

}  // namespace labgraph::graph
