#ifndef LABGRAPH_SERVER_QUERY_GROUP_KEY_H_
#define LABGRAPH_SERVER_QUERY_GROUP_KEY_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "server/query/aggregate_plan.h"
#include "server/query/join_tools.h"

namespace labgraph::query {

// A match or a statement, as far as groups are made of it.
struct Counted {
  // By position of variable; of a statement its ends, 0 for no object.
  absl::Span<const graph::Neighbor> entities;
  keys::FacetNumber facet = 0;  // of a statement
};

// One part of what makes a group: tells the value by which something is counted as a
// number, so that counting compares no texts. Not thread-safe. Errors of every read:
// STORAGE_FAILED, STORAGE_CORRUPT.
class GroupKey {
 public:
  // A number for a value; the same for equal values of one key.
  using Code = uint32_t;
  // Stands for no value.
  static constexpr Code kNone = 0;

  virtual ~GroupKey() = default;

  // The values, at least one, each once; kNone alone where there is none. Valid until the
  // next call.
  virtual absl::StatusOr<absl::Span<const Code>> Of(const Counted& counted) = 0;
  // A value as answers give it; empty for kNone.
  virtual absl::StatusOr<std::string> Text(Code code) = 0;
};

// `tools` must outlive the key.
std::unique_ptr<GroupKey> MakeGroupKey(const PlannedKey& plan, const JoinTools& tools);

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_GROUP_KEY_H_
