#ifndef LABGRAPH_SEED_MUTATION_PART_H_
#define LABGRAPH_SEED_MUTATION_PART_H_

#include <cstddef>

#include "absl/status/statusor.h"
#include "labgraph/connection.h"
#include "labgraph/v1/editor_service.pb.h"

namespace labgraph::seed {

// What one request may carry.
struct WriteLimits {
  size_t mutations = 0;
  size_t bytes = 0;
};

// The server's limits, less what else is in a request. `batch`, when not 0, lowers the
// number of mutations.
absl::StatusOr<WriteLimits> FetchWriteLimits(client::Connection& connection,
                                             size_t batch);

// What a mutation adds to the bytes of a request.
size_t EncodedBytes(const v1::Mutation& mutation);

using Mutations = google::protobuf::RepeatedPtrField<v1::Mutation>;

// Gathers mutations until a request is full. A single one that is too large has a part of
// its own, which the server refuses in its own words. Not thread-safe.
class MutationPart {
 public:
  explicit MutationPart(WriteLimits limits) : limits_(limits) {}

  bool empty() const { return mutations_.empty(); }
  int size() const { return mutations_.size(); }
  // Whether one more finds place.
  bool HasRoomFor(const v1::Mutation& mutation) const;
  void Add(v1::Mutation mutation);
  // Empties the part.
  Mutations Take();

 private:
  WriteLimits limits_;
  Mutations mutations_;
  size_t bytes_ = 0;
};

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_MUTATION_PART_H_
