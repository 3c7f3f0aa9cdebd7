#ifndef LABGRAPH_SERVER_QUERY_GROUP_COUNTS_H_
#define LABGRAPH_SERVER_QUERY_GROUP_COUNTS_H_

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "labgraph/v1/pattern.pb.h"
#include "server/base/limits.h"
#include "server/query/budget.h"
#include "server/query/group_key.h"

namespace labgraph::query {

// Counts things in groups. Not thread-safe.
class GroupCounts {
 public:
  // `keys`: at most kGroupKeys. Without keys there is one group. `budget` must outlive
  // this.
  GroupCounts(std::vector<std::unique_ptr<GroupKey>> keys, Budget& budget)
      : keys_(std::move(keys)), budget_(budget) {}

  // Adds `count` to each group that `counted` is in, or to some when the budget has no
  // time. Errors: LIMIT_EXCEEDED (kGroupsKept) at "group_by"; STORAGE_FAILED,
  // STORAGE_CORRUPT.
  absl::Status Add(const Counted& counted, uint64_t count);

  uint64_t groups() const { return counts_.size(); }

  // Adds the `max_groups` largest groups to the answer, then equal ones by their keys.
  // When the budget ends it, in a coarser order. Errors: STORAGE_FAILED, STORAGE_CORRUPT.
  absl::Status Fill(uint64_t max_groups, v1::AggregateResponse* response);

 private:
  using Codes = std::array<GroupKey::Code, limits::kGroupKeys.value>;
  struct Group {
    Codes codes;
    uint64_t count;
    std::vector<std::string> texts;
  };

  // Adds to the groups that have `codes` up to the key before `key`.
  absl::Status AddFrom(size_t key, const Counted& counted, uint64_t count, Codes* codes);
  absl::Status AddTo(const Codes& codes, uint64_t count);
  absl::Status FillTexts(Group* group);
  // The `given` largest groups, then all that are as large as the last of them; without
  // texts.
  std::vector<Group> Largest(size_t given) const;

  const std::vector<std::unique_ptr<GroupKey>> keys_;
  Budget& budget_;
  absl::flat_hash_map<Codes, uint64_t> counts_;
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_GROUP_COUNTS_H_
