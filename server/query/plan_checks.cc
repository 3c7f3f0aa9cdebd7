#include "server/query/plan_checks.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "server/base/errors.h"
#include "server/base/status_macros.h"

namespace labgraph::query {

absl::StatusOr<std::vector<keys::EntityNumber>> ResolveEntities(
    const Strings& ids, const graph::RecordReader& records, absl::string_view field) {
  if (static_cast<uint64_t>(ids.size()) > limits::kBatchIds.value) {
    return errors::LimitExceeded(field, limits::kBatchIds, ids.size());
  }
  std::vector<keys::EntityNumber> numbers;
  numbers.reserve(ids.size());
  for (int i = 0; i < ids.size(); ++i) {
    ASSIGN_OR_RETURN(const keys::EntityNumber number,
                     records.ResolveEntity(ids[i], absl::StrCat(field, "[", i, "]")));
    numbers.push_back(number);
  }
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  return numbers;
}

absl::StatusOr<std::vector<keys::EntityNumber>> ResolveEnds(
    const Strings& ids, const graph::RecordReader& records, absl::string_view field) {
  if (ids.empty()) return errors::FieldRequired(field);
  return ResolveEntities(ids, records, field);
}

absl::StatusOr<absl::flat_hash_set<schema::KindNumber>> ResolveKinds(
    const Strings& kinds, const schema::Ontology& ontology) {
  return ontology.ExpandKinds({kinds.begin(), kinds.end()}, "kinds");
}

absl::StatusOr<HopRange> PlanHops(absl::optional<uint32_t> min_hops,
                                  absl::optional<uint32_t> max_hops) {
  HopRange hops;
  hops.min = min_hops.value_or(1);
  hops.max = max_hops.value_or(std::max(1u, hops.min));
  if (hops.min > limits::kHops.value) {
    return errors::LimitExceeded("min_hops", limits::kHops, hops.min);
  }
  if (hops.max > limits::kHops.value) {
    return errors::LimitExceeded("max_hops", limits::kHops, hops.max);
  }
  if (hops.max < hops.min) {
    return errors::FieldInvalid("max_hops", absl::StrCat(hops.max, " is less than the ",
                                                         hops.min, " of min_hops."));
  }
  return hops;
}

absl::StatusOr<uint64_t> ValueWithin(uint64_t value, uint64_t by_default,
                                     const limits::Limit& limit,
                                     absl::string_view field) {
  if (value > limit.value) return errors::LimitExceeded(field, limit, value);
  return value == 0 ? by_default : value;
}

}  // namespace labgraph::query
